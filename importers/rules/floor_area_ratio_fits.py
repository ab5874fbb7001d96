"""Site coverage times storeys is the floor area a plan allows, unless the plan states something else."""

from collections.abc import Iterator

from importers.conditions import needs_field
from importers.rule import WARNED, Context, Examined, Kind, Rule, Trouble
from layers.core.words import Title

ROUNDING = 0.05
"""Ratios are written to five hundredths: more of a difference is no rounding."""


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """Where all three are numbers and the conditions say nothing in words."""
    if record.text("notes"):
        return
    coverage, ratio, storeys = (_stated(record, name) for name in ("taks", "kaks", "floors"))
    if coverage is None or ratio is None or storeys is None:
        return
    product = coverage * storeys
    if abs(ratio - product) > ROUNDING:
        yield Trouble({"coverage": coverage, "storeys": storeys, "product": product, "ratio": ratio})


def _stated(record: Examined, name: str) -> float | None:
    """A number beside the word “free” is none."""
    state = f"{name}_state"
    return record.number(name) if record.text(state) in (None, "value") else None


RULE = Rule(
    id="floor_area_ratio_fits",
    title=Title("KAKS, TAKS ile kat adedinin çarpımı", "The floor area ratio is coverage times storeys"),
    text=Title(
        "TAKS {coverage} ile {storeys} kat {product} eder; KAKS {ratio} yazılmış.",
        "Coverage {coverage} times {storeys} storeys makes {product}; the floor area ratio says {ratio}.",
    ),
    cause=Title(
        "Bir sayı yanlış ya da plan notu başka bir emsal veriyor olabilir.",
        "Usually one of the numbers is wrong, or a plan note gives another ratio.",
    ),
    remedy=Title(
        "Sayıları plana bakıp düzeltin; plan notu böyleyse notu uygulama koşullarına yazın.",
        "Correct the numbers by the plan; if a plan note says so, write the note into the conditions.",
    ),
    severities=WARNED,
    kind=Kind.RECORD,
    check=check,
    why_not=needs_field("kaks"),
)

"""Two parcels cannot be on the same ground."""

from collections.abc import Iterator

from importers.conditions import needs_own_ground
from importers.rule import REFUSED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """Said of each of the two that is new or has another shape than before."""
    for overlap in context.side_by_side.overlaps_within_file():
        facts = {
            "area": overlap.area_m2,
            "other": overlap.other_ref or "–",
            "other_line": str(overlap.other_line),
        }
        yield Trouble(facts, overlap.place, overlap.line, overlap.ref, overlap.other_line, overlap.other_ref)


RULE = Rule(
    id="no_overlap_within_file",
    title=Title("Dosyadaki kayıtlar üst üste binmiyor", "Records of the file do not overlap"),
    text=Title(
        "{other_line}. satırdaki {other} ile {area} m² üst üste biniyor. "
        "Ortak sınırı bir kez çizip iki kayda da verin.",
        "It covers {area} m² of {other} in line {other_line}. Draw the common boundary once and use it for both.",
    ),
    severities=REFUSED,
    kind=Kind.SET,
    check=check,
    why_not=needs_own_ground,
)

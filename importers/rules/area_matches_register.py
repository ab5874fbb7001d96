"""The area of the register and the area of the shape may differ only as far as the regulation allows."""

from collections.abc import Iterable, Iterator

from importers.conditions import all_of, needs_area_brackets, needs_field
from importers.rule import WARNED, Context, Examined, Kind, Rule, Trouble
from layers.core.profile import AreaBracket
from layers.core.words import Title


def allowed_difference(area_m2: float, brackets: Iterable[AreaBracket]) -> float:
    """Cumulative: each part of the area adds by its own rate."""
    limit, done = 0.0, 0.0
    for bracket in brackets:
        part = min(area_m2, bracket.up_to_m2) - done
        if part <= 0:
            break
        limit += part * bracket.rate
        done += part
    return limit


def check(record: Examined, context: Context) -> Iterator[Trouble]:
    """Applied to the computed area."""
    registered = record.attributes.get("registered_area_m2")
    shape = record.geometry
    if registered is None or shape is None or not shape.is_valid:
        return
    limit = allowed_difference(shape.area, context.profile.area_brackets)
    difference = shape.area - float(registered)
    if abs(difference) > limit:
        facts = {
            "computed": shape.area,
            "registered": float(registered),
            "difference": abs(difference),
            "limit": limit,
        }
        yield Trouble(facts, shape)


RULE = Rule(
    id="area_matches_register",
    title=Title("Hesap alanı tapu alanına uyuyor", "The computed area agrees with the register"),
    text=Title(
        "Hesap alanı {computed} m², tapu alanı {registered} m²: fark {difference} m², yanılma sınırı {limit} m². "
        "Köşeleri ve tapu alanını denetleyin; fark gerçekse düzeltme işlemi gerekir.",
        "The shape measures {computed} m², the register says {registered} m²: they differ by {difference} m², "
        "{limit} m² are allowed. Check the corners and the registered area; a real difference needs a correction.",
    ),
    severities=WARNED,
    kind=Kind.RECORD,
    check=check,
    why_not=all_of(needs_field("registered_area_m2"), needs_area_brackets),
)

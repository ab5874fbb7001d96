"""A corner that ends a few centimetres beside a neighbour's boundary was meant to lie on it."""

from collections.abc import Iterator

from importers.conditions import all_of, needs_areas, needs_own_ground
from importers.rule import NOTED, Context, Kind, Rule, Trouble
from layers.core.words import Title

NAMES_SHOWN = 5


def check(context: Context) -> Iterator[Trouble]:
    """One finding per record, with the way from each such corner to its place; nothing is moved by itself."""
    for miss in context.side_by_side.near_misses(context.deadline):
        facts = {
            "count": miss.count,
            "centimetres": 100 * miss.furthest_m,
            "neighbours": list(miss.neighbours[:NAMES_SHOWN]),
        }
        yield Trouble(facts, miss.place, miss.line, miss.ref, repaired=miss.repaired)


RULE = Rule(
    id="corners_on_neighbours",
    title=Title("Köşeler komşunun sınırında", "Corners lie on the neighbour's boundary"),
    text=Title(
        "{count} köşe, yayımlanmış komşunun ({neighbours}) sınırına en çok {centimetres} cm kala bitiyor.",
        "{count} corners end beside the boundary of the published {neighbours}, at most {centimetres} cm from it.",
    ),
    remedy=Title(
        "Köşeleri komşunun sınırına tutturun ya da önerilen onarımı kabul edin.",
        "Catch these corners on the neighbour's boundary, or accept the repair that is proposed.",
    ),
    cause=Title(
        "Çizerken komşunun köşesi yakalanmamış ya da koordinatlar yuvarlanmış.",
        "While drawing, the neighbour's corner was not caught, or the coordinates were rounded.",
    ),
    severities=NOTED,
    kind=Kind.SET,
    check=check,
    why_not=all_of(needs_own_ground, needs_areas),
)

"""A new or moved boundary must not take ground from a published neighbour that the file leaves as it is."""

from collections.abc import Iterator

from importers.conditions import needs_own_ground
from importers.rule import REFUSED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """Parents of a recognised subdivision or amalgamation are no neighbours: they end."""
    for overlap in context.side_by_side.overlaps_with_published():
        facts = {"area": overlap.area_m2, "other": overlap.other_ref or "–"}
        yield Trouble(facts, overlap.place, overlap.line, overlap.ref, other_ref=overlap.other_ref)


RULE = Rule(
    id="overlaps_neighbour",
    title=Title("Yayımlanmış komşuya taşmıyor", "It does not cover a published neighbour"),
    text=Title(
        "Yayımlanmış {other} parselinin {area} m² kadarını örtüyor. Sınır gerçekten değiştiyse {other} kaydını da "
        "dosyaya koyun; değilse köşeleri düzeltin.",
        "It covers {area} m² of the published {other}. If the boundary has really moved, put {other} into the file "
        "as well; if not, correct the corners.",
    ),
    severities=REFUSED,
    kind=Kind.SET,
    check=check,
    why_not=needs_own_ground,
)

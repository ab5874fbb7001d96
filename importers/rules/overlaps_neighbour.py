"""A new or moved boundary must not take ground from a published neighbour that the file leaves as it is."""

from collections.abc import Iterator

from importers.conditions import needs_own_ground
from importers.coverage import Relation
from importers.rule import REFUSED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """Parents of a recognised subdivision or amalgamation are no neighbours: they end."""
    for overlap in context.side_by_side.overlaps(context.deadline):
        if overlap.relation is Relation.OVERLAP and overlap.other_line is None:
            yield Trouble.between(overlap, {"area": overlap.place.area, "other": overlap.other_ref or "–"})


RULE = Rule(
    id="overlaps_neighbour",
    title=Title("Yayımlanmış komşuya taşmıyor", "It does not cover a published neighbour"),
    text=Title(
        "Yayımlanmış {other} parselinin {area} m² kadarını örtüyor.",
        "It covers {area} m² of the published {other}.",
    ),
    remedy=Title(
        "Sınır gerçekten değiştiyse {other} kaydını da dosyaya koyun; değilse köşeleri düzeltin.",
        "If the boundary has really moved, put {other} into the file as well; if not, correct the corners.",
    ),
    cause=Title(
        "Sınır komşunun yayımlanmış köşelerine tutturulmadan çizilmiş ya da komşu da değişmiş ama dosyada yok.",
        "The boundary was not drawn on the neighbour's published corners, or the neighbour has changed as well and is "
        "not in the file.",
    ),
    severities=REFUSED,
    kind=Kind.SET,
    check=check,
    why_not=needs_own_ground,
)

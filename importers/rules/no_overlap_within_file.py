"""Two parcels cannot be on the same ground."""

from collections.abc import Iterator

from importers.conditions import needs_own_ground
from importers.coverage import Relation
from importers.rule import REFUSED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """Said of each of the two that is new or has another shape than before."""
    for overlap in context.side_by_side.overlaps(context.deadline):
        if overlap.relation is Relation.OVERLAP and overlap.other_line is not None:
            facts = {
                "area": overlap.place.area,
                "other": overlap.other_ref or "–",
                "other_line": str(overlap.other_line),
            }
            yield Trouble.between(overlap, facts)


RULE = Rule(
    id="no_overlap_within_file",
    title=Title("Dosyadaki kayıtlar üst üste binmiyor", "Records of the file do not overlap"),
    text=Title(
        "{other_line}. satırdaki {other} ile {area} m² üst üste biniyor.",
        "It covers {area} m² of {other} in line {other_line}.",
    ),
    remedy=Title(
        "Ortak sınırı bir kez çizip iki kayda da verin.",
        "Draw the common boundary once and use it for both.",
    ),
    cause=Title(
        "Ortak sınır iki kez, ayrı ayrı çizilmiş ya da bir köşe yanlış tutturulmuş.",
        "The common boundary was drawn twice, or one corner was caught in the wrong place.",
    ),
    severities=REFUSED,
    kind=Kind.SET,
    check=check,
    why_not=needs_own_ground,
)

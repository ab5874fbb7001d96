"""A parcel that lies within another needs a hole there, or the other one ends."""

from collections.abc import Iterator

from importers.conditions import needs_own_ground
from importers.coverage import Relation
from importers.rule import REFUSED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """Whole, up to a boundary drawn twice."""
    for overlap in context.side_by_side.overlaps(context.deadline):
        if overlap.relation is Relation.INSIDE:
            yield Trouble.between(overlap, {"area": overlap.place.area, "other": overlap.other_ref or "–"})


RULE = Rule(
    id="not_inside_another",
    title=Title("Bir alan başka bir alanın içinde değil", "No area lies inside another"),
    text=Title(
        "Bu kayıt ile {other} iç içe: küçüğü ({area} m²) bütünüyle büyüğünün içinde.",
        "This record and {other} lie one inside the other: the smaller one ({area} m²) is wholly in the larger.",
    ),
    remedy=Title(
        "Büyük olanda küçüğün yerini boş bırakın; küçüğü onun parçasıysa öteki parçaları da gönderin.",
        "Leave its place out of the larger one; if it is a part of that one, send the other parts as well.",
    ),
    cause=Title(
        "Büyük alan çizilirken içindeki parsel çıkarılmamış ya da ayırmanın öteki parçaları dosyada yok.",
        "The inner parcel was not cut out of the larger one, or the other parts of a subdivision are not in the file.",
    ),
    severities=REFUSED,
    kind=Kind.SET,
    check=check,
    why_not=needs_own_ground,
)

"""A corner on a common boundary belongs to both neighbours, or they part when one of them is moved."""

from collections.abc import Iterator

from importers.conditions import needs_own_ground
from importers.rule import NOTED, Context, Kind, Rule, Trouble
from layers.core.words import Title


def check(context: Context) -> Iterator[Trouble]:
    """A note only: the ground itself is right."""
    for corner in context.side_by_side.lacking_corners(context.deadline):
        yield Trouble.between(corner, {"lacks": corner.lacks, "at": f"{corner.place.x:.2f}, {corner.place.y:.2f}"})


RULE = Rule(
    id="corners_shared",
    title=Title("Komşuların köşeleri ortak", "Neighbours share their corners"),
    text=Title(
        "Ortak sınırda {at} yakınındaki köşe {lacks} kaydında yok.",
        "On the common boundary, {lacks} lacks the corner near {at}.",
    ),
    remedy=Title(
        "O köşeyi {lacks} kaydının sınırına da ekleyin.",
        "Add that corner to the boundary of {lacks} as well.",
    ),
    cause=Title(
        "Komşulardan biri sonradan bölünmüş ya da ölçülmüş, öteki eski köşeleriyle kalmış.",
        "One of the neighbours was divided or measured later, the other kept its old corners.",
    ),
    severities=NOTED,
    kind=Kind.SET,
    check=check,
    why_not=needs_own_ground,
)

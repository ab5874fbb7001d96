"""What is left of the parents once the children are taken out: a strip given to the road, or ground that is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

BESIDE_M = 0.3
"""Boundaries this close are one boundary."""
STRIP_M = 4.0
"""A strip along a road is no wider, taken over its whole length."""
ALONG_THE_ROAD = 0.35
"""Of its outline: that much lies where no parcel is."""
TAKEN = 0.05


@dataclass(frozen=True)
class Remainder:
    """Ground that the parents had and no child has."""

    area_m2: float
    width_m: float
    """Mean width of its pieces."""
    open_share: float
    """Of its outline, what lies beside ground without parcels."""
    taken_share: float
    """Of its area, what other parcels cover."""

    @property
    def is_strip_along_a_road(self) -> bool:
        """Narrow, and open on its long side."""
        return self.width_m <= STRIP_M and self.open_share >= ALONG_THE_ROAD and self.taken_share <= TAKEN


def remainder(
    parents: Sequence[BaseGeometry], children: Sequence[BaseGeometry], others: Iterable[BaseGeometry]
) -> Remainder | None:
    """None where nothing wider than a boundary is left."""
    after = shapely.union_all(children)
    left = shapely.difference(shapely.union_all(parents), after)
    left = left.buffer(-BESIDE_M / 4, join_style="mitre").buffer(BESIDE_M / 4, join_style="mitre")
    if left.is_empty:
        return None
    around = shapely.union_all(list(others))
    outline = left.boundary
    closed = shapely.union(after, around).buffer(BESIDE_M)
    return Remainder(
        area_m2=left.area,
        width_m=2 * left.area / outline.length,
        open_share=shapely.difference(outline, closed).length / outline.length,
        taken_share=shapely.intersection(left, around).area / left.area,
    )

"""Large areas cut into pieces that an index can tell apart."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree

from importers.coverage.edges import Indices
from importers.shapes import Shapes

LARGEST = 256
"""Corners of a piece."""
DEEPEST = 40
"""Halvings after which a piece stays as it is: corners may lie closer than any cut."""


@dataclass(frozen=True)
class Pieces:
    """Areas in pieces, in the order of the areas."""

    shapes: Shapes
    area: Indices
    """The area each piece is of."""

    @cached_property
    def tree(self) -> STRtree:
        """All pieces by place."""
        return STRtree(self.shapes)

    @cached_property
    def first(self) -> Indices:
        """Where the pieces of each area begin, and last where they end."""
        areas = self.area[-1] + 1 if len(self.area) else 0
        return np.searchsorted(self.area, np.arange(areas + 1))


def pieces_of(areas: Shapes) -> Pieces:
    """Halved along the longer side until small enough."""
    whole, of = np.asarray(areas, dtype=object), np.arange(len(areas))
    done_shapes, done_of = [], []
    for _ in range(DEEPEST):
        is_small = shapely.get_num_coordinates(whole) <= LARGEST
        done_shapes.append(whole[is_small])
        done_of.append(of[is_small])
        whole, of = whole[~is_small], of[~is_small]
        if not len(whole):
            break
        whole, of = _halved(whole, of)
    shapes, area = np.concatenate([*done_shapes, whole]), np.concatenate([*done_of, of])
    order = np.argsort(area, kind="stable")
    shapes = shapes[order]
    # What is prepared takes memory for an index, and of a few corners none is needed.
    shapely.prepare(shapes[shapely.get_num_coordinates(shapes) > LARGEST // 8])
    return Pieces(shapes, area[order])


def _halved(shapes: Shapes, of: Indices) -> tuple[Shapes, Indices]:
    west, south, east, north = shapely.bounds(shapes).T
    is_wide = east - west > north - south
    middle_x, middle_y = np.where(is_wide, (west + east) / 2, east), np.where(is_wide, north, (south + north) / 2)
    one = np.stack([west, south, middle_x, middle_y], axis=1)
    other = np.stack([np.where(is_wide, middle_x, west), np.where(is_wide, south, middle_y), east, north], axis=1)
    halves = np.concatenate([_cut(shapes, one), _cut(shapes, other)])
    parts, half = shapely.get_parts(halves, return_index=True)
    is_area = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    return parts[is_area], np.concatenate([of, of])[half[is_area]]


def _cut(shapes: Shapes, boxes: NDArray[np.float64]) -> Shapes:
    """Clipping is many times faster than intersecting, but now and then makes an outline that touches itself."""
    cut: Shapes = np.array(
        [shapely.clip_by_rect(shape, *box) for shape, box in zip(shapes, boxes.tolist(), strict=True)]
    )
    is_wrong = ~shapely.is_valid(cut)
    cut[is_wrong] = shapely.intersection(shapes[is_wrong], shapely.box(*boxes[is_wrong].T))
    return cut

"""Corners that one outline has and its neighbour's edge lacks."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Point, STRtree

from importers.coverage.edges import Edges, node_numbers
from layers.core.limits import Limits


@dataclass(frozen=True)
class MissingCorner:
    """One area's corner on the inside of another's edge."""

    area: int
    """Whose edge lacks it."""
    neighbour: int
    """Whose corner it is."""
    place: Point


def missing_corners(edges: Edges, limits: Limits) -> Iterator[MissingCorner]:
    """Of free edges only: a common boundary has the same corners on both sides."""
    free = edges.free
    if not len(free):
        return
    ends, owners = np.concatenate([edges.start[free], edges.end[free]]), np.tile(edges.area[free], 2)
    first = np.unique(np.stack([node_numbers(ends), owners]), axis=1, return_index=True)[1]
    corners, owner = ends[first], owners[first]
    points = shapely.points(corners)
    corner, line = STRtree(edges.lines).query(points, predicate="dwithin", distance=limits.coincide_m)
    nearest = np.minimum(
        np.hypot(*(corners[corner] - edges.start[free[line]]).T), np.hypot(*(corners[corner] - edges.end[free[line]]).T)
    )
    lacks = edges.area[free[line]]
    is_missing = (nearest > limits.coincide_m) & (lacks != owner[corner])
    corner, lacks = corner[is_missing], lacks[is_missing]
    order = np.lexsort((corners[corner, 1], corners[corner, 0], lacks))
    seen: set[tuple[int, Point]] = set()
    for area, number in zip(lacks[order].tolist(), corner[order].tolist(), strict=True):
        if (area, points[number]) not in seen:
            seen.add((area, points[number]))
            yield MissingCorner(area, int(owner[number]), points[number])

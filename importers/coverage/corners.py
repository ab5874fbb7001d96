"""Corners that one outline has and its neighbour's edge lacks."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Point, STRtree

from importers.coverage.edges import Edges, lines_between, node_numbers
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
    """Of edges walked one way only: a common boundary has the same corners on both sides."""
    start, end, area = edges.start[edges.one_way], edges.end[edges.one_way], edges.area[edges.one_way]
    if not len(area):
        return
    ends, owners = np.concatenate([start, end]), np.tile(area, 2)
    first = np.unique(node_numbers(ends) * (owners.max() + 1) + owners, return_index=True)[1]
    corners, owner = ends[first], owners[first]
    points = shapely.points(corners)
    corner, line = STRtree(lines_between(start, end)).query(points, predicate="dwithin", distance=limits.coincide_m)
    to_start, to_end = corners[corner] - start[line], corners[corner] - end[line]
    nearest = np.minimum(np.hypot(*to_start.T), np.hypot(*to_end.T))
    lacks = area[line]
    is_missing = (nearest > limits.coincide_m) & (lacks != owner[corner])
    corner, lacks = corner[is_missing], lacks[is_missing]
    order = np.lexsort((corners[corner, 1], corners[corner, 0], lacks))
    seen: set[tuple[int, Point]] = set()
    for area, number in zip(lacks[order].tolist(), corner[order].tolist(), strict=True):
        if (area, points[number]) not in seen:
            seen.add((area, points[number]))
            yield MissingCorner(area, int(owner[number]), points[number])

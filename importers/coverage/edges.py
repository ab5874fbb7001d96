"""The edges of many areas: which are common boundaries, which are walked twice, which are free."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from importers.shapes import Shapes

Indices = NDArray[np.int64]
Points = NDArray[np.float64]
NODES_PER_M = 10_000
"""Corners are on the millimetre; computed crossings are told apart ten times finer."""
AT_ONCE = 20_000
"""Areas whose rings are in memory at a time."""
COPIES = 8
"""Of an edge that more areas walk in the same direction, each is compared with the next eight."""


@dataclass(frozen=True)
class Edges:
    """Directed, with the area they enclose on the left; sorted so that equal ones stand together."""

    start: Points
    end: Points
    area: Indices
    """The area each edge belongs to."""
    group: Indices
    """Equal for edges between the same two corners, whichever way they go."""
    is_forward: NDArray[np.bool_]

    @cached_property
    def one_way(self) -> Indices:
        """The edges of groups that are walked in one direction only."""
        groups = self.group[-1] + 1 if len(self.group) else 0
        forward = np.bincount(self.group, self.is_forward, groups)
        total = np.bincount(self.group, minlength=groups)
        is_one_way = (forward == 0) | (forward == total)
        return np.flatnonzero(is_one_way[self.group])

    @cached_property
    def free(self) -> Indices:
        """One edge of each such group: areas drawn twice have theirs only once."""
        first = np.unique(self.group[self.one_way], return_index=True)[1]
        return np.asarray(self.one_way[first])

    @cached_property
    def lines(self) -> Shapes:
        """The free edges as lines."""
        return lines_between(self.start[self.free], self.end[self.free])

    def pairs(self) -> Indices:
        """Areas that walk an edge both, in the same direction or in opposite ones."""
        one, other = self._met()
        return distinct_pairs(np.stack([self.area[one], self.area[other]], axis=1))

    def pairs_on_one_side(self) -> Indices:
        """Areas that walk an edge in the same direction: there, both are on its left."""
        one, other = self._met()
        is_same_way = self.is_forward[one] == self.is_forward[other]
        return distinct_pairs(np.stack([self.area[one], self.area[other]], axis=1)[is_same_way])

    def _met(self) -> tuple[Indices, Indices]:
        """Equal edges, two by two."""
        ones, others = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
        for distance in range(1, COPIES + 1):
            one = np.flatnonzero(self.group[:-distance] == self.group[distance:])
            ones.append(one)
            others.append(one + distance)
        return np.concatenate(ones), np.concatenate(others)


def edges_of(areas: Shapes) -> Edges:
    """All edges of all rings, of outer ones counter-clockwise and of holes clockwise."""
    begins = range(0, max(len(areas), 1), AT_ONCE)
    walked = [_walked(areas[begin : begin + AT_ONCE], begin) for begin in begins]
    return _sorted(*(np.concatenate(some) for some in zip(*walked, strict=True)))


def _walked(areas: Shapes, begin: int) -> tuple[Points, Points, Indices]:
    """Of some of the areas: parts and rings are copies, and those of all at once would fill the memory."""
    parts, part_area = shapely.get_parts(areas, return_index=True)
    rings, ring_part = shapely.get_rings(parts, return_index=True)
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    first = np.flatnonzero(ring[:-1] == ring[1:])
    start, end, ring = corners[first], corners[first + 1], ring[first]
    is_hole = np.append(False, ring_part[1:] == ring_part[:-1])
    turns_right = np.bincount(ring, _cross(start - corners[:1], end - corners[:1]), len(rings)) < 0
    is_backward = (turns_right != is_hole)[ring][:, np.newaxis]
    start, end = np.where(is_backward, end, start), np.where(is_backward, start, end)
    return start, end, part_area[ring_part[ring]] + begin


def lines_between(start: Points, end: Points) -> Shapes:
    """A line for each edge."""
    return np.asarray(shapely.linestrings(np.stack([start, end], axis=1)), dtype=object)


def node_numbers(points: Points) -> Indices:
    """Equal numbers for points in the same place."""
    cells = np.rint(points * NODES_PER_M).astype(np.int64)
    columns = np.unique(cells[:, 0], return_inverse=True)[1]
    rows, row = np.unique(cells[:, 1], return_inverse=True)
    numbers: Indices = np.unique(columns * len(rows) + row, return_inverse=True)[1]
    return numbers


def distinct_pairs(pairs: Indices) -> Indices:
    """Each pair once, the smaller number first, no number with itself."""
    ordered = np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1)
    return np.unique(ordered, axis=0) if len(ordered) else ordered


def _sorted(start: Points, end: Points, area: Indices) -> Edges:
    nodes = node_numbers(np.concatenate([start, end])).reshape(2, -1)
    is_real = nodes[0] != nodes[1]
    start, end, area, nodes = start[is_real], end[is_real], area[is_real], nodes[:, is_real]
    low, high = np.minimum(*nodes), np.maximum(*nodes)
    key = low * (nodes.max(initial=0) + 1) + high
    order = np.argsort(key, kind="stable")
    group = np.unique(key[order], return_inverse=True)[1]
    return Edges(start[order], end[order], area[order], group, (nodes[0] < nodes[1])[order])


def _cross(a: Points, b: Points) -> Any:
    return a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]

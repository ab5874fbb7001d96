"""Small or narrow ground that no area covers, between areas that should meet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from importers.coverage.edges import Edges, Indices, Points, node_numbers
from importers.coverage.overlaps import Entries
from importers.coverage.pieces import Pieces
from importers.shapes import Shapes
from layers.core.limits import Limits

SAME_DIRECTION = 1e-7
"""Radians; two edges closer than this leave a corner in the same direction."""
TURN = 8.0
"""More than a full turn, so that directions at one corner sort apart from those at the next."""


@dataclass(frozen=True)
class Gap:
    """Uncovered ground and the areas around it."""

    place: BaseGeometry
    beside: tuple[int, ...]


@dataclass(frozen=True)
class _Border:
    """The border of the covered ground, walked with the uncovered ground on the left."""

    start: Points
    end: Points
    area: Indices


def gaps(edges: Edges, pieces: Pieces, entries: Entries, limits: Limits, watch: Callable[[], None]) -> Iterator[Gap]:
    """Enclosed ground between at least two areas; ordered by the ring's first edge."""
    border = _border(edges, pieces, entries)
    watch()
    following = _following(border)
    ring = _rings(following)
    watch()
    for first in _narrow(border, ring, limits):
        watch()
        members = _walked(first, following)
        beside = tuple(sorted({int(area) for area in border.area[members]}))
        outline = shapely.make_valid(Polygon(border.start[members]))
        place = _uncovered(outline, pieces)
        if len(beside) > 1 and _is_narrow(place.area, place.length, limits):
            yield Gap(place, beside)


def _border(edges: Edges, pieces: Pieces, entries: Entries) -> _Border:
    """Free edges, without what lies inside other areas."""
    is_whole = np.ones(len(edges.free), dtype=bool)
    is_whole[entries.edge] = False
    whole = edges.free[is_whole]
    cut_edges, rest = _outside(edges, pieces, entries)
    lines, line_of = shapely.get_parts(rest, return_index=True)
    corners, line = shapely.get_coordinates(lines, return_index=True)
    node = node_numbers(corners)
    # Where areas are drawn several times, cutting leaves pieces without any length.
    first = np.flatnonzero((line[:-1] == line[1:]) & (node[:-1] != node[1:]))
    start, end, cut = corners[first], corners[first + 1], edges.free[cut_edges[line_of[line[first]]]]
    along = ((end - start) * (edges.end[cut] - edges.start[cut])).sum(axis=1) > 0
    start, end = np.where(along[:, np.newaxis], start, end), np.where(along[:, np.newaxis], end, start)
    return _Border(
        start=np.concatenate([edges.end[whole], end]),
        end=np.concatenate([edges.start[whole], start]),
        area=np.concatenate([edges.area[whole], edges.area[cut]]),
    )


def _outside(edges: Edges, pieces: Pieces, entries: Entries) -> tuple[Indices, Shapes]:
    """The edges that enter other areas, each less all pieces that it enters; one piece of each edge at a time."""
    order = np.argsort(entries.edge, kind="stable")
    edge, piece = entries.edge[order], entries.piece[order]
    cut, first, count = np.unique(edge, return_index=True, return_counts=True)
    rest = edges.lines[cut]
    for turn in range(count.max(initial=0)):
        more = np.flatnonzero(count > turn)
        rest[more] = shapely.difference(rest[more], pieces.shapes[piece[first[more] + turn]])
    is_line = ~shapely.is_empty(rest) & (shapely.get_dimensions(rest) == 1)
    return cut[is_line], rest[is_line]


def _following(border: _Border) -> Indices:
    """The next edge of each one's ring: at a corner the first that leaves it, turning clockwise from where one came.

    The number of edges stands for none.
    """
    count = len(border.start)
    none = np.full(count, count)
    if not count:
        return none
    starts, ends = node_numbers(np.concatenate([border.start, border.end])).reshape(2, -1)
    leaving = starts * TURN + _direction(border.end - border.start)
    arriving = ends * TURN + _direction(border.start - border.end)
    order = np.argsort(leaving, kind="stable")
    last = np.searchsorted(starts[order], ends, side="right") - 1
    has_next = (last >= 0) & (starts[order][last] == ends)
    turned = np.searchsorted(leaving[order], arriving + SAME_DIRECTION, side="right") - 1
    is_past_first = (turned < 0) | (starts[order][turned] != ends)
    following = np.where(has_next, order[np.where(is_past_first, last, turned)], none)
    taken, by = np.unique(following, return_index=True)
    none[by] = taken
    return none


def _rings(following: Indices) -> Indices:
    """The smallest edge of each one's ring; the number of edges where a walk ends nowhere.

    Each round looks twice as far ahead as the one before it.
    """
    count = len(following)
    ahead = np.append(following, count)
    smallest = np.append(np.arange(count), count)
    for _ in range(max(1, count).bit_length()):
        smallest = np.minimum(smallest, smallest[ahead])
        ahead = ahead[ahead]
    ends = ahead[:count] == count
    return np.where(ends, count, smallest[:count])


def _narrow(border: _Border, ring: Indices, limits: Limits) -> list[int]:
    """First edges of the rings around ground that is small or narrow."""
    origin = border.start[:1]
    a, b = border.start - origin, border.end - origin
    area = np.bincount(ring, (a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]) / 2, len(ring) + 1)
    length = np.bincount(ring, np.hypot(*(b - a).T), len(ring) + 1)
    firsts = np.unique(ring[ring < len(ring)])
    return [int(first) for first in firsts if _is_narrow(float(area[first]), float(length[first]), limits)]


def _is_narrow(area: float, length: float, limits: Limits) -> bool:
    """Neither a boundary drawn twice nor open ground."""
    if area <= 0:
        return False
    width = width_of(area, length)
    return width > limits.coincide_m and (area <= limits.gap_m2 or width <= limits.gap_m)


def width_of(area: float, length: float) -> float:
    """Of a rectangle with this area and outline: for a strip its mean width."""
    side = length / 4
    return side - float(np.sqrt(max(0.0, side * side - area)))


def _walked(first: int, following: Indices) -> list[int]:
    members, edge = [first], int(following[first])
    while edge != first:
        members.append(edge)
        edge = int(following[edge])
    return members


def _uncovered(outline: BaseGeometry, pieces: Pieces) -> BaseGeometry:
    """Less what lies in it, and of its areas only: no lines that the ring walked both ways."""
    near = pieces.shapes[pieces.tree.query(outline, predicate="intersects")]
    inside = near[~shapely.touches(near, outline)]
    rest = shapely.difference(outline, shapely.union_all(inside)) if len(inside) else outline
    parts = [part for part in shapely.get_parts(rest) if part.geom_type == "Polygon" and part.area]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _direction(along: Points) -> Points:
    """From 0 to a full turn, counter-clockwise."""
    turned: Points = np.mod(np.arctan2(along[:, 1], along[:, 0]), 2 * np.pi)
    return turned

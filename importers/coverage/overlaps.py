"""Ground that two areas both claim."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from importers.coverage.edges import Edges, Indices, distinct_pairs
from importers.coverage.pieces import Pieces
from importers.shapes import Shapes
from layers.core.limits import Limits

AT_ONCE = 50_000
SPREADS_FROM_M2 = 1e-3
"""Less common ground than this comes from rounding; the search does not go on from it."""


class Relation(StrEnum):
    """How two areas on the same ground lie."""

    DUPLICATE = "duplicate"
    INSIDE = "inside"
    OVERLAP = "overlap"


@dataclass(frozen=True)
class CommonGround:
    """Two areas and what they share; of one inside another the inner one is first."""

    first: int
    second: int
    relation: Relation
    place: BaseGeometry


@dataclass(frozen=True)
class Entries:
    """Free edges (by their place among them) and the pieces of other areas that they enter."""

    edge: Indices
    piece: Indices


def entered(edges: Edges, pieces: Pieces, watch: Callable[[], None]) -> Entries:
    """An edge enters a piece where it has a point in its inside; running along its border is no entry."""
    found_edges, found_pieces = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for begin in range(0, len(edges.lines), AT_ONCE):
        watch()
        line, piece = pieces.tree.query(edges.lines[begin : begin + AT_ONCE])
        line = line + begin
        is_other = edges.area[edges.free[line]] != pieces.area[piece]
        line, piece = line[is_other], piece[is_other]
        is_inside = shapely.intersects(pieces.shapes[piece], edges.lines[line])
        line, piece = line[is_inside], piece[is_inside]
        is_inside = ~shapely.touches(pieces.shapes[piece], edges.lines[line])
        found_edges.append(line[is_inside])
        found_pieces.append(piece[is_inside])
    return Entries(np.concatenate(found_edges), np.concatenate(found_pieces))


def overlaps(
    areas: Shapes,
    edges: Edges,
    pieces: Pieces,
    entries: Entries,
    limits: Limits,
    watch: Callable[[], None],
) -> Iterator[CommonGround]:
    """In the order of the areas."""
    betrayed = np.stack([edges.area[edges.free[entries.edge]], pieces.area[entries.piece]], axis=1)
    seeds = distinct_pairs(np.concatenate([betrayed, edges.pairs_on_one_side()]))
    pairs, ground = _spread(seeds, edges.pairs(), pieces, len(areas), watch)
    size = shapely.area(areas)
    common = shapely.area(ground)
    least = np.minimum(limits.overlap_m2, np.minimum(size[pairs[:, 0]], size[pairs[:, 1]]) / 2)
    counts = common > least
    counts[counts] = ~shapely.is_empty(shapely.buffer(ground[counts], -limits.coincide_m / 2))
    for (one, other), place in zip(pairs[counts].tolist(), ground[counts], strict=True):
        inner, outer = (one, other) if size[one] <= size[other] else (other, one)
        yield CommonGround(inner, outer, _relation(areas[inner], areas[outer], place, limits), place)


def _relation(inner: BaseGeometry, outer: BaseGeometry, place: BaseGeometry, limits: Limits) -> Relation:
    """What a boundary drawn twice may leave out does not count."""
    left_out = limits.coincide_m * inner.length / 2
    if inner.area - place.area > left_out:
        return Relation.OVERLAP
    return Relation.DUPLICATE if outer.area - place.area <= left_out else Relation.INSIDE


def _spread(
    seeds: Indices, neighbours: Indices, pieces: Pieces, areas: int, watch: Callable[[], None]
) -> tuple[Indices, Shapes]:
    """The pairs with common ground: whoever overlaps one area may overlap those around it as well."""
    around = _Around(neighbours, areas)
    found_pairs, found_ground = [np.empty((0, 2), dtype=np.int64)], [np.empty(0, dtype=object)]
    seen, waiting = np.empty(0, dtype=np.int64), seeds
    while len(waiting):
        seen = np.union1d(seen, _key(waiting, areas))
        ground = _common(waiting, pieces, watch)
        size = shapely.area(ground)
        found_pairs.append(waiting[size > 0])
        found_ground.append(ground[size > 0])
        reached = waiting[size > SPREADS_FROM_M2]
        waiting = distinct_pairs(
            np.concatenate([around.first_replaced(reached), around.first_replaced(reached[:, ::-1])])
        )
        waiting = waiting[~np.isin(_key(waiting, areas), seen)]
    pairs, ground = np.concatenate(found_pairs), np.concatenate(found_ground)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    return pairs[order], ground[order]


class _Around:
    """Which areas share an edge with an area, from whichever side."""

    def __init__(self, neighbours: Indices, areas: int) -> None:
        both = np.concatenate([neighbours, neighbours[:, ::-1]])
        both = both[np.argsort(both[:, 0], kind="stable")]
        self._other = both[:, 1]
        self._first = np.searchsorted(both[:, 0], np.arange(areas + 1))

    def first_replaced(self, pairs: Indices) -> Indices:
        """Each pair with every neighbour of its first area in place of it."""
        which, place = _ranges(self._first[pairs[:, 0]], self._first[pairs[:, 0] + 1])
        return np.stack([self._other[place], pairs[which, 1]], axis=1)


def _common(pairs: Indices, pieces: Pieces, watch: Callable[[], None]) -> Shapes:
    """The common ground of each pair, put together from that of their pieces; empty where there is none."""
    ground: Shapes = np.full(len(pairs), shapely.Polygon(), dtype=object)
    for begin in range(0, len(pairs), AT_ONCE):
        watch()
        which, one, other = _piece_pairs(pairs[begin : begin + AT_ONCE], pieces)
        shared = shapely.intersection(pieces.shapes[one], pieces.shapes[other])
        parts, part_of = shapely.get_parts(shared, return_index=True)
        is_area = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
        parts, pair = parts[is_area], which[part_of[is_area]]
        for number, count in zip(*np.unique(pair, return_counts=True), strict=True):
            mine = parts[np.searchsorted(pair, number) :][:count]
            ground[begin + number] = mine[0] if count == 1 else shapely.union_all(mine)
    return ground


def _piece_pairs(pairs: Indices, pieces: Pieces) -> tuple[Indices, Indices, Indices]:
    """Every piece of one with every piece of the other whose boxes meet; sorted by pair."""
    which, one = _ranges(pieces.first[pairs[:, 0]], pieces.first[pairs[:, 0] + 1])
    second = pairs[which, 1]
    again, other = _ranges(pieces.first[second], pieces.first[second + 1])
    which, one = which[again], one[again]
    a, b = shapely.bounds(pieces.shapes[one]), shapely.bounds(pieces.shapes[other])
    meets = (a[:, 0] < b[:, 2]) & (b[:, 0] < a[:, 2]) & (a[:, 1] < b[:, 3]) & (b[:, 1] < a[:, 3])
    return which[meets], one[meets], other[meets]


def _ranges(first: Indices, end: Indices) -> tuple[Indices, Indices]:
    """All numbers of many ranges, one after the other, and which range each is of."""
    length = end - first
    which = np.repeat(np.arange(len(length)), length)
    within = np.arange(len(which)) - np.repeat(np.cumsum(length) - length, length)
    return which, first[which] + within


def _key(pairs: Indices, areas: int) -> NDArray[np.int64]:
    return pairs[:, 0] * areas + pairs[:, 1]

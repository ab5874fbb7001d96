"""Areas that cover the ground once, with mistakes put into them, and the slow way to find those."""

import itertools
from collections import Counter
from collections.abc import Sequence

import numpy as np
import shapely
from shapely import Point, Polygon

from layers.core.limits import Limits

X, Y = 500_000.0, 4_250_000.0
SIDE = 20.0


def grid(columns: int, rows: int, seed: int = 0, jitter: float = 4.0) -> list[Polygon]:
    """Four-cornered parcels on the millimetre that fit each other exactly."""
    chance = np.random.default_rng(seed)
    x, y = np.meshgrid(np.arange(columns + 1) * SIDE, np.arange(rows + 1) * SIDE)
    moved = np.stack([x, y], axis=-1) + chance.uniform(-jitter, jitter, (rows + 1, columns + 1, 2))
    corners = np.round(moved + np.array([X, Y]), 3)
    around = [corners[:-1, :-1], corners[:-1, 1:], corners[1:, 1:], corners[1:, :-1]]
    return list(shapely.polygons(np.stack(around, axis=2).reshape(-1, 4, 2)))


def with_corner_moved(area: Polygon, corner: int, dx: float, dy: float) -> Polygon:
    """Only in this area: its neighbours keep theirs."""
    corners = shapely.get_coordinates(area)[:-1]
    corners[corner % len(corners)] += (dx, dy)
    return Polygon(np.round(corners, 3))


def with_corner_added(area: Polygon, edge: int, share: float) -> Polygon:
    """A corner on an edge, as near to it as the millimetre allows."""
    corners = shapely.get_coordinates(area)[:-1]
    edge %= len(corners)
    added = np.round(corners[edge] + share * (corners[(edge + 1) % len(corners)] - corners[edge]), 3)
    return Polygon(np.insert(corners, edge + 1, added, axis=0))


def on_the_millimetre(area: Polygon) -> Polygon:
    """As it is kept: what is computed from it is not rounded again."""
    return shapely.from_wkb(shapely.to_wkb(shapely.set_precision(area, 0.001)))


def common_ground(areas: Sequence[Polygon], limits: Limits) -> dict[tuple[int, int], float]:
    """Every pair compared with every other: the pairs that share ground, and how much."""
    found = {}
    for (one, a), (other, b) in itertools.combinations(enumerate(areas), 2):
        shared = shapely.intersection(a, b)
        least = min(limits.overlap_m2, a.area / 2, b.area / 2)
        if shared.area > least and not shared.buffer(-limits.coincide_m / 2).is_empty:
            found[one, other] = shared.area
    return found


def uncovered(areas: Sequence[Polygon], limits: Limits) -> list[Polygon]:
    """Small or narrow ground that the union of all encloses, be it between parts that only touch."""
    whole = shapely.union_all(areas)
    faces = shapely.get_parts(shapely.polygonize([shapely.node(shapely.boundary(whole))]))
    holes = [face for face in faces if not whole.contains(face.representative_point())]
    own = [Polygon(ring) for area in areas for ring in area.interiors]
    holes = [hole for hole in holes if not any(_is_same(Polygon(hole.exterior), one) for one in own)]
    return [hole for hole in holes if _is_gap(hole, limits)]


def lacking_corners(areas: Sequence[Polygon], limits: Limits) -> set[tuple[int, Point]]:
    """Every corner beside every edge that no other area has."""
    walked = Counter(edge for area in areas for edge in _edges(area))
    free = [(n, a, b) for n, area in enumerate(areas) for a, b in _edges(area) if not walked[b, a]]
    found = set()
    for n, a, b in free:
        for other, c, d in free:
            for corner in (c, d):
                near = Point(corner).distance(shapely.LineString([a, b])) <= limits.coincide_m
                at_end = min(Point(corner).distance(Point(end)) for end in (a, b)) <= limits.coincide_m
                if other != n and near and not at_end and corner not in _corners(areas[n]):
                    found.add((n, Point(corner)))
    return found


def _is_same(one: Polygon, other: Polygon) -> bool:
    return shapely.symmetric_difference(one, other).area < 1e-6


def _is_gap(hole: Polygon, limits: Limits) -> bool:
    side = hole.length / 4
    width = side - max(0.0, side * side - hole.area) ** 0.5
    return width > limits.coincide_m and (hole.area <= limits.gap_m2 or width <= limits.gap_m)


def _edges(area: Polygon) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Of every ring, with the ground of the area on the left."""
    rings = [_turned(area.exterior.coords, is_ccw=True)]
    rings += [_turned(hole.coords, is_ccw=False) for hole in area.interiors]
    return [(a, b) for ring in rings for a, b in itertools.pairwise(ring) if a != b]


def _turned(coords, *, is_ccw: bool) -> list[tuple[float, float]]:
    corners = [tuple(corner) for corner in coords]
    return corners if shapely.LinearRing(corners).is_ccw == is_ccw else corners[::-1]


def _corners(area: Polygon) -> set[tuple[float, float]]:
    return {tuple(corner) for ring in (area.exterior, *area.interiors) for corner in ring.coords}

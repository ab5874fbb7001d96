"""Upright boxes of the storage system that lie inside of a question's shape: in them comparing boxes is enough."""

import math
from collections.abc import Iterator
from itertools import groupby

import numpy as np
import shapely
from pyproj import Transformer
from shapely import Geometry

_STEPS = 64
"""Points along a side: a straight line of one system is a curve in another."""
_ROWS = 16
_AREAS = ("Polygon", "MultiPolygon")

Sides = tuple[float, float, float, float]


def boxes_inside(shape: Geometry, to_storage: Transformer) -> list[Geometry]:
    """The largest first; none where the shape is too small or cannot be moved."""
    if shape.geom_type not in _AREAS or shape.is_empty:
        return []
    whole = shapely.box(*shape.bounds)
    if math.isclose(shape.area, whole.area, rel_tol=1e-9):
        return _box_in_box(shape.bounds, to_storage)
    step = max(shape.bounds[2] - shape.bounds[0], shape.bounds[3] - shape.bounds[1]) / _STEPS
    moved = shapely.transform(shapely.segmentize(shape, step), to_storage.transform, interleaved=False)
    if not np.isfinite(shapely.get_coordinates(moved)).all():
        return []
    return sorted(_boxes_in_area(moved), key=shapely.area, reverse=True)


def _box_in_box(bounds: Sides, to_storage: Transformer) -> list[Geometry]:
    """One, with a hundredth to spare."""
    west, south, east, north = bounds
    share = [step / _STEPS for step in range(_STEPS + 1)]
    across = [west + (east - west) * part for part in share]
    up = [south + (north - south) * part for part in share]
    move = to_storage.transform
    sides = [
        max(move([west] * len(up), up)[0]),
        max(move(across, [south] * len(across))[1]),
        min(move([east] * len(up), up)[0]),
        min(move(across, [north] * len(across))[1]),
    ]
    margin_x, margin_y = (sides[2] - sides[0]) / 100, (sides[3] - sides[1]) / 100
    if not all(math.isfinite(side) for side in sides) or margin_x <= 0 or margin_y <= 0:
        return []
    return [shapely.box(sides[0] + margin_x, sides[1] + margin_y, sides[2] - margin_x, sides[3] - margin_y)]


def _boxes_in_area(area: Geometry) -> Iterator[Geometry]:
    """Cells of a grid that lie inside, joined along their row and then with equal rows above."""
    west, south, east, north = area.bounds
    xs, ys = np.linspace(west, east, _ROWS + 1), np.linspace(south, north, _ROWS + 1)
    cells = shapely.box(*np.broadcast_arrays(xs[:-1], ys[:-1, None], xs[1:], ys[1:, None]))
    shapely.prepare(area)
    inside = shapely.contains_properly(area, cells)
    runs = [(first, last, row) for row in range(_ROWS) for first, last in _runs(inside[row])]
    for (first, last), same in groupby(sorted(runs), key=lambda run: run[:2]):
        for low, high in _neighbours([row for *_, row in same]):
            yield shapely.box(xs[first], ys[low], xs[last + 1], ys[high + 1])


def _runs(row: np.ndarray) -> Iterator[tuple[int, int]]:
    return _neighbours(np.flatnonzero(row).tolist())


def _neighbours(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of each stretch of numbers that follow one another."""
    for _, stretch in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in stretch]
        yield found[0], found[-1]

"""Several sheets: side by side over a piece of ground, or one about each of some features."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from shapely import Geometry

from gisserver.prints.order import Place
from gisserver.prints.paper import Paper

_ROOM = 1.2
"""A feature and a tenth of its size on each side."""
ROUND_SCALES = (100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000, 20_000, 25_000, 50_000, 100_000, 200_000, 500_000)


def side_by_side(ground: Geometry, paper: Paper, scale: float, rotation: float, overlap_mm: float) -> list[Place]:
    """Row by row from the upper left, each sharing a strip with the next; the whole lies in their middle."""
    turn = _turn(rotation)
    corners = np.array(ground.exterior.coords)[:-1] @ turn
    low, high = corners.min(axis=0), corners.max(axis=0)
    size = np.array((paper.map.width, paper.map.height)) * scale / 1000
    step = size - overlap_mm * scale / 1000
    counts = [
        max(1, math.ceil((wide - whole) / stride) + 1)
        for wide, whole, stride in zip(high - low, size, step, strict=True)
    ]
    columns, rows = counts
    first = (low + high) / 2 - step * (np.array(counts) - 1) / 2
    return [
        _place(first + step * (column, row), turn, scale, rotation)
        for row in reversed(range(rows))
        for column in range(columns)
    ]


def about_each(boxes: Iterable[tuple[str, Sequence[float]]], paper: Paper, place: Place) -> list[Place]:
    """One sheet for each name and box; a scale of zero becomes the largest round one in which the feature fits."""
    return [_about(name, box, paper, place) for name, box in boxes]


def _about(name: str, box: Sequence[float], paper: Paper, place: Place) -> Place:
    west, south, east, north = box
    turned = np.array([(west, south), (east, south), (east, north), (west, north)]) @ _turn(place.rotation)
    wide, high = (turned.max(axis=0) - turned.min(axis=0)) * _ROOM
    needed = max(wide / paper.map.width, high / paper.map.height) * 1000
    fitting = next((scale for scale in ROUND_SCALES if scale >= needed), float(math.ceil(needed)))
    return replace(
        place, east=(west + east) / 2, north=(south + north) / 2, scale=place.scale or float(fitting), name=name
    )


def _place(middle: NDArray[np.float64], turn: NDArray[np.float64], scale: float, rotation: float) -> Place:
    east, north = (middle @ turn.T).tolist()
    return Place(east, north, scale, rotation)


def _turn(rotation: float) -> NDArray[np.float64]:
    angle = math.radians(rotation)
    return np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])

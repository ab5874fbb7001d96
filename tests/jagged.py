"""A made-up fabric whose borders have many corners, laid where four tiles meet at every zoom from the seventh on."""

import math

import shapely
from pyproj import Transformer

CELL = 20.0
_STEPS = 8
"""Corners along one side of a cell."""
CORNER_LONLAT = (28.125, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * 49 / 128)))))
MIDDLE = Transformer.from_crs(4326, 5253, always_xy=True).transform(*CORNER_LONLAT)
"""Where the tiles meet, in the storage CRS of the test profile."""


def block(column: int, row: int, width: int = 1, height: int = 1) -> str:
    """WKT of some cells as one shape; cells beside one another share every corner. Cell (0, 0) begins at MIDDLE."""
    east, north = column + width, row + height
    ring = [
        *(_on_horizontal(column + step / _STEPS, row) for step in range(width * _STEPS)),
        *(_on_vertical(east, row + step / _STEPS) for step in range(height * _STEPS)),
        *(_on_horizontal(east - step / _STEPS, north) for step in range(width * _STEPS)),
        *(_on_vertical(column, north - step / _STEPS) for step in range(height * _STEPS)),
    ]
    return shapely.MultiPolygon([shapely.Polygon(ring)]).wkt


def area(west: float, south: float, east: float, north: float) -> str:
    """WKT of a rectangle, in cells from MIDDLE."""
    sides = (MIDDLE[0] + west * CELL, MIDDLE[1] + south * CELL, MIDDLE[0] + east * CELL, MIDDLE[1] + north * CELL)
    return shapely.MultiPolygon([shapely.box(*sides)]).wkt


def _on_horizontal(column: float, row: int) -> tuple[float, float]:
    return _place(column, row + _jag(column, row))


def _on_vertical(column: int, row: float) -> tuple[float, float]:
    return _place(column + _jag(row, column), row)


def _jag(along: float, line: int) -> float:
    """Nothing at the corners of cells, up to half a metre between them, another one on each line."""
    return 0.025 * math.sin(math.pi * along) * math.sin(19 * along + 7 * line)


def _place(column: float, row: float) -> tuple[float, float]:
    """In whole millimetres, as the pool keeps them."""
    return round(MIDDLE[0] + column * CELL, 3), round(MIDDLE[1] + row * CELL, 3)

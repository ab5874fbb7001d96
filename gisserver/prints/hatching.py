"""Hatches as lines of the paper, in the directions that the screen's squares have."""

from functools import lru_cache

import numpy as np
import shapely
from shapely import Geometry

from gisserver.drawings._signs import HATCH
from gisserver.prints.paper import PIXEL_MM, POINTS_PER_MM, Rectangle
from gisserver.prints.pen import Stroke
from gisserver.sprite import SIDES, UnknownSign

_STEP = SIDES[HATCH] * PIXEL_MM * POINTS_PER_MM
_WIDTH = 0.14 * _STEP
"""As thick, in parts of the square, as the screen draws them."""
_DIRECTIONS = {"0": ("rising",), "1": ("falling",), "2": ("rising", "falling"), "3": ("level",)}


def hatch_lines(name: str, frame: Rectangle) -> tuple[Geometry, Stroke]:
    """The lines over the whole map, and how they are drawn."""
    kind, direction, color = name.split("/", 2)
    if kind != HATCH or direction not in _DIRECTIONS:
        raise UnknownSign(name)
    return _lines(direction, frame), Stroke(color, _WIDTH)


@lru_cache(maxsize=16)
def _lines(direction: str, frame: Rectangle) -> Geometry:
    pieces = [piece for way in _DIRECTIONS[direction] for piece in _parallel(way, frame)]
    return shapely.MultiLineString(pieces)


def _parallel(way: str, frame: Rectangle) -> list[list[tuple[float, float]]]:
    left, bottom, wide, high = (side * POINTS_PER_MM for side in (frame.left, frame.bottom, frame.width, frame.height))
    if way == "level":
        return [[(left, y), (left + wide, y)] for y in np.arange(bottom, bottom + high, _STEP / 2).tolist()]
    starts = np.arange(left - high, left + wide, _STEP).tolist()
    low, up = (bottom, bottom + high) if way == "rising" else (bottom + high, bottom)
    return [[(x, low), (x + high, up)] for x in starts]

"""The coordinate grid: fine lines over the map, numbers around it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import shapely

from gisserver.prints.paper import Rectangle
from gisserver.prints.pen import Pen, Stroke, Writing
from gisserver.prints.sheet import Sheet
from layers.core.words import Title

_APART_MM = 60
"""At least as far are lines from each other."""
_LINE = Stroke("#3a4a57", 0.25, 0.45)
_NUMBER = Writing(5.5, "#3a4a57")
_AWAY = 2.5
"""Points from the frame to the numbers."""

EAST = Title("Y", "E")
"""Surveyors here call the easting Y and write it first."""
NORTH = Title("X", "N")


@dataclass(frozen=True)
class Line:
    """One line of the grid as far as it crosses the map."""

    metres: int
    is_easting: bool
    ends: tuple[tuple[float, float], tuple[float, float]]


def spacing(sheet: Sheet) -> int:
    """Metres between lines: one, two or five and zeros."""
    wanted = _APART_MM * sheet.metres_per_mm
    power = 10 ** math.floor(math.log10(wanted))
    return max(1, int(next(step for step in (power, 2 * power, 5 * power, 10 * power) if step >= wanted)))


def grid_lines(sheet: Sheet) -> Iterator[Line]:
    """Eastings, then northings."""
    west, south, east, north = sheet.ground.bounds
    step = spacing(sheet)
    frame = shapely.box(*sheet.paper.map.in_points)
    for is_easting, low, high in ((True, west, east), (False, south, north)):
        for metres in range(math.ceil(low / step) * step, math.floor(high) + 1, step):
            ends = [(metres, south), (metres, north)] if is_easting else [(west, metres), (east, metres)]
            on_paper = shapely.transform(shapely.LineString(ends), sheet.to_paper)
            crossed = shapely.intersection(on_paper, frame)
            if crossed.length > 0:
                first, *_, last = crossed.coords
                yield Line(metres, is_easting, (first, last))


def draw_grid(pen: Pen, sheet: Sheet, language: str) -> None:
    """Lines in the map, numbers at their ends."""
    for line in grid_lines(sheet):
        pen.line(line.ends, _LINE)
        letter = (EAST if line.is_easting else NORTH).in_language(language)
        for x, y in line.ends:
            _write_number(pen, sheet.paper.map, x, y, f"{letter} {line.metres}")


def _write_number(pen: Pen, frame: Rectangle, x: float, y: float, words: str) -> None:
    """Beside the side of the frame that the line meets there."""
    left, _, right, top = frame.in_points
    if abs(x - left) < 0.01:
        pen.write(words, x - _AWAY, y, _NUMBER, anchor="middle", angle=90)
    elif abs(x - right) < 0.01:
        pen.write(words, x + _AWAY + _NUMBER.size * 0.7, y, _NUMBER, anchor="middle", angle=90)
    elif abs(y - top) < 0.01:
        pen.write(words, x, y + _AWAY, _NUMBER, anchor="middle")
    else:
        pen.write(words, x, y - _AWAY - _NUMBER.size * 0.7, _NUMBER, anchor="middle")

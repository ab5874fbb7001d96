"""Point symbols as shapes: the ones that the screen has as pictures."""

import math

import shapely

from gisserver.drawings._signs import GATHERING
from gisserver.prints.pen import Pen, Stroke
from gisserver.sprite import CUTS, DISC, DISC_OPACITY, RING, SIDES, UnknownSign

_ARROW = ((0.17, 0.0), (0.43, 0.17), (0.43, -0.17))


def side_of(name: str) -> int:
    """Pixels of a sign at scale 1."""
    return SIDES[name.partition("/")[0]]


def draw_sign(pen: Pen, name: str, x: float, y: float, side: float) -> None:
    """A sign with its middle at x, y, and its side in points."""
    sign, _, color = name.rpartition("/")
    if sign == GATHERING:
        _draw_gathering(pen, color, x, y, side)
    elif sign in CUTS:
        _draw_circle(pen, color, x, y, side, CUTS[sign])
    else:
        raise UnknownSign(name)


def _draw_gathering(pen: Pen, color: str, x: float, y: float, side: float) -> None:
    corner = side * 0.2
    ground = shapely.box(x - side / 2, y - side / 2, x + side / 2, y + side / 2).buffer(-corner).buffer(corner)
    pen.fill([ground], color)
    pen.fill([shapely.Point(x, y).buffer(side * 0.1)], "#ffffff")
    for quarter in range(4):
        angle = math.radians(45 + 90 * quarter)
        arrow = [
            (
                x + side * (a * math.cos(angle) - b * math.sin(angle)),
                y + side * (a * math.sin(angle) + b * math.cos(angle)),
            )
            for a, b in _ARROW
        ]
        pen.fill([shapely.Polygon(arrow)], "#ffffff")


def _draw_circle(pen: Pen, color: str, x: float, y: float, side: float, cuts: tuple[float, ...]) -> None:
    disc = shapely.Point(x, y).buffer(side / 2 * (1 - RING))
    pen.fill([disc], DISC, DISC_OPACITY)
    lines = [disc.exterior]
    for cut in cuts:
        half, height = math.sqrt(cut * (1 - cut)) * side, y + (0.5 - cut) * side
        lines.append(shapely.LineString([(x - half, height), (x + half, height)]))
    pen.stroke(lines, Stroke(color, side * RING))

"""Point symbols as shapes: the ones that the screen has as pictures."""

import math

import shapely

from gisserver.drawings._signs import GATHERING
from gisserver.prints.pen import Pen
from gisserver.sprite import SIDES, UnknownSign

_ARROW = ((0.17, 0.0), (0.43, 0.17), (0.43, -0.17))


def draw_sign(pen: Pen, name: str, x: float, y: float, pixel: float) -> None:
    """A sign with its middle at x, y; an empty name is none."""
    if not name:
        return
    sign, _, color = name.rpartition("/")
    if sign != GATHERING:
        raise UnknownSign(name)
    side = SIDES[GATHERING] * pixel
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

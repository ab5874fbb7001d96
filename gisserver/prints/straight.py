"""Where the name of a line reads best."""

import math

import numpy as np
import shapely
from shapely import Geometry


def longest_straight(shape: Geometry) -> tuple[float, float, float, float]:
    """Middle, direction and length of its longest straight piece; the direction is never upside down."""
    points = shapely.get_coordinates(max(shapely.get_parts(shape), key=shapely.length))
    steps = np.diff(points, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    longest = int(lengths.argmax())
    x, y = (points[longest] + points[longest + 1]) / 2
    angle = math.degrees(math.atan2(steps[longest, 1], steps[longest, 0]))
    upright = angle - 180 if angle > 90 else angle + 180 if angle <= -90 else angle
    return float(x), float(y), upright, float(lengths[longest])

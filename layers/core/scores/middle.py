"""The line that shares disputed ground evenly between two neighbours."""

import numpy as np
import shapely
from shapely import Geometry, LineString, MultiLineString

STEPS = 16
NEAR_M = 0.01


def middle_line(fault: Geometry, one: Geometry, other: Geometry) -> LineString | None:
    """Midway between the two outlines along a gap or an overlap; None where they run along it on one side only."""
    here, there = _along(fault, one, other), _along(fault, other, one)
    if here is None or there is None:
        return None
    places = shapely.line_interpolate_point(here, np.linspace(0, 1, STEPS), normalized=True)
    across = shapely.line_interpolate_point(there, shapely.line_locate_point(there, places))
    middle = (shapely.get_coordinates(places) + shapely.get_coordinates(across)) / 2
    line = shapely.simplify(LineString(np.round(middle, 3)), NEAR_M)
    return line if isinstance(line, LineString) and line.length else None


def _along(fault: Geometry, neighbour: Geometry, opposite: Geometry) -> LineString | None:
    """The longest piece of the fault's outline that is the neighbour's own and not the other's as well."""
    near, far = (shapely.buffer(side.boundary, NEAR_M) for side in (neighbour, opposite))
    own = shapely.difference(shapely.intersection(fault.boundary, near), far)
    merged = shapely.line_merge(own) if isinstance(own, MultiLineString) else own
    pieces = [part for part in shapely.get_parts(merged) if isinstance(part, LineString) and part.length]
    return max(pieces, key=lambda part: part.length, default=None)

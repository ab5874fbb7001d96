"""The ground within a distance of a shape."""

import shapely
from shapely import Geometry

from layers.core.crs import LONLAT
from layers.core.profile import Profile
from layers.core.query.ground import way

FARTHEST_M = 10_000.0
_SIDES_OF_A_QUARTER = 16


def buffered(shape: Geometry, metres: float, profile: Profile) -> Geometry:
    """`shape` is in degrees, longitude first, and so is what comes; the distance is one of the storage system's plane.

    A distance below zero takes as much off an area, of which nothing may be left.
    """
    there, back = way(LONLAT, profile.storage_srid), way(profile.storage_srid, LONLAT)
    plane = shapely.transform(shape, there.transform, interleaved=False)
    wide = shapely.buffer(plane, metres, quad_segs=_SIDES_OF_A_QUARTER)
    return shapely.transform(wide, back.transform, interleaved=False)

"""Where a corner lies that is said in numbers: by a length and a direction from another."""

import math
from dataclasses import dataclass

from layers.core.crs import LONLAT
from layers.core.profile import Profile
from layers.core.query.ground import way

LONGEST_M = 100_000.0
Place = tuple[float, float]
"""Longitude and latitude."""


@dataclass(frozen=True)
class Ahead:
    """So far from a corner, in the plane of the storage system."""

    start: Place
    length_m: float
    direction_deg: float
    """Clockwise from grid north, or from the side that leads from `before` to the corner."""
    before: Place | None = None


def corner_ahead(asked: Ahead, profile: Profile) -> Place:
    """The place of that corner."""
    move = way(LONLAT, profile.storage_srid)
    east, north = move.transform(*asked.start)
    bearing = math.radians(asked.direction_deg)
    if asked.before is not None:
        east_before, north_before = move.transform(*asked.before)
        bearing += math.atan2(east - east_before, north - north_before)
    lon, lat = move.transform(
        east + asked.length_m * math.sin(bearing), north + asked.length_m * math.cos(bearing), direction="INVERSE"
    )
    return lon, lat

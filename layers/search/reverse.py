"""What stands at a place: its parcel, its neighbourhood and district, the doors nearest to it."""

from dataclasses import dataclass

from sqlalchemy import Connection

from layers.core.profile import Profile
from layers.search import notes
from layers.search.addresses import door_hit
from layers.search.coordinates import degrees_reading
from layers.search.hits import Hit
from layers.search.inquiry import Inquiry
from layers.search.parcels import find_coordinate
from layers.search.snapshot import Snapshot, at_once

FARTHEST_M = 200
"""A door farther away does not say where one is."""
_AT_THE_DOOR_M = 15
"""So near the place is the door's."""
_MOST = 5


@dataclass(frozen=True)
class NearDoor:
    """A door and how far it is."""

    hit: Hit
    metres: float


@dataclass(frozen=True)
class Surrounded:
    """What is known of a place."""

    place: Hit | None
    """The place itself, with its parcel; None outside the area of the pool."""
    neighbourhood: str | None
    district: str | None
    doors: tuple[NearDoor, ...]
    note: str


def reverse(connection: Connection, lon: float, lat: float, profile: Profile, language: str = "en") -> Surrounded:
    """In the snapshot of a transaction."""
    return at_once(_reverse(Inquiry(Snapshot(connection, profile), profile, language, _MOST), lon, lat))


async def _reverse(inquiry: Inquiry, lon: float, lat: float) -> Surrounded:
    """Never sure of a door that is merely near: the distance is said."""
    reading = degrees_reading(lon, lat, inquiry.profile)
    if not reading.is_inside:
        return Surrounded(None, None, None, (), inquiry.say(notes.OUTSIDE))
    asked = {"x": reading.x, "y": reading.y, "srid": inquiry.profile.storage_srid}
    areas = {row.kind: row.name for row in await inquiry.rows("areas_at", **asked)}
    doors = tuple(
        NearDoor(
            door_hit(inquiry, row, max(0.0, 1 - row.metres / FARTHEST_M), is_exact=row.metres <= _AT_THE_DOOR_M),
            float(row.metres),
        )
        for row in await inquiry.rows("doors_near", most_metres=FARTHEST_M, **asked)
    )
    note = "" if doors else inquiry.say(notes.NO_DOOR_NEAR, metres=FARTHEST_M)
    place = (await find_coordinate(inquiry, reading)).hits[0]
    return Surrounded(place, areas.get("neighbourhood"), areas.get("district"), doors, note)

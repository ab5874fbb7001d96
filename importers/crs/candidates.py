"""Every reading of a file's numbers that is worth a try: the profile's systems, and what goes wrong with them."""

from collections.abc import Iterator
from functools import cache
from itertools import product

import numpy as np
from pyproj.exceptions import CRSError, ProjError

from importers.crs.pipelines import placement
from importers.crs.reading import Points, Reading
from layers.core.declared_crs import METRES_IN, DeclaredCrs
from layers.core.profile import Profile

DEGREES = 4326
_ZONE_M = 1_000_000
_PROBES = 24
"""Points that show whether a reading leads into the region at all."""
_FARTHEST_M = 30_000_000.0
"""No projected system counts farther than this; what is beyond needs no transformation to be ruled out."""


def worth_a_look(points: Points, declared: Reading | None, profile: Profile) -> list[Reading]:
    """The readings that put at least half of some points into the region, the usual ones first."""
    usable = points[np.isfinite(points).all(axis=1)]
    if not len(usable):
        return []
    probes = usable[np.linspace(0, len(usable) - 1, min(_PROBES, len(usable))).astype(int)]
    readings = (reading for srid in _systems(declared, profile) for reading in _ways_to_write(srid))
    return [reading for reading in readings if _leads_here(reading, probes, profile)]


def _systems(declared: Reading | None, profile: Profile) -> list[int]:
    own = () if declared is None or declared.srid is None else (declared.srid,)
    return list(dict.fromkeys((profile.storage_srid, *profile.crs_candidates, DEGREES, *own)))


@cache
def _ways_to_write(srid: int) -> tuple[Reading, ...]:
    """The fewer assumptions, the earlier; none where there is no such system."""
    try:
        plain = Reading.of_srid(srid)
    except CRSError:
        return ()
    zones, units = _zone_numbers(plain), (None, *METRES_IN) if plain.crs.is_projected else (None,)
    said = [DeclaredCrs(srid, *one) for one in product((False, True), zones, units)]
    return tuple(Reading.declared(one) for one in sorted(said, key=lambda one: one.assumptions))


def _zone_numbers(plain: Reading) -> tuple[int, ...]:
    """0 as defined; else the number that would stand before the eastings, or, negative, the one that is missing."""
    operation = plain.crs.coordinate_operation if plain.crs.is_projected else None
    if operation is None or operation.method_name != "Transverse Mercator":
        return (0,)
    named = {parameter.name: float(parameter.value) for parameter in operation.params}
    in_front = int(named["False easting"] // _ZONE_M)
    if in_front:
        return 0, -in_front
    return 0, *_zones_of(named["Longitude of natural origin"], named["Scale factor at natural origin"])


def _zones_of(meridian: float, scale: float) -> Iterator[int]:
    """By the three numberings in use: zones of three degrees, of six, and UTM's."""
    numbers = (meridian / 3, (meridian + 3) / 6) if scale == 1 else ((meridian + 183) / 6,)
    yield from (int(number) for number in numbers if number.is_integer() and 0 < number < 100)


def _leads_here(reading: Reading, probes: Points, profile: Profile) -> bool:
    numbers = _as_defined(reading, probes)
    if np.abs(numbers).max() > _FARTHEST_M or (reading.crs.is_geographic and np.abs(numbers).max() > 360):
        return False
    try:
        moved = placement(Reading.of_srid(reading.srid or 0), profile).moved(numbers)
    except (CRSError, ProjError):
        return False
    return float(profile.envelope.holds_each(moved).mean()) >= 0.5


def _as_defined(reading: Reading, points: Points) -> Points:
    """What the pipeline of the reading does first, for a few points without making one for each reading."""
    said = reading.said
    if said is None:
        return points
    ordered = points[:, ::-1] if said.is_swapped else points
    factor = METRES_IN[said.unit] if said.unit else 1.0
    return np.asarray(ordered * factor - np.array([said.zone * _ZONE_M, 0.0]))

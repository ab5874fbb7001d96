"""Coordinates typed into the search box: degrees in either order, or metres of the storage CRS."""

import re
from functools import cache

from pyproj import Transformer

from layers.core.profile import Profile
from layers.search.readings import CoordinateReading

_BETWEEN = r"\s*°?\s*[NSEWnsew]?\s*[,;/ ]\s*"
_AFTER = r"\s*°?\s*[NSEWnsew]?\s*$"
_DEGREE = r"(-?\d{1,3}(?:\.\d{1,20}|,\d{2,20}))"
"""With decimals, so that a block and a parcel number are never taken for degrees."""
_DEGREES = re.compile(r"^\s*" + _DEGREE + _BETWEEN + _DEGREE + _AFTER)
_DMS = re.compile(
    r"(\d{1,3})\s*[°º:d]\s*(\d{1,2})\s*[′'’:m]\s*(\d{1,2}(?:[.,]\d{1,10})?)?\s*(?:[″\"”s]|''|’’|′′)?\s*([NSEWKGDB])?",
    re.IGNORECASE,
)
"""Degrees, minutes and seconds, with the letter of the quarter where it is written."""
_METRES = re.compile(r"^\s*(\d{6,7}(?:[.,]\d{1,20})?)\s*[,;/ ]\s*(\d{6,7}(?:[.,]\d{1,20})?)\s*$")


def coordinate_reading(text: str, profile: Profile) -> CoordinateReading | None:
    """The place two numbers name; which of them is east, the profile's envelope decides."""
    if found := _DEGREES.match(text):
        return _degrees(*_numbers(found), profile)
    if (parts := _DMS.findall(text)) and len(parts) == 2 and not _DMS.sub("", text).strip(" ,;/"):
        first, second = (_decimal(*part) for part in parts)
        return _degrees(first, second, profile)
    if found := _METRES.match(text):
        return _metres(*_numbers(found), profile)
    return None


def _numbers(found: re.Match[str]) -> tuple[float, float]:
    return float(found[1].replace(",", ".")), float(found[2].replace(",", "."))


def _decimal(degrees: str, minutes: str, seconds: str, quarter: str) -> float:
    value = int(degrees) + int(minutes) / 60 + float(seconds.replace(",", ".") or 0) / 3600
    return -value if quarter.upper() in ("S", "W") else value


def _degrees(first: float, second: float, profile: Profile) -> CoordinateReading | None:
    """Latitude first unless only the other order lies inside; people read coordinates off phones that way."""
    ways = [(lon, lat) for lon, lat in ((second, first), (first, second)) if abs(lat) <= 90]
    readings = [degrees_reading(lon, lat, profile) for lon, lat in ways if abs(lon) <= 180]
    return next((reading for reading in readings if reading.is_inside), readings[0] if readings else None)


def degrees_reading(lon: float, lat: float, profile: Profile) -> CoordinateReading:
    """A place by longitude and latitude, and whether it lies in the area of the pool."""
    x, y = _to_storage(profile.storage_srid).transform(lon, lat)
    return CoordinateReading(lon, lat, x, y, profile.envelope.holds(x, y))


def _metres(first: float, second: float, profile: Profile) -> CoordinateReading | None:
    """Two numbers that only look like metres of here may be anything, so outside there is no reading."""
    for x, y in ((first, second), (second, first)):
        if profile.envelope.holds(x, y):
            lon, lat = _to_storage(profile.storage_srid).transform(x, y, direction="INVERSE")
            return CoordinateReading(lon, lat, x, y, is_inside=True)
    return None


@cache
def _to_storage(srid: int) -> Transformer:
    return Transformer.from_crs(4326, srid, always_xy=True)

"""Coordinate systems as the standards name them, with the order in which each writes its axes."""

from dataclasses import dataclass
from functools import cache

from pyproj import CRS

from layers.core.profile import Profile

LONLAT = 4326
WEB_MERCATOR = 3857
_EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
_DECIMALS_OF_DEGREES = 7
"""One centimetre on the ground."""
_DECIMALS_OF_METRES = 3


@dataclass(frozen=True)
class Crs:
    """One system as requests and answers name it; the database always keeps east before north."""

    uri: str
    srid: int
    is_north_first: bool
    is_in_degrees: bool

    @property
    def decimals(self) -> int:
        """How many digits after the point a coordinate is written with."""
        return _DECIMALS_OF_DEGREES if self.is_in_degrees else _DECIMALS_OF_METRES


CRS84 = Crs("http://www.opengis.net/def/crs/OGC/1.3/CRS84", LONLAT, is_north_first=False, is_in_degrees=True)
"""WGS 84 with longitude first: what is meant where nothing is said."""


@cache
def epsg(code: int) -> Crs:
    """The system of that number, with the axis order its registry gives it."""
    system = CRS.from_epsg(code)
    return Crs(
        uri=f"{_EPSG}{code}",
        srid=code,
        is_north_first=system.axis_info[0].direction == "north",
        is_in_degrees=system.is_geographic,
    )


def offered(profile: Profile) -> tuple[Crs, ...]:
    """CRS84, the storage system, and every other one that people of the place work in."""
    codes = dict.fromkeys((profile.storage_srid, LONLAT, WEB_MERCATOR, *profile.crs_candidates))
    return (CRS84, *(epsg(code) for code in codes))


def named(text: str, among: tuple[Crs, ...]) -> Crs | None:
    """The one whose address this is; `[EPSG:4326]` and `EPSG:4326` are taken for it too."""
    short = text.strip().removeprefix("[").removesuffix("]")
    authority, _, code = short.partition(":")
    if authority.upper() == "EPSG":
        short = f"{_EPSG}{code}"
    elif short.upper() in ("OGC:CRS84", "CRS84"):
        short = CRS84.uri
    return next((crs for crs in among if crs.uri == short), None)

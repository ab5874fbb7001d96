"""What a drawn shape measures in the plane and on the ellipsoid, and a place in every system of the profile."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import shapely
from pyproj import CRS, Geod, Transformer
from shapely import Geometry

from layers.core.crs import LONLAT, Crs, offered
from layers.core.profile import DatumShift, Profile
from layers.core.query.ground import way

MOST_SEGMENTS = 200


@dataclass(frozen=True)
class Segment:
    """From one corner to the next, in the plane; the bearing from grid north, clockwise."""

    length_m: float
    bearing_deg: float


@dataclass(frozen=True)
class Measures:
    """The same shape measured in two ways."""

    plane_length_m: float
    plane_area_m2: float
    ellipsoid_length_m: float
    ellipsoid_area_m2: float
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Extent:
    """Of one shape of several, in the plane; an outline that crosses itself encloses no area that one could tell."""

    length_m: float
    area_m2: float | None


@dataclass(frozen=True)
class Position:
    """A place in one system, east before north."""

    crs: Crs
    name: str
    east: float
    north: float
    accuracy_m: float | None
    """Of the change of datum; None where there is none."""


def measured(shape: Geometry, profile: Profile) -> Measures:
    """`shape` is in degrees, longitude first; its sides are straight in the plane."""
    geod = _geod(profile.storage_srid)
    plane = shapely.transform(shape, way(LONLAT, profile.storage_srid).transform, interleaved=False)
    area, length = geod.geometry_area_perimeter(shapely.orient_polygons(shape))
    is_area = shape.geom_type in ("Polygon", "MultiPolygon")
    return Measures(
        plane_length_m=plane.length,
        plane_area_m2=plane.area,
        ellipsoid_length_m=length if is_area else geod.geometry_length(shape),
        ellipsoid_area_m2=abs(area) if is_area else 0.0,
        segments=tuple(_segments(plane)),
    )


def extents(shapes: Sequence[Geometry], profile: Profile) -> list[Extent]:
    """Of each, in the plane of the storage system, as `measured` has it; points have none."""
    to_plane = way(LONLAT, profile.storage_srid).transform
    planes = shapely.transform(list(shapes), to_plane, interleaved=False) if shapes else []
    return [Extent(plane.length, plane.area if plane.is_valid else None) for plane in planes]


def positions(lon: float, lat: float, profile: Profile) -> Iterator[Position]:
    """In every system of the profile, by the operations it has chosen; systems of an unknown datum are left out."""
    for crs in dict.fromkeys(one for one in offered(profile) if one.uri.endswith(f"/{one.srid}")):
        system = CRS.from_epsg(crs.srid)
        shift = _shift_of(system, profile)
        if shift is None:
            continue
        from_lonlat = Transformer.from_crs(system.geodetic_crs, system, always_xy=True)
        east, north = from_lonlat.transform(*_in_datum(lon, lat, shift, profile))
        if math.isfinite(east) and math.isfinite(north):
            accuracy = shift.accuracy_m if shift.pipeline else None
            yield Position(crs, system.name, east, north, accuracy)


def place_of(east: float, north: float, crs: Crs, profile: Profile) -> tuple[float, float] | None:
    """Longitude and latitude of a position in one of the profile's systems; None where it is nowhere."""
    system = CRS.from_epsg(crs.srid)
    shift = _shift_of(system, profile)
    if shift is None:
        return None
    lon, lat = Transformer.from_crs(system, system.geodetic_crs, always_xy=True).transform(east, north)
    if shift.pipeline and math.isfinite(lon) and math.isfinite(lat):
        lon, lat = _pipeline(shift.pipeline).transform(math.radians(lon), math.radians(lat), radians=True)
        lon, lat = math.degrees(lon), math.degrees(lat)
    return (lon, lat) if -180 <= lon <= 180 and -85 <= lat <= 85 else None


def _shift_of(system: CRS, profile: Profile) -> DatumShift | None:
    base = _datum(system)
    if base in (LONLAT, _datum(CRS.from_epsg(profile.storage_srid))):
        return DatumShift(base, "", 0.0)
    return next((shift for shift in profile.datum_shifts if shift.srid == base), None)


def _datum(system: CRS) -> int:
    """EPSG code of the geographic system below; 0 where it has none."""
    geographic = system.geodetic_crs
    return (geographic.to_epsg() or 0) if geographic is not None else 0


def _in_datum(lon: float, lat: float, shift: DatumShift, profile: Profile) -> tuple[float, float]:
    """Degrees of the storage datum as degrees of another."""
    if not shift.pipeline:
        return lon, lat
    found = _pipeline(shift.pipeline).transform(math.radians(lon), math.radians(lat), direction="INVERSE", radians=True)
    return math.degrees(found[0]), math.degrees(found[1])


def _segments(plane: Geometry) -> Iterator[Segment]:
    """Of a line or an outline; of shapes in several parts there is no row of sides."""
    line = plane.exterior if plane.geom_type == "Polygon" else plane
    if line.geom_type not in ("LineString", "LinearRing"):
        return
    corners = shapely.get_coordinates(line)[: MOST_SEGMENTS + 1]
    for (east, north), (next_east, next_north) in pairwise(corners):
        bearing = math.degrees(math.atan2(next_east - east, next_north - north)) % 360
        yield Segment(math.hypot(next_east - east, next_north - north), bearing)


@lru_cache(maxsize=16)
def _geod(srid: int) -> Geod:
    geod = CRS.from_epsg(srid).get_geod()
    return geod or Geod(ellps="WGS84")


@lru_cache(maxsize=16)
def _pipeline(steps: str) -> Transformer:
    return Transformer.from_pipeline(f"proj=pipeline {steps}")

"""Shapes of a question moved to the storage CRS: the literal moves, never the column, so that the index serves."""

import math
from collections.abc import Iterable
from functools import lru_cache

import shapely
from pyproj import Transformer
from pyproj.exceptions import ProjError
from shapely import Geometry
from sqlalchemy import ColumnElement, Text, false, func, literal, or_

from layers.core.crs import Crs, epsg
from layers.core.profile import Profile
from layers.core.query.inside import boxes_inside

_STEPS = 64
"""Pieces that the longest side is bent in: a straight line of one system is a curve in another."""


def shape_in_storage(shape: Geometry, crs: Crs, storage: Crs) -> ColumnElement[str]:
    """An expression that the database works out once; `shape` has east before north."""
    # As text that PostGIS casts: GeoAlchemy2 would write the number of the system into a statement that is kept.
    marked = shapely.to_wkb(shapely.set_srid(shape, crs.srid), include_srid=True, hex=True)
    placed = func.geometry(literal(marked, Text), type_=Text)
    if crs.srid == storage.srid:
        return placed
    step = _longest_side(shape) / _STEPS
    bent = func.ST_Segmentize(placed, step, type_=Text) if step > 0 else placed
    return func.ST_Transform(bent, storage.srid, type_=Text)


def touches(geom: ColumnElement[str], boxes: Iterable[Geometry], crs: Crs, profile: Profile) -> ColumnElement[bool]:
    """Rows that meet one of the boxes (a box over the 180th meridian is two)."""
    cut = [box for box in (cut_to_our_ground(box, crs, profile) for box in boxes) if not box.is_empty]
    if not cut:
        return false()
    storage = epsg(profile.storage_srid)
    return or_(*(_meets(geom, box, crs, storage) for box in cut))


def _meets(geom: ColumnElement[str], box: Geometry, crs: Crs, storage: Crs) -> ColumnElement[bool]:
    """Most hits lie well inside."""
    outline = shape_in_storage(box, crs, storage)
    surely = surely_inside(geom, box, crs, storage)
    # The shape comes first: PostGIS prepares it once and keeps it for all rows.
    return geom.bool_op("&&")(outline) & or_(surely, func.ST_Intersects(outline, geom))


def surely_inside(geom: ColumnElement[str], shape: Geometry, crs: Crs, storage: Crs) -> ColumnElement[bool]:
    """Rows that need no look at their outline, which with a hundred thousand of them takes most of the time."""
    if crs.srid == storage.srid:
        return false()
    boxes = boxes_inside(shape, way(crs.srid, storage.srid))
    return or_(false(), *(geom.bool_op("@")(shape_in_storage(box, storage, storage)) for box in boxes))


def cut_to_our_ground(shape: Geometry, crs: Crs, profile: Profile) -> Geometry:
    """The part of a shape where anything of ours can lie: the pole itself cannot be moved to a city's system."""
    ground = _our_ground(crs.srid, profile.storage_srid, profile.envelope.bounds)
    if ground is None or ground.contains(shape):
        return shape
    return shapely.intersection(shape, ground)


@lru_cache(maxsize=64)
def _our_ground(srid: int, storage_srid: int, envelope: tuple[float, float, float, float]) -> Geometry | None:
    """The envelope with as much again on each side, in another system; None for the storage system itself."""
    if srid == storage_srid:
        return None
    west, south, east, north = envelope
    wide, high = east - west, north - south
    to_other = way(storage_srid, srid)
    try:
        sides = to_other.transform_bounds(west - wide, south - high, east + wide, north + high, 21)
    except ProjError:
        return None
    return shapely.box(*sides) if all(math.isfinite(side) for side in sides) else None


@lru_cache(maxsize=64)
def way(source: int, target: int) -> Transformer:
    """To look one up takes longer than to use it."""
    return Transformer.from_crs(source, target, always_xy=True)


def _longest_side(shape: Geometry) -> float:
    west, south, east, north = shape.bounds
    return float(max(east - west, north - south))

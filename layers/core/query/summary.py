"""How much of a layer lies on a piece of ground, by the classes of its legend."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from shapely import Geometry
from sqlalchemy import ColumnElement, Connection, Double, Text, case, cast, func, literal, null, select, text

from layers.core.crs import CRS84, epsg
from layers.core.layer import Layer, Shape
from layers.core.levels import Counted, Dissolved
from layers.core.profile import Profile
from layers.core.query.ground import cut_to_our_ground, shape_in_storage, surely_inside, touches
from layers.core.versions import rows_of
from sql import query as named_query


@dataclass(frozen=True)
class ClassSum:
    """Features that share a value of the legend's field; None where nothing is told apart, or nothing stands."""

    key: str | None
    count: int
    area_m2: float
    length_m: float


@dataclass(frozen=True)
class GroundSum:
    """What of one layer lies on the ground."""

    classes: tuple[ClassSum, ...]
    is_cut: bool
    """True where areas end at the ground's edge; from afar whole groups and neighbourhoods are counted."""

    @property
    def count(self) -> int:
        """Of all classes."""
        return sum(one.count for one in self.classes)

    @property
    def area_m2(self) -> float:
        """Of all classes."""
        return sum(one.area_m2 for one in self.classes)

    @property
    def length_m(self) -> float:
        """Of all classes."""
        return sum(one.length_m for one in self.classes)


def sum_on(
    connection: Connection,
    layer: Layer,
    field: str | None,
    ground: Geometry,
    profile: Profile,
    as_of: int | None = None,
) -> GroundSum:
    """Feature by feature, cut at the edge of the ground; `ground` is in degrees, longitude first."""
    rows = rows_of(layer, as_of)
    storage = epsg(profile.storage_srid)
    outline = shape_in_storage(cut_to_our_ground(ground, CRS84, profile), CRS84, storage)
    part = case(
        (surely_inside(rows.c.geom, ground, CRS84, storage), rows.c.geom),
        (func.ST_Covers(outline, rows.c.geom), rows.c.geom),  # prepared once; ST_CoveredBy takes thirty times as long
        else_=func.ST_Intersection(rows.c.geom, outline, type_=Text),
    )
    key = cast(rows.c[field], Text) if field is not None else null()
    found = connection.execute(
        select(key, func.count(), *_measures(layer, part))
        .where(touches(rows.c.geom, (ground,), CRS84, profile))
        .group_by(literal(1) if field is None else rows.c[field])
    )
    return GroundSum(_classes(found.all()), is_cut=True)


def sum_from_afar(
    connection: Connection,
    layer: Layer,
    field: str | None,
    ground: Geometry,
    profile: Profile,
    zoom: float,
    as_of: int | None = None,
) -> GroundSum:
    """Whole groups that the map draws in place of features, or whole neighbourhoods and districts."""
    group = _group_by(layer, field)
    if field is not None and (group is None or as_of is not None):  # groups are kept of now only, areas without classes
        return sum_on(connection, layer, field, ground, profile, as_of)
    storage = epsg(profile.storage_srid)
    outline = shape_in_storage(cut_to_our_ground(ground, CRS84, profile), CRS84, storage)
    shape = connection.execute(select(outline)).scalar_one()
    about: dict[str, Any] = {"layer": layer.id, "ground": shape}
    if group is not None:
        found = connection.execute(text(named_query("summary.groups")), {**about, "level": group.id, "field": field})
    elif as_of is None:
        found = connection.execute(text(named_query("summary.areas")), {**about, "areas": _areas(layer, zoom)})
    else:
        then = {**about, "areas": _areas(layer, zoom), "as_of": as_of}
        found = connection.execute(text(named_query("summary.areas_then")), then)
    return GroundSum(_classes(found.all()), is_cut=False)


def _group_by(layer: Layer, field: str | None) -> Dissolved | None:
    groups = (level for level in layer.levels if isinstance(level, Dissolved))
    return next((level for level in groups if field is not None and field in level.by), None)


def _areas(layer: Layer, zoom: float) -> str:
    counted = [level for level in layer.levels if isinstance(level, Counted)]
    near = [level for level in counted if level.zooms.start <= zoom]
    return max(near or counted, key=lambda level: level.zooms.start).areas


def _measures(layer: Layer, part: ColumnElement[Any]) -> tuple[ColumnElement[float], ColumnElement[float]]:
    nothing = literal(0.0, Double)
    if layer.shape == Shape.POLYGONS:
        return func.sum(func.ST_Area(part)), nothing
    if layer.shape == Shape.LINES:
        return nothing, func.sum(func.ST_Length(part))
    return nothing, nothing


def _classes(rows: Sequence[Any]) -> tuple[ClassSum, ...]:
    """The largest first."""
    classes = [ClassSum(key, int(count), float(area or 0), float(length or 0)) for key, count, area, length in rows]
    found = [one for one in classes if one.count > 0]
    return tuple(sorted(found, key=lambda one: (-one.area_m2, -one.length_m, -one.count, one.key or "")))

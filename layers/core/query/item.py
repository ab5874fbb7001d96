"""Single features: by name, at a point, and whether one has been."""

import uuid

from sqlalchemy import ColumnElement, Connection, FromClause, func, select

from layers.core.layer import Layer
from layers.core.query.feature_query import FeatureQuery
from layers.core.query.filters.literals import is_text
from layers.core.query.output import Written, feature_text
from layers.core.versions import history_table, rows_of


def read_feature(
    connection: Connection, query: FeatureQuery, feature_id: str, written: Written = feature_text
) -> str | None:
    """One feature as text, by its uid or by its ref."""
    if not is_text(feature_id):
        return None
    rows = rows_of(query.readable.layer, query.as_of)
    return connection.execute(select(written(rows, query)).where(named(rows, feature_id))).scalar_one_or_none()


def features_at(
    connection: Connection, query: FeatureQuery, lon: float, lat: float, radius_m: float = 3
) -> tuple[str, ...]:
    """The layer's features under a point, or within a radius of it for points and lines; nearest first."""
    layer = query.readable.layer
    rows = rows_of(layer, query.as_of)
    lonlat = func.ST_SetSRID(func.ST_MakePoint(lon, lat), 4326)
    point = func.ST_Transform(lonlat, query.readable.storage.srid)
    found = connection.execute(
        select(feature_text(rows, query))
        .where(func.ST_DWithin(rows.c.geom, point, radius_m if layer.shape != "MultiPolygon" else 0))
        .order_by(func.ST_Distance(rows.c.geom, point), rows.c.id)
        .limit(query.limit)
    )
    return tuple(found.scalars())


def was_published(connection: Connection, layer: Layer, feature_id: str) -> uuid.UUID | None:
    """The uid of a feature that existed once and has ended."""
    if not is_text(feature_id):
        return None
    closed = history_table(layer)
    return connection.execute(
        select(closed.c.uid).where(named(closed, feature_id)).order_by(closed.c.epoch_to.desc()).limit(1)
    ).scalar_one_or_none()


def named(rows: FromClause, feature_id: str) -> ColumnElement[bool]:
    """By its uid, or by its ref."""
    try:
        return rows.c.uid == uuid.UUID(feature_id)
    except ValueError:
        return rows.c.ref == feature_id

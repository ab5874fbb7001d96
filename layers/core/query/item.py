"""Single features: by name, at a point, and whether one has been."""

import uuid
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, func, literal_column, select, true

from layers.core.layer import Layer
from layers.core.query.feature_query import FeatureQuery
from layers.core.query.filters.literals import is_text
from layers.core.query.output import Written, feature_text, prepared_text
from layers.core.versions import history_table, rows_of


class FoundFeature(NamedTuple):
    """A feature as text, and which version of it that is."""

    text: str
    uid: uuid.UUID
    version: int


def read_feature(
    connection: Connection, query: FeatureQuery, feature_id: str, written: Written = feature_text
) -> FoundFeature | None:
    """One feature, by its uid or by its ref."""
    if not is_text(feature_id):
        return None
    rows = rows_of(query.readable.layer, query.as_of)
    asked = select(written(rows, query), rows.c.uid, rows.c.version).where(named(rows, feature_id))
    row = connection.execute(asked).one_or_none()
    return None if row is None else FoundFeature(*row)


def items_asked_together(query: FeatureQuery) -> str:
    """A statement for many: of an array of uids as $1 the place in it, the newest publish, text and version."""
    rows = query.readable.layer.table
    asked = func.unnest(literal_column("$1")).table_valued("uid", with_ordinality="number").render_derived()
    found = (
        select(feature_text(rows, query).label("text"), rows.c.version)
        .where(rows.c.uid == asked.c.uid)
        .lateral("found")
    )
    epoch = select(func.pool.current_epoch()).scalar_subquery()
    together = select(asked.c.number, epoch, found.c.text, found.c.version).select_from(asked.join(found, true()))
    return prepared_text(together)


def published_version(connection: Connection, layer: Layer, feature_id: str) -> tuple[uuid.UUID, int] | None:
    """Which feature that is now, and which version of it."""
    if not is_text(feature_id):
        return None
    rows = layer.table
    row = connection.execute(select(rows.c.uid, rows.c.version).where(named(rows, feature_id))).one_or_none()
    return None if row is None else (row.uid, row.version)


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

"""Reading features: one parsed question, one statement, GeoJSON text out of the database."""

import json
import uuid
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, FromClause, Select, Text, cast, func, literal, select, text

from layers.core.layer import Audience, Layer
from layers.core.versions import history_table, rows_of

DECIMALS = 7
"""Of a degree: one centimetre on the ground."""


@dataclass(frozen=True)
class LonLatBox:
    """West, south, east, north in degrees (WGS 84, longitude first)."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class FeatureQuery:
    """What a reader asks of one layer; built by the edge, trusted inside."""

    layer: Layer
    audience: Audience
    storage_srid: int
    limit: int = 100
    after: int = 0
    """Internal id after which the page begins: a page stays the same while districts edit."""
    box: LonLatBox | None = None
    equal: tuple[tuple[str, str], ...] = field(default=())
    as_of: int | None = None

    @property
    def is_unfiltered(self) -> bool:
        """True where the counters know the number of features."""
        return self.box is None and not self.equal and self.as_of is None


@dataclass(frozen=True)
class Page:
    """A page of GeoJSON features as text, and where the next one begins."""

    features: tuple[str, ...]
    after: int | None
    number_matched: int | None


def read_page(connection: Connection, query: FeatureQuery) -> Page:
    """One more than the page is read, to know whether another follows."""
    rows = connection.execute(_page_statement(query)).all()
    shown = rows[: query.limit]
    after = shown[-1].id if len(rows) > query.limit else None
    return Page(
        features=tuple(_feature(row.uid, row.geometry, row.properties) for row in shown),
        after=after,
        number_matched=_counted(connection, query.layer) if query.is_unfiltered else None,
    )


def read_feature(connection: Connection, query: FeatureQuery, feature_id: str) -> str | None:
    """One feature as GeoJSON text, by its uid or by its ref."""
    rows = rows_of(query.layer, query.as_of)
    row = connection.execute(
        select(rows.c.id, rows.c.uid, *_output(rows, query)).where(_named(rows, feature_id))
    ).one_or_none()
    return _feature(row.uid, row.geometry, row.properties) if row else None


def features_at(
    connection: Connection, query: FeatureQuery, lon: float, lat: float, radius_m: float = 3
) -> tuple[str, ...]:
    """The layer's features under a point, or within a radius of it for points and lines; nearest first."""
    rows = rows_of(query.layer, query.as_of)
    point = func.ST_Transform(func.ST_SetSRID(func.ST_MakePoint(lon, lat), 4326), query.storage_srid)
    distance = func.ST_Distance(rows.c.geom, point)
    found = connection.execute(
        select(rows.c.uid, *_output(rows, query))
        .where(func.ST_DWithin(rows.c.geom, point, radius_m if query.layer.shape != "MultiPolygon" else 0))
        .order_by(distance, rows.c.id)
        .limit(query.limit)
    )
    return tuple(_feature(row.uid, row.geometry, row.properties) for row in found)


def was_published(connection: Connection, layer: Layer, feature_id: str) -> uuid.UUID | None:
    """The uid of a feature that existed once and has ended."""
    closed = history_table(layer)
    return connection.execute(
        select(closed.c.uid).where(_named(closed, feature_id)).order_by(closed.c.epoch_to.desc()).limit(1)
    ).scalar_one_or_none()


def _named(rows: FromClause, feature_id: str) -> ColumnElement[bool]:
    try:
        return rows.c.uid == uuid.UUID(feature_id)
    except ValueError:
        return rows.c.ref == feature_id


def _feature(uid: uuid.UUID, geometry: str, properties: str) -> str:
    return f'{{"type":"Feature","id":{json.dumps(str(uid))},"geometry":{geometry},"properties":{properties}}}'


def _output(rows: FromClause, query: FeatureQuery) -> tuple[ColumnElement[str], ColumnElement[str]]:
    names = ["ref", "district_id", *(f.name for f in query.layer.fields_for(query.audience))]
    names += ["valid_from", "valid_to", "epoch_from", "version", "origin"]
    pairs = [part for name in names for part in (literal(name, Text), rows.c[name])]
    return (
        func.ST_AsGeoJSON(func.ST_Transform(rows.c.geom, 4326, type_=Text), DECIMALS).label("geometry"),
        cast(func.json_build_object(*pairs), Text).label("properties"),
    )


def _page_statement(query: FeatureQuery) -> Select[tuple[int, uuid.UUID, str, str]]:
    rows = rows_of(query.layer, query.as_of)
    statement = select(rows.c.id, rows.c.uid, *_output(rows, query)).where(rows.c.id > query.after)
    if query.box is not None:
        # Materialized: with ORDER BY id and LIMIT the planner would walk the primary key (180 ms, not 5).
        hits = (
            select(rows.c.id)
            .where(func.ST_Intersects(rows.c.geom, _in_storage(query.box, query.storage_srid)))
            .cte("hits")
            .prefix_with("MATERIALIZED")
        )
        statement = statement.where(rows.c.id.in_(select(hits.c.id)))
    for name, value in query.equal:
        statement = statement.where(cast(rows.c[name], Text) == value)
    return statement.order_by(rows.c.id).limit(query.limit + 1)


def _in_storage(box: LonLatBox, srid: int) -> ColumnElement[str]:
    """The box moved to the storage CRS, its edges bent in 0.05° steps, so that the index serves."""
    outline = func.ST_MakeEnvelope(box.west, box.south, box.east, box.north, 4326)
    return func.ST_Transform(func.ST_Segmentize(outline, 0.05, type_=Text), srid)


def _counted(connection: Connection, layer: Layer) -> int:
    return int(
        connection.execute(
            text("SELECT coalesce(sum(n), 0) FROM pool.counter WHERE layer_id = :layer"), {"layer": layer.id}
        ).scalar_one()
    )

"""A feature as GeoJSON text, written by the database: nothing is parsed and written again on the way."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Text, cast, func, literal, literal_column, select
from sqlalchemy.dialects import postgresql

from layers.core.crs import Crs
from layers.core.layer import Shape
from layers.core.query.feature_query import FeatureQuery

Written = Callable[[FromClause, FeatureQuery], ColumnElement[str]]
"""How the database writes a feature."""


def feature_text(rows: FromClause, query: FeatureQuery) -> ColumnElement[str]:
    """The whole feature as one text."""
    return func.concat(
        literal('{"type":"Feature","id":"', Text),
        rows.c.uid,
        literal('","geometry":', Text),
        geometry_text(rows, query, query.crs),
        literal(',"properties":', Text),
        properties_text(rows, query),
        literal("}", Text),
        type_=Text,
    )


def geometry_text(rows: FromClause, query: FeatureQuery, crs: Crs) -> ColumnElement[str]:
    """The shape in a system, its axes in the order of that system."""
    # 0: no "crs" member, which GeoJSON no longer knows.
    shape = in_axis_order(rows, query, crs)
    if query.readable.layer.shape == Shape.POLYGONS:
        shape = func.ST_ForcePolygonCCW(shape, type_=Text)  # as RFC 7946 wants outlines to go round
    return func.ST_AsGeoJSON(shape, crs.decimals, 0, type_=Text)


def in_axis_order(rows: FromClause, query: FeatureQuery, crs: Crs) -> ColumnElement[str]:
    """The shape as texts write it: its first number belongs to the system's first axis."""
    moved = moved_to(crs, rows, query)
    return func.ST_FlipCoordinates(moved, type_=Text) if crs.is_north_first else moved


def moved_to(crs: Crs, rows: FromClause, query: FeatureQuery) -> ColumnElement[str]:
    """The shape in another system, east before north as in the database."""
    geom: ColumnElement[str] = rows.c.geom
    return geom if crs.srid == query.readable.storage.srid else func.ST_Transform(geom, crs.srid, type_=Text)


def properties_text(rows: FromClause, query: FeatureQuery) -> ColumnElement[str]:
    """row_to_json of a nested row: a fifth faster than json_build_object, which quotes each name for each row."""
    chosen = (
        select(*(rows.c[name].label(query.name_told(name)) for name in query.names)).correlate(rows).subquery("chosen")
    )
    whole_row: ColumnElement[Any] = literal_column("chosen")
    return cast(select(func.row_to_json(whole_row)).select_from(chosen).scalar_subquery(), Text)


def attributes_text(rows: FromClause, query: FeatureQuery) -> ColumnElement[str]:
    """What a table shows, under our names: everything but the shape."""
    return func.concat(
        literal('{"uid":"', Text),
        rows.c.uid,
        literal('","properties":', Text),
        properties_text(rows, replace(query, schema=None, chosen=query.names)),
        literal("}", Text),
        type_=Text,
    )


def prepared_text(statement: Select[Any]) -> str:
    """As PREPARE wants it: nothing in it is a pattern to be filled in, and only $1, $2 … are parameters."""
    dialect = postgresql.dialect(paramstyle="named")  # type: ignore[no-untyped-call]
    return str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))

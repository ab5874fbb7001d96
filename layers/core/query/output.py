"""A feature as GeoJSON text, written by the database: nothing is parsed and written again on the way."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Text, cast, func, literal, literal_column, select

from layers.core.query.feature_query import FeatureQuery


def feature_text(rows: FromClause, query: FeatureQuery) -> ColumnElement[str]:
    """The whole feature as one text."""
    return func.concat(
        literal('{"type":"Feature","id":"', Text),
        rows.c.uid,
        literal('","geometry":', Text),
        geometry_text(rows.c.geom, query),
        literal(',"properties":', Text),
        _properties(rows, query),
        literal("}", Text),
        type_=Text,
    )


def geometry_text(geom: ColumnElement[str], query: FeatureQuery) -> ColumnElement[str]:
    """In the system asked for, its axes in the order of that system."""
    crs, storage = query.crs, query.readable.storage
    moved = geom if crs.srid == storage.srid else func.ST_Transform(geom, crs.srid, type_=Text)
    turned = func.ST_FlipCoordinates(moved, type_=Text) if crs.is_north_first else moved
    # 0: no "crs" member, which GeoJSON no longer knows.
    return func.ST_AsGeoJSON(turned, crs.decimals, 0, type_=Text)


def _properties(rows: FromClause, query: FeatureQuery) -> ColumnElement[str]:
    """row_to_json of a nested row: a fifth faster than json_build_object, which quotes each name for each row."""
    names = query.readable.names if query.chosen is None else query.chosen
    chosen = select(*(rows.c[name] for name in names)).correlate(rows).subquery("chosen")
    whole_row: ColumnElement[Any] = literal_column("chosen")
    return cast(select(func.row_to_json(whole_row)).select_from(chosen).scalar_subquery(), Text)

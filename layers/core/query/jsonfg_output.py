"""A feature as JSON-FG text (OGC 21-045): its true shape in `place`, its legal time in `time`."""

from sqlalchemy import ColumnElement, FromClause, Text, case, cast, func, literal

from layers.core.crs import CRS84
from layers.core.query.feature_query import FeatureQuery
from layers.core.query.output import geometry_text, properties_text

FOR_EVERY_READER = "jsonfg-plus"
"""The profile whose features also have a shape for readers of GeoJSON alone."""
_NULL = literal("null", Text)


def jsonfg_text(rows: FromClause, query: FeatureQuery) -> ColumnElement[str]:
    """Degrees with longitude first belong into `geometry`, every other system into `place`."""
    is_plain = query.crs == CRS84
    has_geometry = is_plain or query.profile == FOR_EVERY_READER
    return func.concat(
        literal('{"type":"Feature","id":"', Text),
        rows.c.uid,
        literal('","time":', Text),
        _legal_time(rows),
        literal(',"place":', Text),
        _NULL if is_plain else geometry_text(rows, query, query.crs),
        literal(',"geometry":', Text),
        geometry_text(rows, query, CRS84) if has_geometry else _NULL,
        literal(',"properties":', Text),
        properties_text(rows, query),
        literal("}", Text),
        type_=Text,
    )


def _legal_time(rows: FromClause) -> ColumnElement[str]:
    first, last = rows.c.valid_from, rows.c.valid_to
    interval = func.concat(
        literal('{"interval":["', Text),
        func.coalesce(cast(first, Text), ".."),
        literal('","', Text),
        func.coalesce(cast(last, Text), ".."),
        literal('"]}', Text),
    )
    return case((first.is_(None) & last.is_(None), _NULL), else_=interval)

"""What files of typed columns take of a feature: its fields as numbers, days and texts, its shape as WKB."""

from typing import Any

from sqlalchemy import ColumnElement, Double, FromClause, Text, cast, func

from layers.core.layer import Field
from layers.core.query.feature_query import FeatureQuery
from layers.core.query.output import moved_to


def file_fields(query: FeatureQuery) -> tuple[Field, ...]:
    """Of the answer, in its order; before them stands the uid, behind them the shape."""
    return tuple(field for field in query.readable.properties if field.name in query.names)


def file_columns(rows: FromClause, query: FeatureQuery) -> list[ColumnElement[Any]]:
    """Shapes have east before north, as such files want it whatever the registry says of the system."""
    shape = func.ST_AsBinary(moved_to(query.crs, rows, query))
    return [cast(rows.c.uid, Text), *(_value(rows, field) for field in file_fields(query)), shape]


def _value(rows: FromClause, field: Field) -> ColumnElement[Any]:
    column: ColumnElement[Any] = rows.c[field.name]
    return cast(column, Double) if field.kind == "number" else column

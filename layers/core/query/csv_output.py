"""A feature as a line of a table (RFC 4180), written by the database.

What is unknown is an empty cell, an empty text is "".
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Numeric, Text, cast, func, literal

from layers.core.layer import Shape
from layers.core.query.feature_query import FeatureQuery
from layers.core.query.output import in_axis_order, moved_to

AS_POINT = "xy"
AS_NOTHING = "none"


def csv_names(query: FeatureQuery) -> tuple[str, ...]:
    """The first line; where a point is shown, its two columns say which axis they are."""
    if query.geometry == AS_NOTHING:
        shape: tuple[str, ...] = ()
    elif query.geometry == AS_POINT:
        shape = ("lon", "lat") if query.crs.is_in_degrees else ("east", "north")
    else:
        shape = ("geometry",)
    return ("uid", *(query.name_told(name) for name in query.names), *shape)


def csv_line(rows: FromClause, query: FeatureQuery) -> ColumnElement[str]:
    """Without its end."""
    cells = (cast(rows.c.uid, Text), *_values(rows, query), *_shape(rows, query))
    return func.concat_ws(",", *(func.coalesce(cell, literal("", Text)) for cell in cells), type_=Text)


def _values(rows: FromClause, query: FeatureQuery) -> Iterator[ColumnElement[str]]:
    kinds = {field.name: field.kind for field in query.readable.properties}
    for name in query.names:
        yield _quoted(rows.c[name]) if kinds[name] == "string" else cast(rows.c[name], Text)


def _shape(rows: FromClause, query: FeatureQuery) -> tuple[ColumnElement[str], ...]:
    if query.geometry == AS_NOTHING:
        return ()
    if query.geometry == AS_POINT:
        return tuple(_rounded(axis, query) for axis in _point(rows, query))
    return (_quoted(func.ST_AsText(in_axis_order(rows, query, query.crs), query.crs.decimals, type_=Text)),)


def _point(rows: FromClause, query: FeatureQuery) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """The point itself, or one on the line or in the area."""
    moved = moved_to(query.crs, rows, query)
    is_point = query.readable.layer.shape == Shape.POINT
    point = moved if is_point else func.ST_PointOnSurface(moved, type_=Text)
    return func.ST_X(point), func.ST_Y(point)


def _rounded(axis: ColumnElement[Any], query: FeatureQuery) -> ColumnElement[str]:
    return cast(func.round(cast(axis, Numeric), query.crs.decimals), Text)


def _quoted(text: ColumnElement[str]) -> ColumnElement[str]:
    return literal('"', Text) + func.replace(text, '"', '""', type_=Text) + literal('"', Text)

"""A change as text, written by the database: GeoJSON, or a line of a table."""

from sqlalchemy import ColumnElement, FromClause, Text, case, cast, func, literal, literal_column
from sqlalchemy.dialects.postgresql import array

from layers.core.changes.net import Sides
from layers.core.query import GEOMETRY, FeatureQuery, csv_line, csv_names, feature_text
from layers.core.query.output import geometry_text

_UNTOLD = ("version", "epoch_from")
"""They change with every edit."""


def change_text(sides: Sides, query: FeatureQuery) -> ColumnElement[str]:
    """A feature of its own: where it happened, and the features as they were and as they are."""
    before, after = sides.before, sides.after
    return func.concat(
        literal('{"type":"Feature","id":"', Text),
        func.coalesce(after.c.uid, before.c.uid),
        literal('","geometry":', Text),
        _either(geometry_text(before, query, query.crs), geometry_text(after, query, query.crs), after),
        literal(',"properties":{"change":"', Text),
        sides.kind,
        literal('","ref":', Text),
        func.to_json(func.coalesce(after.c.ref, before.c.ref)),
        literal(',"changed":', Text),
        func.to_json(_changed(sides, query)),
        literal(',"before":', Text),
        _feature(before, query),
        literal(',"after":', Text),
        _feature(after, query),
        literal("}}", Text),
        type_=Text,
    )


def change_names(query: FeatureQuery) -> tuple[str, ...]:
    """The first line of a table of changes."""
    names = csv_names(query)
    return ("change", "changed", *(f"before_{name}" for name in names), *(f"after_{name}" for name in names))


def change_line(sides: Sides, query: FeatureQuery) -> ColumnElement[str]:
    """Without its end; one side is empty where a feature was added or removed."""
    changed = func.array_to_string(_changed(sides, query), " ")
    before, after = csv_line(sides.before, query), csv_line(sides.after, query)
    return func.concat_ws(",", sides.kind, changed, before, after, type_=Text)


def _feature(rows: FromClause, query: FeatureQuery) -> ColumnElement[str]:
    return case((rows.c.uid.is_(None), literal("null", Text)), else_=feature_text(rows, query))


def _either(before: ColumnElement[str], after: ColumnElement[str], rows: FromClause) -> ColumnElement[str]:
    return case((rows.c.uid.is_(None), before), else_=after)


def _changed(sides: Sides, query: FeatureQuery) -> ColumnElement[list[str]]:
    """Names of the fields that this reader may see and that differ; `geom` for the shape. Empty but for edits."""
    names = [name for name in (*query.names, GEOMETRY) if name not in _UNTOLD]
    both = sides.before.c.uid.is_not(None) & sides.after.c.uid.is_not(None)
    each = [
        case((both & sides.before.c[name].is_distinct_from(sides.after.c[name]), literal(name, Text))) for name in names
    ]
    return func.array_remove(array(each), cast(literal_column("NULL"), Text))

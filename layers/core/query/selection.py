"""Which rows a question means: every condition of it as SQL."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, FromClause

from layers.core.query.feature_query import FeatureQuery
from layers.core.query.filters import condition_sql
from layers.core.query.filters.terms import Condition, Every, Some, Spatial, Without
from layers.core.query.ground import touches


def conditions(query: FeatureQuery, rows: FromClause) -> Iterator[ColumnElement[bool]]:
    """All of them; where a page begins is not among them."""
    profile = query.readable.profile
    if query.box is not None:
        yield touches(rows.c.geom, query.box.shapes, query.box.crs, profile)
    if query.time is not None:
        yield query.time.holds(rows)
    for wanted in query.equal:
        yield rows.c[wanted.field.name] == wanted.value
    if query.filter is not None:
        yield condition_sql(query.filter.condition, rows, profile)


def is_by_place(query: FeatureQuery) -> bool:
    """True where the rows may be found by the spatial index."""
    return query.box is not None or (query.filter is not None and _speaks_of_place(query.filter.condition))


def _speaks_of_place(condition: Condition) -> bool:
    match condition:
        case Spatial():
            return True
        case Every(parts) | Some(parts):
            return any(_speaks_of_place(part) for part in parts)
        case Without(part):
            return _speaks_of_place(part)
        case _:
            return False

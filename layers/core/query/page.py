"""A page of features, read as it is sent."""

from collections.abc import Generator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, FromClause, Row, Select, select

from layers.core.query.count import expected_rows
from layers.core.query.feature_query import FeatureQuery
from layers.core.query.output import feature_text
from layers.core.query.selection import conditions, is_by_place
from layers.core.query.sorting import Cursor, beyond, order_sql
from layers.core.versions import rows_of

BLOCK = 1_000
"""Features that are in memory at a time."""
GATHERED = 50_000
"""So many hits of the spatial index are gathered and sorted; to find more, one walks in the order of the answer."""


@dataclass(frozen=True)
class PageEnd:
    """What is known when a page has been read."""

    number_returned: int
    after: Cursor | None
    """Where the next page begins; None on the last one."""
    before: Cursor | None
    """Where the page before ends; None on the first one."""


Features = Generator[list[str], None, PageEnd]


def read_page(connection: Connection, query: FeatureQuery) -> Features:
    """Blocks of features as GeoJSON text; one more than the page is read, to know whether another follows."""
    rows = rows_of(query.readable.layer, query.as_of)
    start = _start(connection, query, rows)
    statement = _page_statement(connection, query, rows, start).limit(query.limit + 1)
    result = connection.execute(statement, execution_options=_as_it_comes(query.limit))
    first: Row[Any] | None = None
    last: Row[Any] | None = None
    sent, is_more = 0, False
    for block in result.partitions(BLOCK):
        is_more = sent + len(block) > query.limit
        shown = block[: query.limit - sent]
        if shown:
            first, last = first or shown[0], shown[-1]
            sent += len(shown)
            yield [row[0] for row in shown]
    is_more = is_more or query.before is not None
    return PageEnd(sent, _cursor(last) if is_more else None, _cursor(first) if start is not None else None)


def _as_it_comes(limit: int) -> dict[str, Any]:
    return {"stream_results": True, "max_row_buffer": BLOCK} if limit > BLOCK else {}


def _start(connection: Connection, query: FeatureQuery, rows: FromClause) -> Cursor | None:
    """The feature after which the page begins; None for the very beginning."""
    if query.before is None:
        return query.after
    back = (
        select(*_keys(query, rows))
        .where(*conditions(query, rows), beyond(query.before, query.order, rows, is_reversed=True))
        .order_by(*order_sql(query.order, rows, is_reversed=True))
        .offset(query.limit)
        .limit(1)
    )
    row = connection.execute(back).one_or_none()
    return None if row is None else Cursor(tuple(row[1:]), row[0])


def _page_statement(
    connection: Connection, query: FeatureQuery, rows: FromClause, start: Cursor | None
) -> Select[tuple[Any, ...]]:
    wanted = [*conditions(query, rows)]
    if start is not None:
        wanted.append(beyond(start, query.order, rows))
    if query.before is not None:
        wanted.append(beyond(query.before, query.order, rows, is_reversed=True))
    statement = select(feature_text(rows, query), *_keys(query, rows)).order_by(*order_sql(query.order, rows))
    if is_by_place(query) and expected_rows(connection, select(rows.c.id).where(*wanted)) <= GATHERED:
        # Materialized: with ORDER BY and LIMIT the planner would walk the primary key (180 ms, not 5).
        hits = select(*_keys(query, rows)).where(*wanted).cte("hits").prefix_with("MATERIALIZED")
        shown = select(hits.c.id).order_by(*order_sql(query.order, hits)).limit(query.limit + 1)
        return statement.where(rows.c.id.in_(shown))
    return statement.where(*wanted)


def _keys(query: FeatureQuery, rows: FromClause) -> list[Any]:
    return [rows.c.id, *(rows.c[key.field.name] for key in query.order)]


def _cursor(row: Row[Any] | None) -> Cursor | None:
    return None if row is None else Cursor(tuple(row[2:]), row[1])


def at_epoch(query: FeatureQuery, current: int) -> FeatureQuery:
    """The newest publish needs no history."""
    return replace(query, as_of=None) if query.as_of is not None and query.as_of >= current else query

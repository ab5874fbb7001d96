"""A page of features, read as it is sent."""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, literal_column, select

from layers.core.query.count import expected_rows
from layers.core.query.feature_query import FeatureQuery
from layers.core.query.output import Written, feature_text, prepared_text
from layers.core.query.parameters import LIMIT_MOST
from layers.core.query.selection import conditions, is_by_place
from layers.core.query.sorting import Cursor, beyond, order_sql
from layers.core.versions import past_rows, rows_of
from sql import query as named_query

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
Columns = Callable[[FromClause, FeatureQuery], Sequence[ColumnElement[Any]]]


def read_rows(connection: Connection, query: FeatureQuery, columns: Columns) -> Iterator[Sequence[Row[Any]]]:
    """Blocks of what is asked of each feature, in the order of the answer; all that match where there is no limit."""
    start = _start(connection, query)
    statement = _statement(connection, query, start, columns, query.limit)
    result = connection.execute(statement, execution_options=as_it_comes(query.limit))
    yield from result.partitions(BLOCK)


def read_page(connection: Connection, query: FeatureQuery, written: Written = feature_text) -> Features:
    """Blocks of features as text; one more than the page is read, to know whether another follows."""
    limit = query.limit or LIMIT_MOST
    start = _start(connection, query)

    def columns(rows: FromClause, asked: FeatureQuery) -> Sequence[ColumnElement[Any]]:
        return [written(rows, asked), *_keys(asked, rows)]

    statement = _statement(connection, query, start, columns, limit + 1)
    result = connection.execute(statement, execution_options=as_it_comes(limit))
    first: Row[Any] | None = None
    last: Row[Any] | None = None
    sent, is_more = 0, False
    for block in result.partitions(BLOCK):
        is_more = sent + len(block) > limit
        shown = block[: limit - sent]
        if shown:
            first, last = first or shown[0], shown[-1]
            sent += len(shown)
            yield [row[0] for row in shown]
    is_more = is_more or query.before is not None
    return PageEnd(sent, _cursor(last) if is_more else None, _cursor(first) if start is not None else None)


def page_asked_at_once(query: FeatureQuery) -> str:
    """A statement for the features after an id ($1), at most $2, in one row: see features.page_at_once."""
    layer, rows = query.readable.layer, query.readable.layer.table
    page = (
        select(rows.c.id, feature_text(rows, query).label("body"))
        .where(rows.c.id > literal_column("$1"))
        .order_by(rows.c.id)
        .limit(literal_column("$2"))
    )
    parts = {"table": rows.fullname, "layer": f"'{layer.id}'", "page": prepared_text(page)}
    return named_query("features.page_at_once").format(**parts)


def as_it_comes(limit: int | None) -> dict[str, Any]:
    """Beyond a block, by a cursor of the database."""
    return {"stream_results": True, "max_row_buffer": BLOCK} if limit is None or limit > BLOCK else {}


def _start(connection: Connection, query: FeatureQuery) -> Cursor | None:
    """The feature after which the page begins; None for the very beginning."""
    if query.before is None or query.limit is None:
        return query.after
    rows = _page_of(query, None, query.limit + 1, is_reversed=True)
    back = (
        select(*_keys(query, rows))
        .where(*conditions(query, rows), beyond(query.before, query.order, rows, is_reversed=True))
        .order_by(*order_sql(query.order, rows, is_reversed=True))
        .offset(query.limit)
        .limit(1)
    )
    row = connection.execute(back).one_or_none()
    return None if row is None else Cursor(tuple(row[1:]), row[0])


def _statement(
    connection: Connection, query: FeatureQuery, start: Cursor | None, columns: Columns, most: int | None
) -> Select[tuple[Any, ...]]:
    rows = rows_of(query.readable.layer, query.as_of)
    wanted = _wanted(query, rows, start)
    is_gathered = is_by_place(query) and expected_rows(connection, select(rows.c.id).where(*wanted)) <= GATHERED
    if query.as_of is not None and most is not None:
        then = _page_of(query, start, most, is_gathered=is_gathered)
        return select(*columns(then, query)).order_by(*order_sql(query.order, then)).limit(most)
    statement = select(*columns(rows, query)).order_by(*order_sql(query.order, rows)).limit(most)
    if is_gathered:
        # Materialized: with ORDER BY and LIMIT the planner would walk the primary key (180 ms, not 5).
        hits = select(*_keys(query, rows)).where(*wanted).cte("hits").prefix_with("MATERIALIZED")
        shown = select(hits.c.id).order_by(*order_sql(query.order, hits))
        return statement.where(rows.c.id.in_(shown if most is None else shown.limit(most)))
    return statement.where(*wanted)


def _wanted(query: FeatureQuery, rows: FromClause, start: Cursor | None) -> list[ColumnElement[bool]]:
    wanted = [*conditions(query, rows)]
    if start is not None:
        wanted.append(beyond(start, query.order, rows))
    if query.before is not None:
        wanted.append(beyond(query.before, query.order, rows, is_reversed=True))
    return wanted


def _page_of(
    query: FeatureQuery, start: Cursor | None, most: int, *, is_reversed: bool = False, is_gathered: bool = False
) -> FromClause:
    """Of a past day, from each of the two tables no more than the page may hold of it; the table of today as it is."""

    def picked(rows: FromClause, then: Select[Any]) -> Select[Any]:
        then = then.where(*_wanted(query, rows, start))
        if is_gathered:
            # A fence, as the materialized hits of today.
            rows = then.offset(0).subquery("hits")
            then = select(rows)
        return then.order_by(*order_sql(query.order, rows, is_reversed=is_reversed)).limit(most)

    layer = query.readable.layer
    return rows_of(layer) if query.as_of is None else past_rows(layer, query.as_of, picked)


def _keys(query: FeatureQuery, rows: FromClause) -> list[Any]:
    return [rows.c.id, *(rows.c[key.field.name] for key in query.order)]


def _cursor(row: Row[Any] | None) -> Cursor | None:
    return None if row is None else Cursor(tuple(row[2:]), row[1])


def at_epoch(query: FeatureQuery, current: int) -> FeatureQuery:
    """The newest publish needs no history."""
    return replace(query, as_of=None) if query.as_of is not None and query.as_of >= current else query

"""Net changes between two states: what was added and removed in between is not told, what was edited thrice once."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, case, func, literal, select, union, union_all

from layers.core.changes.span import Span
from layers.core.layer import Layer
from layers.core.query import FeatureQuery
from layers.core.query.page import BLOCK, as_it_comes
from layers.core.query.parameters import LIMIT_MOST
from layers.core.query.selection import conditions
from layers.core.versions import history_table

ADDED, MODIFIED, REMOVED = "added", "modified", "removed"

Condition = Callable[[FromClause], Sequence[ColumnElement[bool]]]


@dataclass(frozen=True)
class Sides:
    """The versions that a span took out of force, and those that it brought; of each feature one at most."""

    before: FromClause
    after: FromClause

    @classmethod
    def of(cls, layer: Layer, span: Span) -> "Sides":
        """Found by the indexes of the epochs."""
        current, closed = layer.table, history_table(layer)
        columns = [closed.c[column.name] for column in current.columns]
        ended = select(*columns).where(
            closed.c.epoch_from <= span.first, closed.c.epoch_to > span.first, closed.c.epoch_to <= span.last
        )
        begun = union_all(
            select(current).where(current.c.epoch_from > span.first, current.c.epoch_from <= span.last),
            select(*columns).where(
                closed.c.epoch_from > span.first, closed.c.epoch_from <= span.last, closed.c.epoch_to > span.last
            ),
        )
        return cls(ended.subquery("before"), begun.subquery("after"))

    @property
    def kind(self) -> ColumnElement[str]:
        """Added, modified or removed."""
        return case(
            (self.before.c.uid.is_(None), literal(ADDED)),
            (self.after.c.uid.is_(None), literal(REMOVED)),
            else_=literal(MODIFIED),
        )

    def touched(self, condition: Condition) -> Select[tuple[uuid.UUID]]:
        """The features for which the condition holds before or after."""
        either = union(
            select(self.before.c.uid).where(*condition(self.before)),
            select(self.after.c.uid).where(*condition(self.after)),
        ).subquery("either")
        return select(either.c.uid)


Written = Callable[[Sides, FeatureQuery], ColumnElement[str]]
"""How the database writes a change."""


def read_changes(
    connection: Connection, query: FeatureQuery, span: Span, written: Written
) -> Iterator[Sequence[Row[Any]]]:
    """Blocks of texts, in the order of the features' lasting numbers; all there are where there is no limit."""
    sides = Sides.of(query.readable.layer, span)
    statement = _statement(sides, query, None, query.limit, written(sides, query))
    yield from connection.execute(statement, execution_options=as_it_comes(query.limit)).partitions(BLOCK)


def read_page_of_changes(
    connection: Connection, query: FeatureQuery, span: Span, after: uuid.UUID | None, written: Written
) -> tuple[list[str], uuid.UUID | None]:
    """The texts of a page, and the feature after which the next one begins; None on the last page."""
    limit = query.limit or LIMIT_MOST
    sides = Sides.of(query.readable.layer, span)
    rows = connection.execute(_statement(sides, query, after, limit + 1, written(sides, query))).all()
    shown = rows[:limit]
    return [row[0] for row in shown], shown[-1].uid if len(rows) > limit else None


def count_net_changes(connection: Connection, layer: Layer, span: Span, condition: Condition) -> dict[str, int]:
    """How many of each kind concern the features for which the condition holds before or after."""
    sides = Sides.of(layer, span)
    statement = _joined(sides, select(sides.kind.label("kind"), func.count()), sides.touched(condition))
    found = connection.execute(statement.group_by(sides.kind.label("kind")))
    return {kind: int(number) for kind, number in found}


def _statement(
    sides: Sides, query: FeatureQuery, after: uuid.UUID | None, limit: int | None, written: ColumnElement[str]
) -> Select[Any]:
    """The names first: shapes are read for the page alone."""
    touched = sides.touched(lambda rows: [*conditions(query, rows)])
    name = touched.selected_columns.uid
    if after is not None:
        touched = touched.where(name > after)
    page = touched.order_by(name).limit(limit)
    return _joined(sides, select(written), page, is_named=True)


def _joined(sides: Sides, wanted: Select[Any], features: Select[Any], *, is_named: bool = False) -> Select[Any]:
    page = features.subquery("page")
    together = page.outerjoin(sides.before, sides.before.c.uid == page.c.uid).outerjoin(
        sides.after, sides.after.c.uid == page.c.uid
    )
    statement = wanted.select_from(together)
    return statement.add_columns(page.c.uid).order_by(page.c.uid) if is_named else statement

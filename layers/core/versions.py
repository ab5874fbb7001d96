"""A layer's rows as they are now or as they were at an epoch."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, FromClause, MetaData, Select, Table, select, union_all
from sqlalchemy.types import BigInteger

from layers.core.layer import Layer

_history = MetaData(schema="history")

Picked = Callable[[FromClause, Select[Any]], Select[Any]]
"""What of one of the two tables is wanted, and in which order."""


def history_table(layer: Layer) -> Table:
    """The superseded versions of a layer: its columns and `epoch_to`."""
    name = layer.table.name
    known = _history.tables.get(f"history.{name}")
    if known is not None:
        return known
    columns = [Column(c.name, c.type) for c in layer.table.columns]
    return Table(name, _history, *columns, Column("epoch_to", BigInteger))


def rows_of(layer: Layer, as_of: int | None = None) -> FromClause:
    """The published rows, or those in force at epoch `as_of` (system time)."""
    return layer.table if as_of is None else past_rows(layer, as_of, lambda _, then: then)


def past_rows(layer: Layer, as_of: int, picked: Picked) -> FromClause:
    """Those in force at an epoch, picked from each of the two tables: over both together no index serves."""
    current, closed = layer.table, history_table(layer)
    names = [column.name for column in current.columns]
    then = union_all(
        picked(current, select(current).where(current.c.epoch_from <= as_of)).subquery("open").select(),
        picked(
            closed,
            select(*(closed.c[name] for name in names)).where(closed.c.epoch_from <= as_of, closed.c.epoch_to > as_of),
        )
        .subquery("closed")
        .select(),
    )
    return then.subquery("then")

"""The life of one feature: its versions, what each changed, what it came from and what became of it."""

import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, text, union

from layers.core.changes.question import HistoryQuery
from layers.core.changes.versions import Publish, feature_uid, publishes, versions_of
from layers.core.layer import Layer
from layers.core.query import FeatureQuery
from layers.core.query.output import properties_text
from layers.core.versions import history_table
from sql import query as named_query

_OF_EVERY_EDIT = ("version", "epoch_from")
"""Told of each version anyway."""


@dataclass(frozen=True)
class FieldChange:
    """One field before and after."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Turn:
    """How a version began or ended."""

    publish: Publish
    operation: str | None
    """The kind of cadastral operation, where it was one."""


@dataclass(frozen=True)
class Version:
    """A feature as it was from one publish to another."""

    number: int
    ref: str
    change: str
    """Added, modified, or restored after it had ended."""
    begun: Turn
    ended: Turn | None
    valid_from: str | None
    valid_to: str | None
    changed: tuple[FieldChange, ...]
    is_shape_changed: bool


@dataclass(frozen=True)
class Relative:
    """A feature that this one came from, or that came from it, by one operation."""

    uid: uuid.UUID
    ref: str | None
    operation: str
    epoch: int


@dataclass(frozen=True)
class History:
    """What is told of one feature's life."""

    uid: uuid.UUID
    versions: tuple[Version, ...]
    """Oldest first."""
    after: int | None
    """Where the next page begins; None on the last one."""
    predecessors: tuple[Relative, ...]
    successors: tuple[Relative, ...]


def read_history(connection: Connection, query: HistoryQuery, feature_id: str) -> History | None:
    """None where there never was such a feature."""
    layer = query.readable.layer
    uid = feature_uid(connection, layer, feature_id)
    if uid is None:
        return None
    rows = connection.execute(_page(query, uid)).all()
    shown = rows[: query.limit]
    known = publishes(connection, {number for row in shown for number in (row.epoch_from, row.epoch_to) if number})
    lineage = connection.execute(text(named_query("lineage.relatives")), {"uid": uid}).all()
    refs = _refs(connection, layer, {end for row in lineage for end in (row.parent_uid, row.child_uid)})
    began_by = {row.epoch: row.operation for row in lineage if row.child_uid == uid}
    ended_by = {row.epoch: row.operation for row in lineage if row.parent_uid == uid}
    return History(
        uid=uid,
        versions=tuple(
            _version(
                row,
                Turn(known[row.epoch_from], began_by.get(row.epoch_from)),
                Turn(known[row.epoch_to], ended_by.get(row.epoch_to)) if row.epoch_to else None,
            )
            for row in shown
        ),
        after=shown[-1].epoch_from if len(rows) > query.limit else None,
        predecessors=_relatives(lineage, "parent_uid", uid, refs),
        successors=_relatives(lineage, "child_uid", uid, refs),
    )


def _page(query: HistoryQuery, uid: uuid.UUID) -> Select[Any]:
    """Each version beside the one before it, which may be on another page."""
    rows = versions_of(query.readable.layer, uid)
    told = properties_text(rows, FeatureQuery(query.readable))
    begun = rows.c.epoch_from
    beside = select(
        rows.c.epoch_from,
        rows.c.epoch_to,
        rows.c.version,
        rows.c.ref,
        rows.c.valid_from,
        rows.c.valid_to,
        told.label("told"),
        func.lag(told).over(order_by=begun).label("told_before"),
        func.lag(rows.c.epoch_to).over(order_by=begun).label("ended_before"),
        func.lag(rows.c.geom).over(order_by=begun).is_distinct_from(rows.c.geom).label("is_other_shape"),
    ).subquery("beside")
    page = select(beside).where(beside.c.epoch_from > query.after)
    return page.order_by(beside.c.epoch_from).limit(query.limit + 1)


def _version(row: Row[Any], begun: Turn, ended: Turn | None) -> Version:
    is_first = row.told_before is None
    return Version(
        number=row.version,
        ref=row.ref,
        change="added" if is_first else "modified" if row.ended_before == row.epoch_from else "restored",
        begun=begun,
        ended=ended,
        valid_from=row.valid_from and row.valid_from.isoformat(),
        valid_to=row.valid_to and row.valid_to.isoformat(),
        changed=() if is_first else _differences(json.loads(row.told_before), json.loads(row.told)),
        is_shape_changed=not is_first and row.is_other_shape,
    )


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(name, before[name], after[name])
        for name in after
        if name not in _OF_EVERY_EDIT and before[name] != after[name]
    )


def _relatives(
    lineage: Sequence[Row[Any]], end: str, uid: uuid.UUID, refs: Mapping[uuid.UUID, str]
) -> tuple[Relative, ...]:
    others = ((getattr(row, end), row) for row in lineage if not row.is_undone)
    found = [Relative(other, refs.get(other), row.operation, row.epoch) for other, row in others if other != uid]
    return tuple(sorted(found, key=lambda one: (one.epoch, one.ref or "", str(one.uid))))


def _refs(connection: Connection, layer: Layer, uids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, str]:
    """The name that each has now, or had last."""
    rows = layer.table, history_table(layer)
    both = union(*(select(one.c.uid, one.c.ref, one.c.epoch_from).where(one.c.uid.in_(uids)) for one in rows))
    found = connection.execute(both.order_by("epoch_from"))
    return {row.uid: row.ref for row in found}

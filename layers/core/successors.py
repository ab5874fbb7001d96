"""What became of a feature that ended: its lineage forward to what is published now."""

import datetime
import uuid
from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.core.layer import Layer
from sql import query


@dataclass(frozen=True)
class Successor:
    """A published feature that descends from an ended one, and the operation that last made it."""

    uid: uuid.UUID
    ref: str
    operation: str


@dataclass(frozen=True)
class Ending:
    """By what and when a feature ended, and who took its place."""

    operation: str | None
    """None where nothing is recorded, as of what ended before lineage was kept."""
    on: datetime.datetime | None
    epoch: int | None
    changeset_id: int | None
    successors: tuple[Successor, ...]


def successors(connection: Connection, layer: Layer, uid: uuid.UUID) -> tuple[Successor, ...]:
    """Every published descendant, through any number of generations, by ref."""
    rows = connection.execute(text(query("lineage.successors")), {"layer": layer.id, "uid": uid})
    return tuple(Successor(row.uid, row.ref, row.operation) for row in rows)


def ending(connection: Connection, layer: Layer, uid: uuid.UUID) -> Ending:
    """Also of one whose ref has passed into another."""
    heirs = successors(connection, layer, uid)
    row = connection.execute(text(query("lineage.ending")), {"uid": uid}).one_or_none()
    if row is None:
        renamed = next((heir.operation for heir in heirs if heir.uid == uid), None)
        return Ending(renamed, None, None, None, heirs)
    return Ending(row.operation, row.published_at, row.epoch, row.changeset_id, heirs)

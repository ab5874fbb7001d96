"""What became of a feature that ended: its lineage forward to what is published now."""

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


def successors(connection: Connection, layer: Layer, uid: uuid.UUID) -> tuple[Successor, ...]:
    """Every published descendant, through any number of generations, by ref."""
    rows = connection.execute(text(query("lineage.successors")), {"layer": layer.id, "uid": uid})
    return tuple(Successor(row.uid, row.ref, row.operation) for row in rows)

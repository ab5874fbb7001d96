"""The versions of one feature, published and superseded, and the publishes that made them."""

import datetime
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import BigInteger, Connection, Subquery, cast, literal, select, text, union_all

from layers.core.layer import Layer
from layers.core.query.filters.literals import is_text
from layers.core.query.item import named, was_published
from layers.core.versions import history_table, rows_of
from sql import query


@dataclass(frozen=True)
class Publish:
    """One publish and the changeset that it brought; bulk loads have none."""

    epoch: int
    at: datetime.datetime
    changeset_id: int | None


def feature_uid(connection: Connection, layer: Layer, feature_id: str) -> uuid.UUID | None:
    """The lasting number of a feature that is or was published, told by that number or by its ref."""
    if not is_text(feature_id):
        return None
    rows = rows_of(layer)
    found: uuid.UUID | None = connection.execute(select(rows.c.uid).where(named(rows, feature_id))).scalar_one_or_none()
    return found or was_published(connection, layer, feature_id)


def versions_of(layer: Layer, uid: uuid.UUID) -> Subquery:
    """Rows of the layer with `epoch_to`, which is null for the published one."""
    current, closed = layer.table, history_table(layer)
    columns = [column.name for column in current.columns]
    published = select(*(current.c[name] for name in columns), cast(literal(None), BigInteger).label("epoch_to"))
    # What one publish wrote twice was never in force.
    superseded = select(*(closed.c[name] for name in columns), closed.c.epoch_to).where(
        closed.c.epoch_to > closed.c.epoch_from
    )
    both = union_all(published.where(current.c.uid == uid), superseded.where(closed.c.uid == uid))
    return both.subquery("versions")


def publishes(connection: Connection, epochs: Collection[int]) -> Mapping[int, Publish]:
    """By number."""
    rows = connection.execute(text(query("epochs.several")), {"epochs": sorted(epochs)})
    return {row.epoch: Publish(row.epoch, row.published_at, row.changeset_id) for row in rows}

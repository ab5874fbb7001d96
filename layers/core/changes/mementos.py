"""Versions by when they were published, as a reader of the past asks for them."""

import datetime
import uuid
from dataclasses import dataclass

from sqlalchemy import Connection, select

from layers.core.changes.versions import publishes, versions_of
from layers.core.layer import Layer
from layers.core.query.filters.literals import is_text
from layers.core.query.item import named
from layers.core.versions import rows_of

_SECOND = datetime.timedelta(seconds=1)
"""HTTP tells no smaller parts of time."""


@dataclass(frozen=True)
class Memento:
    """One version and the time in which it was the published one."""

    epoch: int
    published_at: datetime.datetime
    ended_at: datetime.datetime | None


def mementos(connection: Connection, layer: Layer, uid: uuid.UUID) -> tuple[Memento, ...]:
    """All of a feature, oldest first."""
    versions = versions_of(layer, uid)
    spans = connection.execute(select(versions.c.epoch_from, versions.c.epoch_to).order_by(versions.c.epoch_from)).all()
    known = publishes(connection, {number for span in spans for number in span if number is not None})
    return tuple(Memento(begun, known[begun].at, None if ended is None else known[ended].at) for begun, ended in spans)


def nearest(found: tuple[Memento, ...], moment: datetime.datetime) -> Memento:
    """The last one published by then, or the first of all."""
    begun = [one for one in found if one.published_at < moment + _SECOND]
    return begun[-1] if begun else found[0]


def was_over(memento: Memento, moment: datetime.datetime) -> bool:
    """True where the feature had ended by then."""
    return memento.ended_at is not None and memento.ended_at <= moment


def published_since(
    connection: Connection, layer: Layer, feature_id: str, as_of: int | None
) -> datetime.datetime | None:
    """When the version in force at an epoch was published; None where there was none."""
    rows = rows_of(layer, as_of)
    if not is_text(feature_id):
        return None
    begun = connection.execute(select(rows.c.epoch_from).where(named(rows, feature_id))).scalar_one_or_none()
    return None if begun is None else publishes(connection, {begun})[begun].at

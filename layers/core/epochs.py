"""The numbers of publishes: what is current, what held at a day, how a new one begins and ends."""

import datetime
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg2.errors import LockNotAvailable
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from sql import query

PATIENCE_S: float = 20
"""Seconds a publish waits for the one before it; a large one is a job and waits as long as it takes."""


@dataclass(frozen=True)
class Epoch:
    """One publish."""

    number: int
    published_at: datetime.datetime


class UnknownTime(Exception):
    """Nothing was published yet at the time asked for."""


class PublishUnderWay(Exception):
    """A publish that has to end before this one has not ended for as long as one can wait."""


def current_epoch(connection: Connection) -> int:
    """The newest publish this transaction sees; 0 for an empty pool."""
    return int(connection.execute(text("SELECT pool.current_epoch()")).scalar_one())


def epoch_details(connection: Connection, number: int) -> Epoch | None:
    """When that publish happened."""
    row = connection.execute(text(query("epochs.details")), {"epoch": number}).one_or_none()
    return Epoch(row.epoch, row.published_at) if row else None


def epoch_at(connection: Connection, moment: datetime.datetime) -> int:
    """The publish in force at a moment; UnknownTime before the first one."""
    number = connection.execute(text(query("epochs.at")), {"moment": moment}).scalar_one()
    if number is None:
        raise UnknownTime
    return int(number)


def first_epoch(connection: Connection) -> Epoch | None:
    """The oldest publish; None for an empty pool."""
    row = connection.execute(text(query("epochs.first"))).one_or_none()
    return Epoch(row.epoch, row.published_at) if row else None


def begin_epoch(
    connection: Connection, districts: Collection[int] = (), *, is_large: bool = False, moves_areas: bool = False
) -> int:
    """The number that everything written in this transaction carries; `districts` are those whose rows it writes.

    A small publish makes the others wait until it commits. A large one lets small ones of other districts
    pass: its number lies beyond theirs. When it has brought its rows it waits for its turn (`take_turn`), and
    before it ends it has to look at what the others did (`lock_epochs`).
    So does one that moves the areas others count in, since its shapes reach into other districts; but somebody
    may sit before a page and wait for it, so its patience is limited. Raises PublishUnderWay.
    """
    milliseconds = 0 if is_large else round(1000 * PATIENCE_S)
    connection.execute(text(query("epochs.patience")), {"milliseconds": str(milliseconds)})
    about = {"districts": list(districts), "is_large": is_large or moves_areas}
    with _patience():
        return int(connection.execute(text(query("epochs.begin")), about).scalar_one())


def take_turn(connection: Connection, epoch: int) -> None:
    """Wait until the large publishes with lower numbers have ended; what they did is seen from here on.

    Raises PublishUnderWay.
    """
    with _patience():
        connection.execute(text(query("epochs.turn")), {"epoch": epoch})


@contextmanager
def _patience() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if isinstance(error.orig, LockNotAvailable):
            raise PublishUnderWay from error
        raise


def lock_epochs(connection: Connection) -> None:
    """From here to the commit nobody else publishes."""
    connection.execute(text(query("epochs.lock")))


def touched_extents(
    connection: Connection, layer_ids: Iterable[str], epoch: int
) -> Mapping[str, Sequence[float] | None]:
    """Where a publish touched each layer: west, south, east, north in degrees; asked before it ends."""
    extent = text(query("epochs.extent"))
    return {layer: connection.execute(extent, {"layer": layer, "epoch": epoch}).scalar_one() for layer in layer_ids}


def end_epoch(
    connection: Connection,
    epoch: int,
    district_id: int | None,
    summary: Mapping[str, object],
    changeset_id: int | None = None,
) -> None:
    """Enter the publish in the list and tell who listens, at commit."""
    connection.execute(
        text(query("epochs.end")),
        {
            "epoch": epoch,
            "changeset": changeset_id,
            "district": district_id,
            "summary": json.dumps(summary, ensure_ascii=False),
        },
    )

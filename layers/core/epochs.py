"""The numbers of publishes: what is current, what held at a day."""

import datetime
from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True)
class Epoch:
    """One publish."""

    number: int
    published_at: datetime.datetime


class UnknownTime(Exception):
    """Nothing was published yet at the time asked for."""


def current_epoch(connection: Connection) -> int:
    """The newest publish this transaction sees; 0 for an empty pool."""
    return int(connection.execute(text("SELECT pool.current_epoch()")).scalar_one())


def epoch_details(connection: Connection, number: int) -> Epoch | None:
    """When that publish happened."""
    row = connection.execute(
        text("SELECT epoch, published_at FROM pool.epoch WHERE epoch = :epoch"), {"epoch": number}
    ).one_or_none()
    return Epoch(row.epoch, row.published_at) if row else None


def epoch_at(connection: Connection, moment: datetime.datetime) -> int:
    """The publish in force at a moment; UnknownTime before the first one."""
    number = connection.execute(
        text("SELECT max(epoch) FROM pool.epoch WHERE published_at <= :moment"), {"moment": moment}
    ).scalar_one()
    if number is None:
        raise UnknownTime
    return int(number)

"""E-mail about notices: one for each account and event, and how they fare."""

import datetime
from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.core.notices import Notice
from sql import query

QUEUE = "mail"
TASK = "send_letter"
"""Queued by the database, in the transaction of the notice."""


@dataclass(frozen=True)
class Letter:
    """What waits to be sent, and to whom."""

    notice: Notice
    email: str
    language: str | None
    is_wanted: bool
    """The account is still there, concerned, and wants letters."""


@dataclass(frozen=True)
class Failing:
    """Letters that one trouble keeps from being sent."""

    trouble: str
    waiting: int
    """Tried again by themselves."""
    given_up: int
    since: datetime.datetime


def letter(connection: Connection, notice_id: int) -> Letter | None:
    """None where it has been settled already, or its changeset is gone."""
    row = connection.execute(text(query("notices.letter")), {"notice": notice_id}).one_or_none()
    if row is None:
        return None
    found = dict(row._mapping)
    addressed = {name: found.pop(name) for name in ("email", "language", "is_wanted")}
    return Letter(Notice(**found), **addressed)


def sent(connection: Connection, notice_id: int) -> None:
    """The mail server has taken it."""
    _settle(connection, notice_id, "sent")


def unwanted(connection: Connection, notice_id: int) -> None:
    """Nobody wants it, or this deployment sends no e-mail."""
    _settle(connection, notice_id, "unwanted")


def failed(connection: Connection, notice_id: int, trouble: str, *, is_final: bool) -> None:
    """It waits for the next attempt, or is given up."""
    said = {"notice": notice_id, "trouble": trouble, "is_final": is_final}
    connection.execute(text(query("notices.letter_failed")), said)


def failing(connection: Connection) -> tuple[Failing, ...]:
    """By what is wrong; for the department."""
    return tuple(Failing(**row._mapping) for row in connection.execute(text(query("notices.failing_letters"))))


def _settle(connection: Connection, notice_id: int, state: str) -> None:
    connection.execute(text(query("notices.settle_letter")), {"notice": notice_id, "state": state})

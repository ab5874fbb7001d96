"""What happened that concerns an account since it last looked; the database writes it beside what happened."""

import datetime
from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.core.store import Actor
from sql import query


@dataclass(frozen=True)
class Notice:
    """One event, for one account."""

    id: int
    at: datetime.datetime
    event: str
    """`submitted`, `accepted`, `returned`, `published`, or `pull_failed`."""
    district_id: int
    changeset_id: int | None
    source_id: str | None
    layer_id: str | None
    title: str | None
    """None where the account may not see the changeset any more."""
    is_seen: bool


@dataclass(frozen=True)
class MailWish:
    """Whether an account wants letters, and in which language."""

    is_mailed: bool = True
    language: str | None = None
    """None for the profile's first."""


def notices(connection: Connection, actor: Actor, limit: int, *, before: int | None = None) -> tuple[Notice, ...]:
    """The latest first."""
    asked = {"account": actor.account_id, "before": before, "limit": limit}
    rows = connection.execute(text(query("notices.latest")), asked)
    return tuple(Notice(**row._mapping) for row in rows)


def count_unseen(connection: Connection, actor: Actor) -> int:
    """What happened since the account last looked."""
    return int(connection.execute(text(query("notices.count_unseen")), {"account": actor.account_id}).scalar_one())


def see(connection: Connection, actor: Actor, up_to: int) -> None:
    """Up to the newest that was shown: what came meanwhile stays new."""
    connection.execute(text(query("notices.see")), {"account": actor.account_id, "up_to": up_to})


def mail_wish(connection: Connection, actor: Actor) -> MailWish:
    """Who has never said anything wants letters."""
    row = connection.execute(text(query("notices.wish")), {"account": actor.account_id}).one_or_none()
    return MailWish() if row is None else MailWish(**row._mapping)


def set_mail_wish(connection: Connection, actor: Actor, *, is_mailed: bool, language: str) -> None:
    """From the next letter on, also for those that wait."""
    said = {"account": actor.account_id, "is_mailed": is_mailed, "language": language}
    connection.execute(text(query("notices.set_wish")), said)

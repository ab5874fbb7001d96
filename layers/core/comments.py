"""What district and department say about a changeset and its changes; kept as it was said."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, text

from layers.core.store import Actor
from sql import query

LONGEST = 4_000


class Kind(StrEnum):
    """What words about a change mean for it."""

    WORD = "word"
    REASON = "reason"
    """The change is to go back to the district."""
    WITHDRAWN = "withdrawn"
    """Not so, after all."""


@dataclass(frozen=True)
class Comment:
    """Words of one person."""

    id: int
    at: datetime.datetime
    who: str | None
    role: str | None
    change_id: int | None
    """None where they are about the whole changeset."""
    ref: str | None
    words: str
    kind: str

    @property
    def is_of_department(self) -> bool:
        """The other side is the district's."""
        return self.role in ("department", "administrator")


class NothingSaid(Exception):
    """A comment has words, and not too many."""


class UnknownChange(Exception):
    """The changeset has no change with that number."""


def comments(connection: Connection, changeset_id: int, *, after: int = 0, limit: int = 500) -> tuple[Comment, ...]:
    """From the first on."""
    rows = connection.execute(
        text(query("review.comments")), {"changeset": changeset_id, "after": after, "limit": limit}
    )
    return tuple(Comment(**row._mapping) for row in rows)


def say(
    connection: Connection,
    actor: Actor,
    changeset_id: int,
    words: str,
    *,
    change_id: int | None = None,
    kind: Kind = Kind.WORD,
) -> int:
    """Keep a comment; returns its number. Raises NothingSaid, UnknownChange."""
    said = words.strip()
    if not said or len(said) > LONGEST:
        raise NothingSaid
    kept = connection.execute(
        text(query("review.comment")),
        {
            "changeset": changeset_id,
            "change": change_id,
            "account": actor.account_id,
            "words": said,
            "kind": kind,
        },
    ).scalar_one_or_none()
    if kept is None:
        raise UnknownChange
    return int(kept)


@dataclass(frozen=True)
class ToBeReturned:
    """A change that the department does not want, and why."""

    change_id: int
    ref: str
    words: str


def to_be_returned(connection: Connection, changeset_id: int) -> tuple[ToBeReturned, ...]:
    """As far as it was said since the changeset was handed in."""
    rows = connection.execute(text(query("review.to_be_returned")), {"changeset": changeset_id})
    return tuple(ToBeReturned(**row._mapping) for row in rows)

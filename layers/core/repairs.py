"""Repairs that the check proposes and a person accepts or declines."""

import datetime
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from layers.core import inbox
from layers.core.store import Actor
from sql import query

STATES = ("proposed", "accepted", "declined")


@dataclass(frozen=True)
class Repair:
    """A record's shape as it was read, and as a rule would have it (GeoJSON)."""

    id: int
    line: int
    ref: str | None
    rule: str
    finding_id: int | None
    state: str
    area_change_m2: float
    moved_m: float
    """The furthest that any point of the outline moves."""
    decided_by: str | None
    decided_at: datetime.datetime | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]


class NothingProposed(Exception):
    """None of these repairs waits for a decision."""


def repairs(
    connection: Connection,
    upload_id: uuid.UUID,
    *,
    state: str | None = None,
    rule: str | None = None,
    after: int = 0,
    limit: int = 100,
) -> tuple[Repair, ...]:
    """In the order of their numbers, from the one behind `after`."""
    rows = connection.execute(
        text(query("repairs.page")),
        {"upload": upload_id, "state": state, "rule": rule, "after": after, "limit": limit},
    )
    return tuple(
        Repair(**{**row._mapping, "before": json.loads(row.before), "after": json.loads(row.after)}) for row in rows
    )


def accept(
    connection: Connection,
    actor: Actor,
    upload_id: uuid.UUID,
    *,
    ids: Sequence[int] | None = None,
    rule: str | None = None,
) -> int:
    """These, or all of a rule; the file is checked again with the accepted shapes laid over its own.

    Returns how many. Raises NothingProposed, inbox.AlreadyUnderReview, inbox.UnknownUpload.
    """
    count = _decide(connection, actor, upload_id, "accepted", ids, rule)
    inbox.recheck(connection, upload_id)
    return count


def decline(
    connection: Connection,
    actor: Actor,
    upload_id: uuid.UUID,
    *,
    ids: Sequence[int] | None = None,
    rule: str | None = None,
) -> int:
    """The shapes stay as they were sent, and the same repair is not proposed again. Raises as accept."""
    return _decide(connection, actor, upload_id, "declined", ids, rule)


def _decide(
    connection: Connection,
    actor: Actor,
    upload_id: uuid.UUID,
    state: str,
    ids: Sequence[int] | None,
    rule: str | None,
) -> int:
    inbox.upload(connection, upload_id)
    inbox.refuse_under_review(connection, upload_id)
    decided = connection.execute(
        text(query("repairs.decide")),
        {
            "upload": upload_id,
            "state": state,
            "account": actor.account_id,
            "rule": rule,
            "ids": None if ids is None else list(ids),
        },
    )
    if not decided.rowcount:
        raise NothingProposed
    return int(decided.rowcount)

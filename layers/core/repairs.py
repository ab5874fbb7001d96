"""Repairs that the check proposes and a person accepts or declines."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, text

from layers.core import inbox
from layers.core.changeset_views import Drawing
from layers.core.inbox_views import LonLat, place
from layers.core.store import Actor
from sql import query

STATES = ("proposed", "accepted", "declined")


class NothingToDecide(Exception):
    """None of these repairs waits for that decision; the file may have been checked anew."""


@dataclass(frozen=True)
class Repair:
    """A record's shape as it was read, and as a rule would have it."""

    id: int
    line: int
    ref: str | None
    rule: str
    finding_id: int | None
    state: str
    area_change_m2: float
    moved_m: float
    """The furthest that a corner lies from the other outline."""
    decided_by: str | None
    decided_at: datetime.datetime | None
    before: str | None
    """GeoJSON geometry in degrees; `after` likewise."""
    after: str | None
    drawing: Drawing
    place: LonLat | None

    @property
    def sides(self) -> Mapping[str, str | None]:
        """Both shapes by their names."""
        return {"before": self.before, "after": self.after}


@dataclass(frozen=True)
class RepairTally:
    """How many repairs of a rule stand where."""

    rule: str
    state: str
    count: int


@dataclass(frozen=True)
class Chosen:
    """The repairs that somebody decides about: these, or all of a rule."""

    ids: tuple[int, ...] | None = None
    rule: str | None = None


def repairs(
    connection: Connection,
    upload_id: uuid.UUID,
    *,
    state: str | None = None,
    chosen: Chosen | None = None,
    after: int = 0,
    limit: int = 100,
) -> tuple[Repair, ...]:
    """In the order of their numbers, from the one behind `after`."""
    rows = connection.execute(
        text(query("repairs.page")),
        {**_asked(upload_id, chosen or Chosen()), "state": state, "after": after, "limit": limit},
    )
    return tuple(_repair(row) for row in rows)


def tally_of_repairs(connection: Connection, upload_id: uuid.UUID) -> tuple[RepairTally, ...]:
    """Of all of them, by rule and state."""
    rows = connection.execute(text(query("repairs.tally")), {"upload": upload_id})
    return tuple(RepairTally(row.rule, row.state, row.n) for row in rows)


def accept(connection: Connection, actor: Actor, upload_id: uuid.UUID, chosen: Chosen) -> int:
    """The file is checked again with these shapes laid over its own; returns how many.

    Of one record one at a time: the next is made from what the first has left.
    Raises NothingToDecide, inbox.AlreadyUnderReview, inbox.UnknownUpload.
    """
    accepted = _decide(connection, actor, upload_id, "repairs.accept", chosen)
    inbox.recheck(connection, upload_id)
    return len(accepted)


def decline(connection: Connection, actor: Actor, upload_id: uuid.UUID, chosen: Chosen) -> int:
    """The shapes stay as they were sent, and the same is not proposed again; returns how many.

    Where one was accepted before, that is taken back and the file checked again. Raises as accept.
    """
    declined = _decide(connection, actor, upload_id, "repairs.decline", chosen)
    if any(row.was_accepted for row in declined):
        inbox.recheck(connection, upload_id)
    return len(declined)


def _decide(
    connection: Connection, actor: Actor, upload_id: uuid.UUID, name: str, chosen: Chosen
) -> Sequence[Row[Any]]:
    inbox.upload(connection, upload_id)
    inbox.refuse_under_review(connection, upload_id)
    asked = {**_asked(upload_id, chosen), "account": actor.account_id}
    decided = connection.execute(text(query(name)), asked).all()
    if not decided:
        raise NothingToDecide
    return decided


def _asked(upload_id: uuid.UUID, chosen: Chosen) -> dict[str, object]:
    return {"upload": upload_id, "rule": chosen.rule, "ids": None if chosen.ids is None else list(chosen.ids)}


def _repair(row: Row[Any]) -> Repair:
    return Repair(
        id=row.id,
        line=row.line,
        ref=row.ref,
        rule=row.rule,
        finding_id=row.finding_id,
        state=row.state,
        area_change_m2=row.area_change_m2,
        moved_m=row.moved_m,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        before=row.before,
        after=row.after,
        drawing=Drawing(row.width, row.height, row.path_before, row.path_after),
        place=place(row),
    )

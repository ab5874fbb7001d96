"""Who did what to files and changesets, when and why; written by the database, read here."""

import datetime
import uuid
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, text

from sql import query

ACTIONS = (
    "sent",
    "sent_again",
    "checked",
    "failed",
    "submitted",
    "accepted",
    "returned",
    "published",
    "reverted",
    "operation_chosen",
    "side_chosen",
    "repair_accepted",
    "repair_declined",
    "exception_asked",
    "exception_granted",
    "exception_declined",
)
PAGE = 1_000


@dataclass(frozen=True)
class Act:
    """One thing that somebody did."""

    id: int
    at: datetime.datetime
    role: str
    district_id: int | None
    action: str
    subject: str
    layer_id: str | None
    upload_id: uuid.UUID | None
    changeset_id: int | None
    why: str
    detail: Mapping[str, Any]
    who: str | None


@dataclass(frozen=True)
class ActsQuery:
    """Which acts somebody wants to see; what is not said does not matter."""

    who: str = ""
    action: str | None = None
    district: int | None = None
    layer: str | None = None
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None
    changeset: int | None = None
    before: int | None = None
    """The number of the last act of the page before."""


@dataclass(frozen=True)
class OfficeAct:
    """What anybody may know of an act: whose office, not whose hand."""

    changeset_id: int
    at: datetime.datetime
    action: str
    role: str
    district_id: int | None


def acts(connection: Connection, asked: ActsQuery, limit: int) -> tuple[Act, ...]:
    """A page, the latest first; the database leaves out those that the actor may not see."""
    rows = connection.execute(text(query("audit.acts")), {**asdict(asked), "limit": limit})
    return tuple(Act(**row._mapping) for row in rows)


def all_acts(connection: Connection, asked: ActsQuery) -> Iterator[Act]:
    """Page by page, so that years of them fit into little memory."""
    before = asked.before
    while page := acts(connection, ActsQuery(**{**asdict(asked), "before": before}), PAGE):
        yield from page
        before = page[-1].id


def offices(connection: Connection, changesets: Collection[int]) -> Mapping[int, tuple[OfficeAct, ...]]:
    """Of published changesets, by number, oldest first."""
    found: dict[int, list[OfficeAct]] = {}
    for row in connection.execute(text(query("audit.offices")), {"changesets": sorted(changesets)}):
        found.setdefault(row.changeset_id, []).append(OfficeAct(**row._mapping))
    return {number: tuple(some) for number, some in found.items()}


def originals(connection: Connection, changesets: Collection[int]) -> Mapping[int, uuid.UUID]:
    """Changeset -> upload whose bytes the actor may have."""
    rows = connection.execute(text(query("audit.originals")), {"changesets": sorted(changesets)})
    return {row.id: row.upload_id for row in rows}

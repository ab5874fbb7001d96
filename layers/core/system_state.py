"""How the database stands: its jobs, its tiles, its size and whether it is archived."""

import datetime
from dataclasses import dataclass

from sqlalchemy import Connection, text

from sql import query

_SILENT_AFTER = datetime.timedelta(minutes=2)
"""A worker says every ten seconds that it lives."""


@dataclass(frozen=True)
class Jobs:
    """The work that waits for the worker."""

    waiting: int
    running: int
    failed: int
    """Given up within a week."""
    worker_heard_at: datetime.datetime | None

    def is_worker_silent(self, now: datetime.datetime) -> bool:
        """Nobody works."""
        return self.worker_heard_at is None or now - self.worker_heard_at > _SILENT_AFTER


@dataclass(frozen=True)
class Tiles:
    """Rendered tiles."""

    about: int
    """Their number, roughly."""
    bytes: int
    epoch: int | None
    """The newest publish that changed one."""


@dataclass(frozen=True)
class Storage:
    """The database on its disk, and its way to a second one."""

    bytes: int
    epoch: int
    is_archived: bool
    archived_at: datetime.datetime | None
    is_archive_failing: bool | None


@dataclass(frozen=True)
class Week:
    """Publishes of one week, by its Monday."""

    monday: datetime.date
    publishes: int


def jobs(connection: Connection) -> Jobs:
    """As of now."""
    return Jobs(**connection.execute(text(query("system_state.jobs"))).one()._mapping)


def tiles(connection: Connection) -> Tiles:
    """As of now."""
    return Tiles(**connection.execute(text(query("system_state.tiles"))).one()._mapping)


def storage(connection: Connection) -> Storage:
    """As of now."""
    return Storage(**connection.execute(text(query("system_state.database"))).one()._mapping)


def publishes_by_week(connection: Connection, weeks: int, now: datetime.datetime, timezone: str) -> tuple[Week, ...]:
    """The newest week last."""
    asked = {"weeks": weeks, "now": now, "timezone": timezone}
    rows = connection.execute(text(query("system_state.publishes_by_week")), asked)
    return tuple(Week(row.week, row.publishes) for row in rows)

"""How each source stands: when it is due, what it gave last, what went wrong."""

import datetime
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from layers.core.declared_source import DeclaredSource
from layers.core.jobs import enqueue
from layers.core.profile import Profile
from sql import query

PULL = "pull_source"
QUEUE = "pulls"


class UnknownSource(Exception):
    """The profile has no such source, or it is another district's."""


@dataclass(frozen=True)
class Standing:
    """A declared source and how it is getting on."""

    source: DeclaredSource
    due_at: datetime.datetime | None = None
    is_paused: bool = False
    tried_at: datetime.datetime | None = None
    taken_at: datetime.datetime | None = None
    """When it last gave something new."""
    failures: int = 0
    """In a row."""
    failing_since: datetime.datetime | None = None
    failure: Mapping[str, Any] | None = None
    upload_id: uuid.UUID | None = None
    upload_state: str | None = None
    upload_failure: Mapping[str, Any] | None = None
    """What was wrong with the file it gave last."""
    marker: Mapping[str, str] | None = None
    """By what its next answer is known to be the same."""

    @property
    def is_failing(self) -> bool:
        """It cannot be pulled, or what it gave cannot be used."""
        return self.failures > 0 or self.upload_state == "failed"

    def sentence(self, language: str) -> str:
        """What is wrong; empty where nothing is."""
        failure = self.failure if self.failures else self.upload_failure if self.upload_state == "failed" else None
        return "" if failure is None else str(failure["text"].get(language) or failure["text"]["en"])


def standings(connection: Connection, sources: Iterable[DeclaredSource]) -> tuple[Standing, ...]:
    """Of those that the actor may see."""
    rows = {row.id: row._mapping for row in connection.execute(text(query("pulls.standings")))}
    return tuple(
        Standing(source, **{name: value for name, value in rows.get(source.id, {}).items() if name != "id"})
        for source in sources
    )


def standing(connection: Connection, profile: Profile, source_id: str) -> Standing:
    """Raises UnknownSource."""
    declared = profile.source(source_id)
    if declared is None:
        raise UnknownSource
    return standings(connection, (declared,))[0]


def call_due(connection: Connection, profile: Profile, now: datetime.datetime) -> list[str]:
    """Have the worker pull what is due; one that was due while no worker ran is due at once."""
    called = []
    for one in standings(connection, profile.sources):
        following = one.source.due_after(now, profile.timezone)
        is_due = one.due_at is not None and one.due_at <= now
        if one.due_at is None or is_due or one.due_at > following:
            _upsert(connection, one.source, "pulls.due", due=following)
        if is_due and not one.is_paused:
            ask(connection, one.source, or_later=True)
            called.append(one.source.id)
    return called


def ask(connection: Connection, source: DeclaredSource, *, or_later: bool = False) -> None:
    """Pull it now, unless that is about to happen; what waits after a failure may be enough."""
    lock = f"pull {source.id}"
    if not connection.execute(text(query("pulls.is_asked")), {"lock": lock, "or_later": or_later}).scalar_one():
        enqueue(connection, PULL, queue=QUEUE, lock=lock, source_id=source.id)


def pause(connection: Connection, source: DeclaredSource, *, is_paused: bool) -> None:
    """Leave it alone, or look at it again, until somebody says otherwise."""
    _upsert(connection, source, "pulls.pause", is_paused=is_paused)


def came_from(connection: Connection, source: DeclaredSource, upload_id: uuid.UUID) -> None:
    """Keep with a file where it was taken from."""
    connection.execute(text(query("pulls.came_from")), {"source": source.id, "upload": upload_id})


def settled(
    connection: Connection, source: DeclaredSource, marker: Mapping[str, str], upload_id: uuid.UUID | None
) -> None:
    """It answered: with a file, or with what is here already."""
    _upsert(connection, source, "pulls.settled", marker=json.dumps(dict(marker)), upload=upload_id)


def failed(connection: Connection, source: DeclaredSource, failure: Mapping[str, Any]) -> int:
    """Returns how often in a row."""
    return int(_upsert(connection, source, "pulls.failed", failure=json.dumps(failure, ensure_ascii=False)))


def published(connection: Connection, layer_id: str, district_id: int) -> int:
    """So many features of the district are in the pool."""
    known = {"layer": layer_id, "district": district_id}
    return int(connection.execute(text(query("pulls.published")), known).scalar_one())


def system_before(connection: Connection, upload_id: uuid.UUID) -> str | None:
    """The system in which the same source's last usable file was read; None for files that people sent."""
    found: str | None = connection.execute(
        text(query("pulls.system_before")), {"upload": upload_id}
    ).scalar_one_or_none()
    return found


def _upsert(connection: Connection, source: DeclaredSource, name: str, **values: Any) -> Any:
    about = {"id": source.id, "district": source.district, **values}
    connection.execute(text(query("pulls.begin")), about)
    return connection.execute(text(query(name)), about).scalar_one()

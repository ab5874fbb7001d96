"""What a profile says of a source: whose it is, where it is, when it is looked at, how what it gives is read."""

import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any
from zoneinfo import ZoneInfo

from croniter import croniter

from layers.core.declared_crs import DeclaredCrs, NotACrs

SIGN_INS = ("none", "bearer", "basic")
_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")


class BadSource(Exception):
    """What the profile says of a source cannot be."""


@dataclass(frozen=True)
class DeclaredSource:
    """One address of one district's layer."""

    id: str
    district: int
    layer: str
    kind: str
    """A file of importers/sources/."""
    address: str
    cron: str
    """In the profile's time zone."""
    whole_state: bool = False
    """What it no longer holds ends; else only what it holds is new."""
    layer_there: str | None = None
    """Its name at the source: a feature type, a table, a layer of the file."""
    crs: str | None = None
    """The system to ask for, or in which the file is, as a sender writes it."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Header -> field, as a sender says it."""
    sign_in: str = "none"
    """How the secret is shown, where the source wants one."""
    most_missing: float = 0.1
    """A whole state that lacks more of what is published than this share is stopped."""
    submits: bool = False
    """What nothing speaks against goes to the department without anybody of the district looking at it."""

    @property
    def declared_crs(self) -> DeclaredCrs | None:
        """None where the source says it itself."""
        return DeclaredCrs.parse_optional(self.crs)

    def due_after(self, moment: datetime.datetime, timezone: str) -> datetime.datetime:
        """When it is looked at next."""
        found: datetime.datetime = croniter(self.cron, moment.astimezone(ZoneInfo(timezone))).get_next(
            datetime.datetime
        )
        return found


def parse_sources(tables: Sequence[Mapping[str, Any]], districts: Collection[int]) -> tuple[DeclaredSource, ...]:
    """The profile's tables `sources`. Raises BadSource."""
    sources = tuple(_source(table, districts) for table in tables)
    if len({source.id for source in sources}) != len(sources):
        raise BadSource("Two sources have the same id.")
    return sources


def _source(table: Mapping[str, Any], districts: Collection[int]) -> DeclaredSource:
    called = f"sources {table.get('id', '?')}"
    known = {part.name for part in fields(DeclaredSource)}
    if unknown := sorted(table.keys() - known):
        raise BadSource(f"{called}: nothing is known of {', '.join(unknown)}; there are {', '.join(sorted(known))}.")
    if missing := [name for name in ("id", "district", "layer", "kind", "address", "cron") if name not in table]:
        raise BadSource(f"{called} does not say {', '.join(missing)}.")
    source = DeclaredSource(**table)
    if not _ID.fullmatch(source.id):
        raise BadSource(f"{called}: an id is of small letters, digits and hyphens.")
    if source.district not in districts:
        raise BadSource(f"{called}: there is no district {source.district}.")
    if not croniter.is_valid(source.cron):
        raise BadSource(f"{called}: {source.cron!r} is no time as cron writes it, such as “30 2 * * *”.")
    if source.sign_in not in SIGN_INS:
        raise BadSource(f"{called}: sign_in is one of {', '.join(SIGN_INS)}.")
    if not 0 <= source.most_missing <= 1:
        raise BadSource(f"{called}: most_missing is a share from 0 to 1.")
    try:
        _system = source.declared_crs
    except NotACrs as cause:
        raise BadSource(f"{called}: crs {source.crs!r} is no coordinate system, such as “4326”.") from cause
    return source

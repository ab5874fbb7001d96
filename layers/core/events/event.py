"""One publish: when, whose, which layers it touched, how and where."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, text

from sql import query


@dataclass(frozen=True)
class Touched:
    """What a publish did to one layer."""

    layer_id: str
    added: int
    modified: int
    removed: int
    bbox: tuple[float, float, float, float] | None
    """West, south, east, north in degrees; None where nobody noted it."""


@dataclass(frozen=True)
class Event:
    """A publish as it is told."""

    epoch: int
    published_at: datetime.datetime
    changeset_id: int | None
    district_id: int | None
    """None where several districts published together."""
    touched: tuple[Touched, ...]
    """By layer."""


def events_after(connection: Connection, epoch: int, limit: int) -> tuple[Event, ...]:
    """The next ones, oldest first."""
    return tuple(map(_event, connection.execute(text(query("events.after")), {"epoch": epoch, "limit": limit})))


def events_before(connection: Connection, epoch: int, limit: int) -> tuple[Event, ...]:
    """The ones before, newest first."""
    return tuple(map(_event, connection.execute(text(query("events.before")), {"epoch": epoch, "limit": limit})))


def _event(row: Row[Any]) -> Event:
    return Event(row.epoch, row.published_at, row.changeset_id, row.district_id, _touched(row.summary))


def _touched(summary: Mapping[str, Any]) -> tuple[Touched, ...]:
    """A file is of one layer, edits may be of several; what is loaded as a whole is of many, and all of it is new."""
    extents = summary.get("extent", {})
    if "layers" in summary:
        counts = {layer: (n["inserted"], n["updated"], n["retired"]) for layer, n in sorted(summary["layers"].items())}
    elif "layer" in summary:
        counts = {summary["layer"]: (summary["inserted"], summary["updated"], summary["retired"])}
    else:
        counts = {layer: (number, 0, 0) for layer, number in sorted(summary["inserted"].items())}
    return tuple(Touched(layer, *numbers, _box(extents.get(layer))) for layer, numbers in counts.items())


def _box(sides: list[float] | None) -> tuple[float, float, float, float] | None:
    return None if sides is None else (sides[0], sides[1], sides[2], sides[3])

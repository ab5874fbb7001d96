"""What the pool and a file both changed, and the side that a person takes."""

import datetime
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, text

from layers.core import inbox
from layers.core.inbox_views import LonLat, place
from layers.core.rows import execute_rows
from layers.core.store import Actor
from sql import query

SIDES = ("ours", "theirs")
SHAPE, FEATURE = "geom", "feature"
"""Parts of a feature beside its fields: its shape, and whether there is such a feature at all."""


class NothingToChoose(Exception):
    """None of these conflicts is there; the file may have been checked anew."""


@dataclass(frozen=True)
class Side:
    """A part of a feature as one side has it."""

    value: Any
    """Of a field its value, of a whole feature all of them; None where there is nothing."""
    shape: Mapping[str, Any] | None
    """GeoJSON in degrees."""
    path: str | None
    """SVG, in metres from the north-west corner of all sides."""
    area_m2: float | None


@dataclass(frozen=True)
class Conflict:
    """One part of one feature on its three sides."""

    id: int
    line: int | None
    ref: str
    part: str
    base_epoch: int
    base: Side
    ours: Side
    theirs: Side
    choice: str | None
    decided_by: str | None
    decided_at: datetime.datetime | None
    width: float
    height: float
    place: LonLat | None

    @property
    def view_box(self) -> str:
        """All sides with a tenth of air around them."""
        air = max(self.width, self.height, 1) / 10
        return " ".join(f"{side:.2f}" for side in (-air, -air, self.width + 2 * air, self.height + 2 * air))


@dataclass(frozen=True)
class ConflictTally:
    """How many there are, and how many of them wait."""

    all: int
    undecided: int


def conflicts(
    connection: Connection, upload_id: uuid.UUID, *, after: int = 0, limit: int = 100
) -> tuple[Conflict, ...]:
    """Those of one feature beside one another, in the order of their numbers from the one behind `after`."""
    asked = {"upload": upload_id, "after": after, "limit": limit}
    return tuple(_conflict(row) for row in connection.execute(text(query("conflicts.page")), asked))


def tally_of_conflicts(connection: Connection, upload_id: uuid.UUID) -> ConflictTally:
    """Of a file."""
    row = connection.execute(text(query("conflicts.tally")), {"upload": upload_id}).one()
    return ConflictTally(row.n, row.undecided)


def choose(connection: Connection, actor: Actor, upload_id: uuid.UUID, choices: Mapping[int, str]) -> int:
    """Take a side for each of these conflicts; the file is checked again with that. Returns how many.

    Raises NothingToChoose, inbox.AlreadyUnderReview, inbox.UnknownUpload.
    """
    inbox.upload(connection, upload_id)
    inbox.refuse_under_review(connection, upload_id)
    rows = [(number, side, actor.account_id, upload_id) for number, side in sorted(choices.items()) if side in SIDES]
    chosen = len(execute_rows(connection, query("conflicts.choose"), rows))
    return _checked_again(connection, upload_id, chosen)


def choose_all(connection: Connection, actor: Actor, upload_id: uuid.UUID, side: str) -> int:
    """Take one side for all that wait. Returns how many; raises as choose."""
    inbox.upload(connection, upload_id)
    inbox.refuse_under_review(connection, upload_id)
    asked = {"upload": upload_id, "side": side, "account": actor.account_id}
    chosen = len(connection.execute(text(query("conflicts.choose_all")), asked).all())
    return _checked_again(connection, upload_id, chosen)


def _checked_again(connection: Connection, upload_id: uuid.UUID, chosen: int) -> int:
    if not chosen:
        raise NothingToChoose
    inbox.recheck(connection, upload_id)
    return chosen


def _conflict(row: Row[Any]) -> Conflict:
    return Conflict(
        id=row.id,
        line=row.line,
        ref=row.ref,
        part=row.part,
        base_epoch=row.base_epoch,
        base=_side(row, "base"),
        ours=_side(row, "ours"),
        theirs=_side(row, "theirs"),
        choice=row.choice,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        width=row.width or 0.0,
        height=row.height or 0.0,
        place=place(row),
    )


def _side(row: Row[Any], side: str) -> Side:
    shape = getattr(row, f"shape_{side}")
    return Side(
        value=getattr(row, side),
        shape=json.loads(shape) if shape else None,
        path=getattr(row, f"path_{side}"),
        area_m2=getattr(row, f"area_{side}"),
    )

"""The scoreboard of districts, and the lists behind its numbers."""

import datetime
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, text

from layers.core.inbox_views import LonLat, place
from sql import query


@dataclass(frozen=True)
class Score:
    """How one district stands."""

    district_id: int
    features: int
    faulty: int
    """Parcels with an invalid shape, or on ground that another claims."""
    covered_m2: float
    district_m2: float | None
    """None while the district's border is not published."""
    last_publish_at: datetime.datetime | None
    open_findings: int
    """Refusals and warnings in the newest files that are not published."""
    waiting: int
    review_hours: float | None
    """The middle one of the last 90 days, from submission to decision."""
    gaps: int
    overlaps: int
    debt_m2: float
    """Ground along shared borders that belongs to nobody or to two."""

    @property
    def validity(self) -> float | None:
        """The share of parcels without a fault."""
        return 1 - self.faulty / self.features if self.features else None

    @property
    def coverage(self) -> float | None:
        """The share of the district's ground that its parcels cover; streets belong to the rest."""
        return self.covered_m2 / self.district_m2 if self.district_m2 else None


@dataclass(frozen=True)
class BoardState:
    """Up to which publish faults are counted."""

    epoch: int
    at: datetime.datetime
    newest: int

    @property
    def is_current(self) -> bool:
        """Nothing was published since."""
        return self.epoch == self.newest


@dataclass(frozen=True)
class Fault:
    """Ground that belongs to nobody or to two, or a shape that cannot be; along a border a task for both sides."""

    kind: str
    district_id: int
    other_district_id: int
    uid: uuid.UUID
    other_uid: uuid.UUID
    ref: str
    other_ref: str
    area_m2: float
    place: LonLat | None
    shape: Mapping[str, Any] | None
    line: Mapping[str, Any] | None
    """The proposed border, as GeoJSON in degrees like the shape."""
    width: float
    height: float
    path: str | None
    line_path: str | None

    @property
    def view_box(self) -> str:
        """All of it with a tenth of air around it."""
        air = max(self.width, self.height, 1) / 10
        return " ".join(f"{side:.2f}" for side in (-air, -air, self.width + 2 * air, self.height + 2 * air))


def scoreboard(connection: Connection, districts: Iterable[int]) -> tuple[Score, ...]:
    """Every district asked for, also those that never published anything."""
    rows = connection.execute(text(query("scores.board")), {"districts": list(districts)})
    return tuple(Score(**row._mapping) for row in rows)


def state_of_board(connection: Connection) -> BoardState:
    """Everything but the faults is as of now."""
    return BoardState(**connection.execute(text(query("scores.state"))).one()._mapping)


def faults(
    connection: Connection, district_id: int, *, is_shared: bool, limit: int = 100, skipped: int = 0
) -> tuple[Fault, ...]:
    """Within a district, or along its borders; the largest first."""
    asked = {"district": district_id, "is_shared": is_shared, "limit": limit, "skipped": skipped}
    return tuple(_fault(row) for row in connection.execute(text(query("scores.faults")), asked))


def _fault(row: Row[Any]) -> Fault:
    told = {name: value for name, value in row._mapping.items() if name not in ("lon", "lat", "shape", "line")}
    shape = json.loads(row.shape) if row.shape else None
    line = json.loads(row.line) if row.line else None
    sizes = {"width": row.width or 0.0, "height": row.height or 0.0}
    return Fault(**{**told, **sizes, "place": place(row), "shape": shape, "line": line})

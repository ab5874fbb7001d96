"""All findings of a file one after the other, for a report to take along."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.core.profile import Profile
from sql import query

AT_ONCE = 1_000


@dataclass(frozen=True)
class FindingRow:
    """A finding with its shape in the storage CRS."""

    rule: str
    severity: str
    line: int | None
    ref: str | None
    sentence: str
    is_exact: bool
    """False where the shape is that of the whole record."""
    x: float | None
    y: float | None
    dimension: int | None
    """Of the shape: 0 points, 1 lines, 2 areas; None where there is none."""
    wkb: bytes | None
    """Of several parts, all of that dimension."""


@dataclass(frozen=True)
class Stroke:
    """One drawn thing of a sketch: an SVG path in metres from its north-west corner."""

    kind: str
    """record, or the severity of a finding."""
    path: str


@dataclass(frozen=True)
class FindingSketch:
    """Where the findings lie, north on top."""

    west: float
    north: float
    width_m: float
    height_m: float
    strokes: tuple[Stroke, ...]

    @property
    def scale_m(self) -> int:
        """A round length of at most a quarter of the width, for the scale bar."""
        rounds = (factor * 10**power for power in range(6) for factor in (1, 2, 5))
        return max((length for length in rounds if length <= self.width_m / 4), default=1)


def finding_rows(connection: Connection, upload_id: uuid.UUID, language: str) -> Iterator[FindingRow]:
    """Worst first, then in the order of the file; few of them in memory at a time."""
    rows = connection.execute(
        text(query("finding_rows.all_of_upload")),
        {"upload": upload_id, "language": language},
        execution_options={"yield_per": AT_ONCE},
    )
    for row in rows:
        yield FindingRow(**{**row._mapping, "wkb": None if row.wkb is None else bytes(row.wkb)})


def finding_sketch(connection: Connection, upload_id: uuid.UUID, profile: Profile) -> FindingSketch | None:
    """The findings within the profile's region over the file's own shapes; None where none has a place there."""
    region = profile.envelope
    asked = {
        "upload": upload_id,
        "west": region.west,
        "south": region.south,
        "east": region.east,
        "north": region.north,
        "srid": profile.storage_srid,
    }
    rows = connection.execute(text(query("finding_rows.sketch")), asked).all()
    if not rows:
        return None
    first = rows[0]
    strokes = tuple(Stroke(row.kind, row.path) for row in rows)
    return FindingSketch(first.west, first.north, first.width, first.height, strokes)

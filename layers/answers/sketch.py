"""A small drawing of a parcel among its neighbours and the zones it lies in."""

import uuid
from dataclasses import dataclass

from sqlalchemy import Connection, text

from sql import query


@dataclass(frozen=True)
class Outline:
    """One drawn thing: an SVG path in metres from the north-west corner of the sketch."""

    kind: str
    """zone, neighbour or subject."""
    key: str
    """The use of a zone."""
    path: str


@dataclass(frozen=True)
class Sketch:
    """Outlines from the ground up, north on top."""

    width_m: float
    height_m: float
    outlines: tuple[Outline, ...]

    @property
    def view_box(self) -> str:
        """The whole sketch."""
        return f"0 0 {self.width_m:.2f} {self.height_m:.2f}"

    @property
    def uses(self) -> tuple[str, ...]:
        """The uses of the zones drawn, each once."""
        return tuple(sorted({outline.key for outline in self.outlines if outline.kind == "zone"}))

    @property
    def scale_m(self) -> int:
        """A round length of about a quarter of the width, for the scale bar."""
        wanted = self.width_m / 4
        return max((length for length in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if length <= wanted), default=1)


def sketch_of(connection: Connection, parcel_uid: uuid.UUID) -> Sketch | None:
    """The published state; None where there is no such parcel."""
    rows = connection.execute(text(query("sketch.around_parcel")), {"uid": parcel_uid}).all()
    if not rows:
        return None
    return Sketch(rows[0].width, rows[0].height, tuple(Outline(row.kind, row.key, row.path) for row in rows))

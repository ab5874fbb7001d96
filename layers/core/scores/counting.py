"""Looking for faults where publishes have touched the ground since the last count; everywhere at the first."""

from dataclasses import dataclass

import shapely
from sqlalchemy import Connection, text

from layers.core.epochs import current_epoch
from layers.core.rows import execute_rows
from layers.core.scores.middle import middle_line
from sql import query

REACH_M = 1.0
"""Uncovered ground between two districts up to so wide is a gap; wider, it may be a street."""
OVERLAP_M2 = 0.5
GAP_M2 = 1.0
"""As for the covering of a file: smaller ones are a boundary drawn twice."""


@dataclass(frozen=True)
class Counted:
    """From which publish to which, and on how many parcels."""

    since: int
    epoch: int
    parcels: int


def count_faults(connection: Connection) -> Counted | None:
    """Bring the faults up to the newest publish; None where they are."""
    since = int(connection.execute(text(query("scores.counted"))).one().epoch)
    epoch = current_epoch(connection)
    if epoch == since:
        return None
    about = {"since": since, "reach": REACH_M, "overlap": OVERLAP_M2, "gap": GAP_M2}
    connection.execute(text(query("scores.affected" if since else "scores.all_affected")), about if since else {})
    connection.execute(text(query("scores.index_affected")))
    parcels = connection.execute(text("SELECT count(*) FROM affected")).scalar_one()
    for name in ("forget", "find_shapes", "find_overlaps", "find_gaps"):
        connection.execute(text(query(f"scores.{name}")), about)
    _propose_lines(connection)
    connection.execute(text(query("scores.drop_affected")))
    connection.execute(text(query("scores.keep_counted")), {"epoch": epoch})
    return Counted(since, epoch, int(parcels))


def _propose_lines(connection: Connection) -> None:
    lines = [
        (row.kind, row.uid, row.other_uid, line.wkt)
        for row in connection.execute(text(query("scores.without_line"))).all()
        if (line := middle_line(*(shapely.from_wkb(bytes(wkb)) for wkb in (row.fault, row.one, row.other)))) is not None
    ]
    if lines:
        execute_rows(connection, query("scores.propose_line"), lines)

"""The questions that rules ask about all records at once, answered by the workbench tables."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, text

from importers.deadline import Deadline, TookTooLong
from importers.fabric import AT_ONCE, Fabric, woven
from importers.rule import LackingCorner, NearMiss, Overlap, Rival, Uncovered
from importers.shapes import read_back
from importers.snapping import misses, snapped
from layers.core.limits import Limits
from sql import query


@dataclass(frozen=True)
class Workbench:
    """Implements importers.rule.SideBySide on the tables that one check has made."""

    connection: Connection
    district_id: int
    limits: Limits
    repeats_pool: bool = False
    """The file was taken from the pool: of areas that it leaves as they are the pool's own lists of faults tell."""
    _known: list[Fabric | None] = field(default_factory=list)

    def repeated_refs(self) -> Iterator[Rival]:
        """Lines that share a ref with another line."""
        for row in self._rows("checks.repeated_refs"):
            yield Rival(row.line, row.ref, other_line=row.other_line)

    def foreign_refs(self) -> Iterator[Rival]:
        """Lines whose ref is another district's."""
        for row in self._rows("checks.foreign_refs", district=self.district_id):
            yield Rival(row.line, row.ref, other_district_id=row.district_id)

    def overlaps(self, deadline: Deadline) -> Iterator[Overlap]:
        """From the side of each record that is new or reshaped; of old ones once."""
        yield from self._fabric(deadline).overlaps()

    def gaps(self, deadline: Deadline) -> Iterator[Uncovered]:
        """Each once."""
        yield from self._fabric(deadline).gaps()

    def lacking_corners(self, deadline: Deadline) -> Iterator[LackingCorner]:
        """Each once."""
        yield from self._fabric(deadline).lacking_corners()

    def near_misses(self, deadline: Deadline) -> Iterator[NearMiss]:
        """In the order of the file; no more are mended than findings are kept."""
        within_m = self.limits.snap_m
        neighbours = list(self._rows("checks.staying_neighbours", within_m=within_m))
        reshaped = list(self._rows("checks.reshaped_near", within_m=within_m)) if neighbours else []
        if not reshaped:
            return
        deadline.watch()
        shapes, before = (read_back(getattr(row, side) for row in reshaped) for side in ("geom", "geom_before"))
        told = misses(shapes, before, read_back(row.geom for row in neighbours), within_m)
        for number, found in enumerate(told):
            deadline.watch()
            row = reshaped[found.shape]
            yield NearMiss(
                line=row.line,
                ref=row.ref,
                neighbours=tuple(sorted({neighbours[one].ref for one in found.neighbours})),
                count=len(found.corners),
                furthest_m=found.furthest_m,
                place=found.place,
                repaired=snapped(shapes[found.shape], found) if number < self.limits.findings_kept else None,
            )

    def _fabric(self, deadline: Deadline) -> Fabric:
        """Worked out once for all rules; what took too long for one is not tried again by the next."""
        if not self._known:
            self._known.append(None)
            name = "checks.fabric_of_changes" if self.repeats_pool else "checks.fabric"
            self._known[0] = woven(self._streamed(name), self.limits, deadline)
        fabric = self._known[0]
        if fabric is None:
            raise TookTooLong
        return fabric

    def _streamed(self, name: str) -> Iterator[Row[Any]]:
        yield from self.connection.execute(text(query(name)), execution_options={"yield_per": AT_ONCE})

    def _rows(self, name: str, **values: Any) -> Iterator[Row[Any]]:
        yield from self.connection.execute(text(query(name)), values).all()

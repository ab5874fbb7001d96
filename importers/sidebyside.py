"""The questions that rules ask about all records at once, answered by the workbench tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import shapely
from sqlalchemy import Connection, Row, text

from importers.diff import OVERLAP_M2, SLIVER_M
from importers.rule import Overlap, Rival
from layers.core.layer import Layer
from sql import query


@dataclass(frozen=True)
class Workbench:
    """Implements importers.rule.SideBySide on the tables that one check has made."""

    connection: Connection
    layer: Layer
    district_id: int

    def repeated_refs(self) -> Iterator[Rival]:
        """Lines that share a ref with another line."""
        for row in self._rows("checks.repeated_refs"):
            yield Rival(row.line, row.ref, other_line=row.other_line)

    def foreign_refs(self) -> Iterator[Rival]:
        """Lines whose ref is another district's."""
        for row in self._rows("checks.foreign_refs", district=self.district_id):
            yield Rival(row.line, row.ref, other_district_id=row.district_id)

    def overlaps_within_file(self) -> Iterator[Overlap]:
        """From the side of each record that is new or reshaped."""
        if not self.layer.is_exclusive:
            return
        suspects = self._suspects()
        for row in self._rows(
            "checks.overlaps_within_file", suspects=suspects, tolerance_m2=OVERLAP_M2, width_m=SLIVER_M
        ):
            place = shapely.from_wkb(bytes(row.geom))
            if row.is_reshaped:
                yield Overlap(row.line, row.ref, row.other_line, row.other_ref, row.area, place)
            if row.is_other_reshaped:
                yield Overlap(row.other_line, row.other_ref, row.line, row.ref, row.area, place)

    def overlaps_with_published(self) -> Iterator[Overlap]:
        """New or reshaped records over published features that stay as they are."""
        if not self.layer.is_exclusive:
            return
        for row in self._rows("checks.overlaps_with_published", tolerance_m2=OVERLAP_M2, width_m=SLIVER_M):
            yield Overlap(row.line, row.ref, None, row.other_ref, row.area, shapely.from_wkb(bytes(row.geom)))

    def _suspects(self) -> list[int]:
        """Lines whose outline does not fit its neighbours: one pass tells, instead of comparing all pairs."""
        rows = list(self._rows("checks.beside_reshaped"))
        shapes = shapely.from_wkb([bytes(row.geom) for row in rows])
        misfits = shapely.coverage_invalid_edges(shapes)
        return [row.line for row, misfit in zip(rows, misfits, strict=True) if not misfit.is_empty]

    def _rows(self, name: str, **values: Any) -> Iterator[Row[Any]]:
        yield from self.connection.execute(text(query(name)), values).all()

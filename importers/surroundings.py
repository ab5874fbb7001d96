"""The questions of importers.nearby, answered from the workbench tables and what is published."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import shapely
from sqlalchemy import Connection, Row, text

from importers.nearby import Crossing, Door, LooseEnd, Namesake, Narrowing, Overhang, Plot
from sql import query


@dataclass(frozen=True)
class Surroundings:
    """Implements importers.nearby.Nearby."""

    connection: Connection
    district_id: int

    def namesakes(self) -> Iterator[Namesake]:
        """Records that are new or have a new number, whose number another feature has as well."""
        for row in self._rows("nearby.namesakes", district=self.district_id):
            yield Namesake(**row._mapping)

    def plots(self) -> Iterator[Plot]:
        """New or reshaped parcels with the zone in force under their middle."""
        for row in self._rows("nearby.plots"):
            said = dict(row._mapping)
            shape, zone = _shape(said.pop("geom")), _shape(said.pop("zone"))
            said |= {name: _number(said[name]) for name in ("storeys", "setback_front_m", "setback_side_m")}
            zoned = shapely.intersection(shape, zone).area / shape.area if zone.is_valid else 0.0
            yield Plot(shape=shape, zoned_share=zoned, **said)

    def loose_ends(self, joint_m: float, gap_m: float) -> Iterator[LooseEnd]:
        """Ends of new or reshaped lines that lie between the two distances from another line."""
        for row in self._rows("nearby.loose_ends", joint_m=joint_m, gap_m=gap_m):
            yield LooseEnd(row.line, row.ref, row.other_line, row.other_ref, _shape(row.gap))

    def crossings(self, joint_m: float, passing_m: float) -> Iterator[Crossing]:
        """Where a new or reshaped line crosses another of about the same depth without a joint."""
        for row in self._rows("nearby.crossings", joint_m=joint_m, passing_m=passing_m):
            yield Crossing(row.line, row.ref, row.other_line, row.other_ref, _shape(row.place), row.depth_known)

    def narrowings(self, joint_m: float, *, slope_along_line: bool) -> Iterator[Narrowing]:
        """Joints of pipes with a known slope at which the diameter shrinks downstream."""
        for row in self._rows("nearby.narrowings", joint_m=joint_m, along=slope_along_line):
            said = dict(row._mapping)
            yield Narrowing(place=_shape(said.pop("place")), **said)

    def doors(self) -> Iterator[Door]:
        """New or changed addresses whose street is published under that name."""
        for row in self._rows("nearby.doors", district=self.district_id):
            said = dict(row._mapping)
            yield Door(to_street=_shape(said.pop("to_street")), **said)

    def overhangs(self) -> Iterator[Overhang]:
        """New or changed buildings that reach out of their own parcel."""
        for row in self._rows("nearby.overhangs", district=self.district_id):
            said = dict(row._mapping)
            yield Overhang(outside=_shape(said.pop("outside")), **said)

    def _rows(self, name: str, **values: Any) -> Iterator[Row[Any]]:
        yield from self.connection.execute(text(query(name)), values).all()


def _shape(stored: Any) -> Any:
    return shapely.from_wkb(bytes(stored))


def _number(stored: Any) -> float | None:
    return None if stored is None else float(stored)

"""What rules may ask about the surroundings of a file's records: pipes, streets, zones, numbers of neighbours."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class Namesake:
    """Another feature with the same number in the same cadastral neighbourhood."""

    line: int
    ref: str | None
    block_no: str
    parcel_no: str
    neighbourhood: str | None
    other_line: int | None
    other_ref: str | None


@dataclass(frozen=True)
class Plot:
    """A new or reshaped parcel and what the zone under it says."""

    line: int
    ref: str | None
    shape: BaseGeometry
    zone_ref: str
    zoned_share: float
    """Of the parcel's area that lies in the zone."""
    use_key: str
    building_order: str | None
    storeys: float | None
    setback_front_m: float | None
    setback_side_m: float | None
    says_otherwise: bool
    """True where the zone gives a smallest parcel, or conditions in words."""


@dataclass(frozen=True)
class LooseEnd:
    """An end near another line, but not on it."""

    line: int
    ref: str | None
    other_line: int | None
    other_ref: str | None
    gap: BaseGeometry
    """From the end to the nearest point of the other line."""


@dataclass(frozen=True)
class Crossing:
    """Two lines that cross where neither ends."""

    line: int
    ref: str | None
    other_line: int | None
    other_ref: str | None
    place: BaseGeometry
    depth_known: bool
    """True where both depths are known, and hardly differ."""


@dataclass(frozen=True)
class Narrowing:
    """A wider pipe that flows into a narrower one."""

    line: int
    ref: str | None
    other_line: int | None
    other_ref: str | None
    upper_mm: float
    lower_mm: float
    place: BaseGeometry


@dataclass(frozen=True)
class Door:
    """An address and the street it names."""

    line: int
    ref: str | None
    street: str
    to_street: BaseGeometry
    """The shortest way to the street's centre line."""
    number: int | None
    same_side: int
    """Other doors of the street on the same side that have a number."""
    same_side_odd: int
    """Those of them with an odd number."""


@dataclass(frozen=True)
class Overhang:
    """The part of a building outside the parcel that it names."""

    line: int
    ref: str | None
    parcel_ref: str
    outside: BaseGeometry
    share: float


class Nearby(Protocol):
    """The pipeline answers from the workbench tables and what is published."""

    def namesakes(self) -> Iterable[Namesake]:
        """Records that are new or have a new number, whose number another feature has as well."""

    def plots(self) -> Iterable[Plot]:
        """New or reshaped parcels with the zone in force under their middle."""

    def loose_ends(self, joint_m: float, gap_m: float) -> Iterable[LooseEnd]:
        """Ends of new or reshaped lines that lie between the two distances from another line."""

    def crossings(self, joint_m: float, passing_m: float) -> Iterable[Crossing]:
        """Where a new or reshaped line crosses another of about the same depth without a joint."""

    def narrowings(self, joint_m: float, *, slope_along_line: bool) -> Iterable[Narrowing]:
        """Joints of pipes with a known slope at which the diameter shrinks downstream."""

    def doors(self) -> Iterable[Door]:
        """New or changed addresses whose street is published under that name nearby."""

    def overhangs(self) -> Iterable[Overhang]:
        """New or reshaped buildings that reach out of their own parcel."""

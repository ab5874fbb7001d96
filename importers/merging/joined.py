"""What came of joining a file with what the pool has changed since the file was taken."""

from dataclasses import dataclass
from uuid import UUID

from importers.merging.three_way import Sides


@dataclass(frozen=True)
class Base:
    """The publish up to which the sender knows the pool."""

    epoch: int
    is_said: bool = False
    """The file says so itself; else it is the district's last accepted state."""
    undone: tuple[int, ...] = ()
    """Changesets of the layer that the sender knows as published, and that were undone since."""


@dataclass(frozen=True)
class Conflict:
    """One feature with the parts in which the pool and the file went apart."""

    uid: UUID
    ref: str
    line: int | None
    """None where the file no longer holds it."""
    ours_version: int | None
    """None where it has ended in the pool."""
    sides: Sides
    parts: tuple[str, ...]
    is_decided: bool


@dataclass(frozen=True)
class Joined:
    """What became of the features that the pool has changed since."""

    base: Base
    kept: int = 0
    """Features that go on, or stay ended, as the pool has them: the file still says what it said then."""
    both: int = 0
    """Features of which the pool has changed one part and the file another."""
    left: int = 0
    """Records of features that have ended, which nothing becomes of."""
    conflicts: tuple[Conflict, ...] = ()

    @property
    def undecided(self) -> tuple[Conflict, ...]:
        """Those that wait for a person."""
        return tuple(conflict for conflict in self.conflicts if not conflict.is_decided)


JOINED_WITH_NOTHING = Joined(Base(2**62))
"""Of who speaks of the pool as it is now."""

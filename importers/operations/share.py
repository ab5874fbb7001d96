"""The ground that a published feature and a record of the file have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

RELATED_BOTH_WAYS = 0.05
RELATED_ONE_WAY = 0.9
GOES_ON_ONE_WAY = 0.01
"""Of a boundary between two features that both go on: less is a boundary drawn a little differently."""


@dataclass(frozen=True)
class Share:
    """One parent, one child, and what they share; all shares of one feature tell the same of it."""

    parent_uid: UUID
    parent_ref: str
    parent_area: float
    parent_length: float
    parent_attributes: Mapping[str, Any]
    is_kept: bool
    """True where the file goes on with the parent's ref, in another shape."""
    child_line: int
    child_uid: UUID
    child_ref: str | None
    is_new: bool
    child_area: float
    child_parts: int
    area: float

    @property
    def is_of_itself(self) -> bool:
        """A feature before and after."""
        return self.parent_uid == self.child_uid

    @property
    def is_related(self) -> bool:
        """Enough to say that one came from the other, or that two kept features have moved their boundary."""
        of_parent, of_child = self.area / self.parent_area, self.area / self.child_area
        if self.is_of_itself or max(of_parent, of_child) > RELATED_ONE_WAY:
            return True
        least = GOES_ON_ONE_WAY if self.is_kept and not self.is_new else RELATED_BOTH_WAYS
        return min(of_parent, of_child) > least

"""Parents and children that belong together, and how much ground they have before and after."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from importers.operations.share import Share

DRAWN_WITHIN_M = 0.03
"""How far an outline may be drawn beside where it was and still be the same; along its whole length."""
ALWAYS_M2 = 0.5


@dataclass(frozen=True)
class Group:
    """Shares that are connected by way of any number of others."""

    shares: tuple[Share, ...]

    @cached_property
    def parents(self) -> dict[UUID, Share]:
        """Each with one of its shares."""
        return {share.parent_uid: share for share in reversed(self.shares)}

    @cached_property
    def children(self) -> dict[UUID, Share]:
        """Each with one of its shares."""
        return {share.child_uid: share for share in reversed(self.shares)}

    @property
    def lines(self) -> frozenset[int]:
        """The records it consists of."""
        return frozenset(share.child_line for share in self.shares)

    @property
    def only_goes_on(self) -> bool:
        """No feature is new, none ends."""
        return self.parents.keys() == self.children.keys()

    @cached_property
    def parents_m2(self) -> float:
        """Ground before."""
        return sum(share.parent_area for share in self.parents.values())

    @cached_property
    def children_m2(self) -> float:
        """Ground after."""
        return sum(share.child_area for share in self.children.values())

    @cached_property
    def common_m2(self) -> float:
        """Ground before and after."""
        return sum(share.area for share in self.shares)

    @property
    def lost_m2(self) -> float:
        """Ground of parents that no child takes over."""
        return max(0.0, self.parents_m2 - self.common_m2)

    @property
    def gained_m2(self) -> float:
        """Ground of children that no parent had."""
        return max(0.0, self.children_m2 - self.common_m2)

    @cached_property
    def drawn_within_m2(self) -> float:
        """Less is the same outline, drawn by another hand."""
        length_m = sum(share.parent_length for share in self.parents.values())
        return max(ALWAYS_M2, DRAWN_WITHIN_M * length_m)

    @property
    def loses(self) -> bool:
        """More than drawing explains."""
        return self.lost_m2 > self.drawn_within_m2

    @property
    def gains(self) -> bool:
        """More than drawing explains."""
        return self.gained_m2 > self.drawn_within_m2


def groups_of(shares: Iterable[Share]) -> list[Group]:
    """What is related belongs together; ground that members of one group share is counted with it."""
    told = list(shares)
    leader: dict[UUID, UUID] = {}

    def lead(uid: UUID) -> UUID:
        while leader.setdefault(uid, uid) != uid:
            leader[uid] = leader[leader[uid]]
            uid = leader[uid]
        return uid

    for share in told:
        if share.is_related:
            leader[lead(share.child_uid)] = lead(share.parent_uid)
    groups: dict[UUID, list[Share]] = {}
    for share in told:
        if lead(share.parent_uid) == lead(share.child_uid):
            groups.setdefault(lead(share.parent_uid), []).append(share)
    return [Group(tuple(members)) for members in groups.values()]

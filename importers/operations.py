"""Cadastral operations told from shapes: which new features were cut from, or joined out of, which published ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

COVERED = 0.995
"""Share of a parent that its children must cover; the rest is boundary drawn a little differently."""
COVERED_BUT_M2 = 0.5


class OperationKind(StrEnum):
    """As the lineage names it."""

    SUBDIVISION = "subdivision"
    AMALGAMATION = "amalgamation"
    READJUSTMENT = "readjustment"
    RENUMBERING = "renumbering"


@dataclass(frozen=True)
class Share:
    """The ground that a published feature and a record of the file have in common."""

    parent_uid: UUID
    parent_ref: str
    parent_area: float
    is_kept: bool
    """True where the file goes on with the parent's ref, in another shape."""
    child_line: int
    child_uid: UUID
    child_ref: str | None
    is_new: bool
    child_area: float
    area: float


@dataclass(frozen=True)
class Operation:
    """Parents and children that belong together: all of it happens, or nothing."""

    kind: OperationKind
    shares: tuple[Share, ...]

    @property
    def parent_refs(self) -> tuple[str, ...]:
        """What it began with."""
        return tuple(sorted({share.parent_ref for share in self.shares}))

    @property
    def child_refs(self) -> tuple[str, ...]:
        """What came of it."""
        return tuple(sorted({share.child_ref for share in self.shares if share.child_ref}))

    @property
    def lines(self) -> frozenset[int]:
        """The records it consists of."""
        return frozenset(share.child_line for share in self.shares)


def recognise(shares: Iterable[Share], *, is_whole_state: bool) -> tuple[Operation, ...]:
    """The operations among connected shares; what is not covered whole stays an overlap for the rules."""
    operations = (_operation(group, is_whole_state) for group in _connected(list(shares)))
    return tuple(operation for operation in operations if operation is not None)


def _operation(shares: list[Share], is_whole_state: bool) -> Operation | None:
    parents = {share.parent_uid for share in shares}
    children = {share.child_uid for share in shares}
    is_something_new = any(share.is_new for share in shares) or any(not share.is_kept for share in shares)
    if not is_something_new:
        return None
    if not all(_is_covered(uid, shares) for uid in parents):
        return None
    kind = _kind(len(parents), len(children))
    # Without word that the file is the whole state, one new outline over one old is a duplicate, not a new name.
    if kind is OperationKind.RENUMBERING and not is_whole_state:
        return None
    return Operation(kind, tuple(shares))


def _kind(parents: int, children: int) -> OperationKind:
    if parents == 1:
        return OperationKind.RENUMBERING if children == 1 else OperationKind.SUBDIVISION
    return OperationKind.AMALGAMATION if children == 1 else OperationKind.READJUSTMENT


def _is_covered(parent_uid: UUID, shares: list[Share]) -> bool:
    own = [share for share in shares if share.parent_uid == parent_uid]
    covered, whole = sum(share.area for share in own), own[0].parent_area
    return covered >= COVERED * whole or covered >= whole - COVERED_BUT_M2


def _connected(shares: list[Share]) -> list[list[Share]]:
    """Groups that share a parent or a child, by way of any number of others; in the order given."""
    leader: dict[UUID, UUID] = {}

    def lead(uid: UUID) -> UUID:
        while leader.setdefault(uid, uid) != uid:
            leader[uid] = leader[leader[uid]]
            uid = leader[uid]
        return uid

    for share in shares:
        leader[lead(share.child_uid)] = lead(share.parent_uid)
    groups: dict[UUID, list[Share]] = {}
    for share in shares:
        groups.setdefault(lead(share.parent_uid), []).append(share)
    return list(groups.values())

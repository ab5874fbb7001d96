"""Operations told from ground: by how many parents, how many children, and what of their ground is left over."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from importers.operations.declared import declared_of, fits, is_balanced
from importers.operations.group import Group, groups_of
from importers.operations.operation import Balance, Doubt, Operation
from importers.operations.remainder import Remainder
from importers.operations.share import Share
from layers.core.operations import OperationKind

Survey = Callable[[Sequence[Group]], Sequence[Remainder | None]]
"""Looks at the ground that groups leave over, all at once."""
Tolerance = Callable[[Share], float]
"""How far the area of a parent may be off by the regulation, in m²."""
NOBODY: Mapping[int, OperationKind] = MappingProxyType({})


def recognise(
    shares: Iterable[Share],
    survey: Survey,
    tolerance: Tolerance,
    *,
    is_whole_state: bool,
    cession_share: float = 1.0,
    declared: Mapping[int, OperationKind] = NOBODY,
) -> tuple[Operation, ...]:
    """One for each group of related features; what is not clear says why."""
    groups = groups_of(shares)
    losing = [number for number, group in enumerate(groups) if group.loses]
    left = dict(zip(losing, survey([groups[number] for number in losing]), strict=True)) if losing else {}
    judged = []
    for number, group in enumerate(groups):
        limit_m2 = max(group.drawn_within_m2, sum(tolerance(share) for share in group.parents.values()))
        seen = _seen(group, left.get(number), limit_m2, is_whole_state)
        told = _as_declared(group, seen, left.get(number), declared_of(group, declared), cession_share)
        if told is not None:
            judged.append(told)
    return tuple(judged)


def _as_declared(
    group: Group,
    seen: Operation,
    left: Remainder | None,
    declared: tuple[OperationKind, ...],
    cession_share: float,
) -> Operation | None:
    """What the file says of it, where the ground agrees."""
    if not declared:
        # Without a word, one new outline over one old is a duplicate, not a new name.
        return seen if seen.is_holding or len(group.children) > 1 else None
    if len(declared) > 1:
        return replace(seen, declared=declared, doubts=(*seen.doubts, Doubt.SAID_DIFFERENTLY))
    (kind,) = declared
    if not fits(kind, group):
        return replace(seen, declared=declared, doubts=(*seen.doubts, Doubt.SAID_OTHERWISE))
    is_balance_right = is_balanced(kind, seen.balance, left, cession_share)
    doubts = () if is_balance_right else (Doubt.NOT_BALANCED,)
    ceded = seen.balance.lost_m2 if kind in (OperationKind.ROAD_CESSION, OperationKind.ARTICLE18) else 0.0
    balance = replace(seen.balance, ceded_m2=max(seen.balance.ceded_m2, ceded)) if is_balance_right else seen.balance
    return replace(seen, kind=kind, declared=declared, doubts=doubts, is_holding=is_balance_right, balance=balance)


def _seen(group: Group, left: Remainder | None, limit_m2: float, is_whole_state: bool) -> Operation:
    is_ceded = left is not None and left.is_strip_along_a_road
    balance = Balance(
        group.parents_m2,
        group.children_m2,
        lost_m2=group.lost_m2,
        gained_m2=group.gained_m2,
        tolerance_m2=limit_m2,
        ceded_m2=group.lost_m2 if is_ceded else 0.0,
    )
    if group.only_goes_on:
        return _going_on(group, balance, is_ceded)
    doubts = tuple(_doubts(group, is_ceded))
    is_known = is_ceded or not group.loses or is_whole_state
    several = len(group.parents) > 1
    if len(group.children) > 1:
        if not several:
            kind = OperationKind.SUBDIVISION
        elif group.loses and not is_ceded:
            kind = OperationKind.ARTICLE18
        else:
            kind = OperationKind.READJUSTMENT
        return replace(Operation.of(group, kind, balance, *doubts), is_holding=is_known)
    if several:
        return replace(Operation.of(group, OperationKind.AMALGAMATION, balance, *doubts), is_holding=is_known)
    kind = OperationKind.ROAD_CESSION if is_ceded else OperationKind.RENUMBERING
    return replace(Operation.of(group, kind, balance, *doubts), is_holding=is_whole_state)


def _going_on(group: Group, balance: Balance, is_ceded: bool) -> Operation:
    """Every feature is there before and after: its outline changes, and nothing ends."""
    if not group.loses and not group.gains:
        return Operation.of(group, OperationKind.CORRECTION, balance)
    if group.loses and group.gains:
        return Operation.of(group, OperationKind.CORRECTION, balance, Doubt.CHANGED_ON_BOTH_SIDES)
    if group.gains:
        return Operation.of(group, OperationKind.CORRECTION, balance, Doubt.GROUND_IS_WON)
    if not is_ceded:
        return Operation.of(group, OperationKind.CORRECTION, balance, Doubt.GROUND_IS_LOST)
    if len(group.parents) == 1:
        return Operation.of(group, OperationKind.ROAD_CESSION, balance)
    return Operation.of(group, OperationKind.CORRECTION, balance, Doubt.STRIP_AND_MORE)


def _doubts(group: Group, is_ceded: bool) -> Iterable[Doubt]:
    if group.loses and not is_ceded:
        yield Doubt.GROUND_IS_LOST
    if group.gains:
        yield Doubt.GROUND_IS_WON
    if is_ceded and len(group.parents) > 1 and len(group.children) > 1:
        yield Doubt.STRIP_AND_MORE
    if len(group.children) == 1 < len(group.parents) and next(iter(group.children.values())).child_parts > 1:
        yield Doubt.PARTS_DO_NOT_TOUCH

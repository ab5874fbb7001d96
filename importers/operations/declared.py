"""What a file says an operation is, held against the ground."""

from collections.abc import Mapping

from importers.operations.group import Group
from importers.operations.operation import Balance
from importers.operations.remainder import ALONG_THE_ROAD, TAKEN, Remainder
from layers.core.operations import OperationKind


def declared_of(group: Group, declared: Mapping[int, OperationKind]) -> tuple[OperationKind, ...]:
    """What its records say, each once; those that say nothing agree."""
    return tuple(sorted({declared[line] for line in group.lines if line in declared}))


def fits(kind: OperationKind, group: Group) -> bool:
    """Whether an operation of that kind has so many parents and children."""
    parents, children = len(group.parents), len(group.children)
    match kind:
        case OperationKind.SUBDIVISION:
            return parents == 1 < children
        case OperationKind.AMALGAMATION:
            return children == 1 < parents
        case OperationKind.READJUSTMENT:
            return min(parents, children) > 1
        case OperationKind.ARTICLE18:
            return not group.only_goes_on and max(parents, children) > 1
        case OperationKind.ROAD_CESSION:
            return parents == 1 and group.loses and not group.gains
        case OperationKind.ROAD_CREATION:
            return group.gains and not group.loses
        case OperationKind.CORRECTION:
            return parents == children
        case OperationKind.RENUMBERING:
            return parents == children == 1 and not group.only_goes_on and not (group.loses or group.gains)
        case _:
            return False


def is_balanced(kind: OperationKind, balance: Balance, left: Remainder | None, cession_share: float) -> bool:
    """Whether the ground before is the ground after, as far as such an operation keeps it."""
    missing_m2 = balance.lost_m2 - balance.ceded_m2
    match kind:
        case OperationKind.CORRECTION | OperationKind.ROAD_CREATION:
            return True
        case OperationKind.ROAD_CESSION:
            return left is not None and left.open_share >= ALONG_THE_ROAD / 2 and left.taken_share <= TAKEN
        case OperationKind.ARTICLE18:
            return balance.lost_m2 <= cession_share * balance.parents_m2 and balance.gained_m2 <= balance.tolerance_m2
        case _:
            return missing_m2 <= balance.tolerance_m2 and balance.gained_m2 <= balance.tolerance_m2

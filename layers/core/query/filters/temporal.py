"""How two spans of time lie to each other, as CQL2 defines it."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

Ends = tuple[ColumnElement[Any], ColumnElement[Any]]
Relation = Callable[[Any, Any, Any, Any], ColumnElement[bool]]

_RELATIONS: dict[str, Relation] = {
    "after": lambda start, end, other_start, other_end: start > other_end,
    "before": lambda start, end, other_start, other_end: end < other_start,
    "contains": lambda start, end, other_start, other_end: and_(start < other_start, end > other_end),
    "disjoint": lambda start, end, other_start, other_end: or_(start > other_end, end < other_start),
    "during": lambda start, end, other_start, other_end: and_(start > other_start, end < other_end),
    "equals": lambda start, end, other_start, other_end: and_(start == other_start, end == other_end),
    "finishedby": lambda start, end, other_start, other_end: and_(start < other_start, end == other_end),
    "finishes": lambda start, end, other_start, other_end: and_(start > other_start, end == other_end),
    "intersects": lambda start, end, other_start, other_end: and_(start <= other_end, end >= other_start),
    "meets": lambda start, end, other_start, other_end: end == other_start,
    "metby": lambda start, end, other_start, other_end: start == other_end,
    "overlappedby": lambda start, end, other_start, other_end: and_(
        start > other_start, start < other_end, end > other_end
    ),
    "overlaps": lambda start, end, other_start, other_end: and_(
        start < other_start, end > other_start, end < other_end
    ),
    "startedby": lambda start, end, other_start, other_end: and_(start == other_start, end > other_end),
    "starts": lambda start, end, other_start, other_end: and_(start == other_start, end < other_end),
}
RELATIONS = tuple(_RELATIONS)


def relation_of(name: str, left: Ends, right: Ends) -> ColumnElement[bool]:
    """True where the left span lies so to the right one."""
    return _RELATIONS[name](*left, *right)

"""A family laid out in rows: parents above their children, operations between them."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from layers.core.family import Family, Member, Tie

BOX_WIDTH, BOX_HEIGHT = 150, 52
GAP_X, GAP_Y = 18, 92
MARGIN = 12
MOST_IN_A_ROW = 8
"""More are counted in one box."""


@dataclass(frozen=True)
class Box:
    """A member in its place, or the number of those that are not drawn."""

    x: float
    y: float
    member: Member | None
    more: int = 0

    @property
    def top(self) -> tuple[float, float]:
        """Where what it came from arrives."""
        return self.x + BOX_WIDTH / 2, self.y

    @property
    def bottom(self) -> tuple[float, float]:
        """Where what became of it begins."""
        return self.x + BOX_WIDTH / 2, self.y + BOX_HEIGHT


@dataclass(frozen=True)
class Label:
    """An operation and its day, between two rows."""

    x: float
    y: float
    tie: Tie


@dataclass(frozen=True)
class FamilyDrawing:
    """Everything in its place, in pixels."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[str, ...]
    """Paths from parents to children."""
    labels: tuple[Label, ...]

    @property
    def is_whole(self) -> bool:
        """Every member has a box of its own."""
        return not any(box.more for box in self.boxes)


def drawn(family: Family) -> FamilyDrawing:
    """The same family is drawn the same each time."""
    rows = _rows(family)
    widest = max(min(len(row), MOST_IN_A_ROW + 1) for row in rows)
    width = 2 * MARGIN + widest * BOX_WIDTH + (widest - 1) * GAP_X
    boxes: list[Box] = []
    place: dict[uuid.UUID, Box] = {}
    for number, row in enumerate(rows):
        shown, left = _shown(row, family.uid)
        count = len(shown) + bool(left)
        x = (width - count * BOX_WIDTH - (count - 1) * GAP_X) / 2
        y = MARGIN + number * (BOX_HEIGHT + GAP_Y)
        places = [Box(x + n * (BOX_WIDTH + GAP_X), y, family.members[uid]) for n, uid in enumerate(shown)]
        place |= dict(zip(shown, places, strict=True))
        if left:
            rest = Box(x + len(shown) * (BOX_WIDTH + GAP_X), y, None, len(left))
            place |= dict.fromkeys(left, rest)
            places.append(rest)
        boxes += places
    height = 2 * MARGIN + len(rows) * BOX_HEIGHT + (len(rows) - 1) * GAP_Y
    ends = sorted({(place[tie.parent].bottom, place[tie.child].top) for tie in family.ties})
    return FamilyDrawing(width, height, tuple(boxes), tuple(_line(*end) for end in ends), _labels(family, place))


def _rows(family: Family) -> list[list[uuid.UUID]]:
    """A child lies below each of its parents, and beside those that share them."""
    rank: dict[uuid.UUID, int] = defaultdict(int)
    for tie in family.ties:
        rank[tie.child] = max(rank[tie.child], rank[tie.parent] + 1)
    children = {tie.child for tie in family.ties}
    for tie in reversed(family.ties):  # first parents come down to their children
        if tie.parent not in children:
            rank[tie.parent] = max(rank[tie.parent], rank[tie.child] - 1)
    rows: dict[int, list[uuid.UUID]] = defaultdict(list)
    for uid in family.members:
        rows[rank[uid]].append(uid)
    order: dict[uuid.UUID, float] = {}
    parents = _parents(family.ties)
    for number in sorted(rows):
        rows[number].sort(key=lambda uid: (_mean(parents.get(uid, ()), order), family.members[uid].ref))
        order |= {uid: n for n, uid in enumerate(rows[number])}
    return [rows[number] for number in sorted(rows)]


def _parents(ties: Sequence[Tie]) -> Mapping[uuid.UUID, list[uuid.UUID]]:
    found: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for tie in ties:
        found[tie.child].append(tie.parent)
    return found


def _mean(parents: Sequence[uuid.UUID], order: Mapping[uuid.UUID, float]) -> float:
    places = [order[parent] for parent in parents if parent in order]
    return sum(places) / len(places) if places else 0.0


def _shown(row: Sequence[uuid.UUID], own: uuid.UUID) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    """The one whose family it is has a box in any case."""
    if len(row) <= MOST_IN_A_ROW + 1:
        return list(row), []
    shown = list(row[:MOST_IN_A_ROW])
    if own in row and own not in shown:
        shown[-1] = own
    return shown, [uid for uid in row if uid not in shown]


def _line(begin: tuple[float, float], end: tuple[float, float]) -> str:
    middle = (begin[1] + end[1]) / 2
    (x, y), (to_x, to_y) = begin, end
    return f"M{x:.1f} {y:.1f}C{x:.1f} {middle:.1f} {to_x:.1f} {middle:.1f} {to_x:.1f} {to_y:.1f}"


def _labels(family: Family, place: Mapping[uuid.UUID, Box]) -> tuple[Label, ...]:
    """One for each operation: parents and children that are connected by it."""
    groups: dict[tuple[object, ...], list[Tie]] = defaultdict(list)
    parents = _parents(family.ties)
    for tie in family.ties:
        groups[tie.operation, tie.epoch, min(parents[tie.child]), place[tie.child].y].append(tie)
    labels = []
    for ties in groups.values():
        ends = {place[tie.parent].bottom[0] for tie in ties}, {place[tie.child].top[0] for tie in ties}
        x = sum(sum(side) / len(side) for side in ends) / 2
        labels.append(Label(x, place[ties[0].child].y - GAP_Y / 2, ties[0]))
    return tuple(labels)

"""What people see of a changeset before they decide about it."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, text

from layers.core.inbox_views import LonLat, place
from layers.core.query import LonLatBox
from sql import query


@dataclass(frozen=True)
class ChangesetSummary:
    """One changeset: whose, from what, how far, how much."""

    id: int
    upload_id: uuid.UUID | None
    filename: str | None
    district_id: int
    layer_id: str
    title: str
    state: str
    base_epoch: int
    epoch: int | None
    reverts_id: int | None
    reverted_by_id: int | None
    parted_from_id: int | None
    """The changeset whose other changes were accepted."""
    parted_ids: tuple[int, ...]
    """Those that hold what was handed back of it."""
    created_at: datetime.datetime
    created_by: str | None
    since: datetime.datetime
    """When it entered its present state."""
    inserts: int
    updates: int
    retirements: int

    @property
    def size(self) -> int:
        """The number of changes."""
        return self.inserts + self.updates + self.retirements


@dataclass(frozen=True)
class Balance:
    """How much ground a changeset takes up before and after, and where its middle is."""

    before_m2: float
    after_m2: float
    place: LonLat | None

    @property
    def difference_m2(self) -> float:
        """Positive where ground is won."""
        return self.after_m2 - self.before_m2


@dataclass(frozen=True)
class Drawing:
    """Before and after as SVG paths in metres from the north-west corner of both."""

    width: float
    height: float
    before: str | None
    after: str | None

    @property
    def view_box(self) -> str:
        """Both shapes with a tenth of air around them."""
        air = max(self.width, self.height, 1) / 10
        sides = (-air, -air, self.width + 2 * air, self.height + 2 * air)
        return " ".join(f"{side:.2f}" for side in sides)


@dataclass(frozen=True)
class Change:
    """One feature before and after."""

    id: int
    kind: str
    line: int | None
    ref: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    area_before_m2: float | None
    area_after_m2: float | None
    drawing: Drawing
    place: LonLat | None


@dataclass(frozen=True)
class ChangeFilter:
    """Which changes somebody wants to see; all of them where nothing is said."""

    kind: str = ""
    field: str = ""
    """Only edits that touch this field; `geom` for the shape."""
    rule: str = ""
    """Only those about which this rule has found something; `*` for any rule."""
    ref: str = ""
    """Part of the ref, whatever its accents."""

    @property
    def asked(self) -> dict[str, str]:
        """What is said, as an address has it."""
        return {name: value for name, value in asdict(self).items() if value}


EVERY_CHANGE = ChangeFilter()


@dataclass(frozen=True)
class ChangeExtent:
    """How many changes are chosen, and the box around them in degrees."""

    count: int
    box: LonLatBox | None


@dataclass(frozen=True)
class DrawnChange:
    """A change as a map draws it: GeoJSON geometries in degrees."""

    id: int
    kind: str
    ref: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class BalanceRow:
    """The ground of changes of one kind within one kind of operation, before and after."""

    operation: str
    """`none` where the feature comes from no other."""
    kind: str
    n: int
    before_m2: float
    after_m2: float


@dataclass(frozen=True)
class FindingOfChange:
    """What a rule said about the record that became the change."""

    severity: str
    sentences: Mapping[str, str]

    def sentence(self, language: str) -> str:
        """English stands in for a language the rule does not speak."""
        return self.sentences.get(language) or self.sentences.get("en") or ""


@dataclass(frozen=True)
class ChangePage:
    """Some changes, and the id after which the next page begins."""

    changes: tuple[Change, ...]
    after: int | None


@dataclass(frozen=True)
class Operation:
    """What happened to ground: which features became which, by one kind of operation."""

    operation: str
    parents: tuple[str, ...]
    children: tuple[str, ...]
    area_m2: float
    number: int | None = None
    """Within the changeset; None of those from before operations were numbered."""
    is_sure: bool = True
    doubts: tuple[str, ...] = ()
    declared: tuple[str, ...] = ()
    balance: Mapping[str, float] = field(default_factory=dict)
    seen_as: str | None = None
    """What the ground showed, where a person has chosen another kind."""
    chosen_by: str | None = None

    @property
    def is_open(self) -> bool:
        """Nobody has said yet which it is."""
        return not self.is_sure and self.seen_as is None


@dataclass(frozen=True)
class Transition:
    """A step in a changeset's life."""

    at: datetime.datetime
    who: str | None
    state_before: str | None
    state_after: str
    why: str


def changesets(
    connection: Connection, *, district_id: int | None = None, state: str | None = None, limit: int = 50
) -> tuple[ChangesetSummary, ...]:
    """The changesets that moved last."""
    rows = connection.execute(
        text(query("inbox_views.changesets")),
        {"id": None, "district": district_id, "state": state, "limit": limit},
    )
    return tuple(_changeset(row) for row in rows)


def changeset(connection: Connection, changeset_id: int) -> ChangesetSummary | None:
    """One changeset."""
    row = connection.execute(
        text(query("inbox_views.changesets")),
        {"id": changeset_id, "district": None, "state": None, "limit": 1},
    ).one_or_none()
    return _changeset(row) if row else None


def balance(connection: Connection, changeset_id: int) -> Balance:
    """Measured on all its changes, so a list of changesets does not ask for it."""
    row = connection.execute(text(query("inbox_views.balance")), {"changeset": changeset_id}).one()
    return Balance(row.before_m2, row.after_m2, place(row))


def changes(
    connection: Connection,
    changeset_id: int,
    chosen: ChangeFilter = EVERY_CHANGE,
    *,
    after: int = 0,
    limit: int = 25,
) -> ChangePage:
    """A page of changes, drawn."""
    rows = connection.execute(
        text(query("inbox_views.changes")),
        {"changeset": changeset_id, **asdict(chosen), "after": after, "limit": limit + 1},
    ).all()
    shown = tuple(_change(row) for row in rows[:limit])
    return ChangePage(shown, shown[-1].id if len(rows) > limit else None)


def extent_of_changes(connection: Connection, changeset_id: int, chosen: ChangeFilter) -> ChangeExtent:
    """How many are chosen and where they lie; the map begins there."""
    row = connection.execute(
        text(query("inbox_views.chosen_changes")), {"changeset": changeset_id, **asdict(chosen)}
    ).one()
    return ChangeExtent(row.n, None if row.west is None else LonLatBox(row.west, row.south, row.east, row.north))


def drawn_changes(
    connection: Connection,
    changeset_id: int,
    chosen: ChangeFilter,
    box: LonLatBox | None,
    *,
    change_id: int | None = None,
    limit: int,
) -> tuple[DrawnChange, ...]:
    """Those that reach into a box, or a single one."""
    corners = asdict(box) if box else dict.fromkeys(("west", "south", "east", "north"))
    asked = {"changeset": changeset_id, **asdict(chosen), **corners, "id": change_id, "limit": limit}
    rows = connection.execute(text(query("inbox_views.drawn_changes")), asked)
    return tuple(DrawnChange(**row._mapping) for row in rows)


def fields_changed(connection: Connection, changeset_id: int) -> frozenset[str]:
    """Names of fields that some edit touches."""
    rows = connection.execute(text(query("inbox_views.fields_changed")), {"changeset": changeset_id})
    return frozenset(rows.scalars())


def rules_of_changes(connection: Connection, changeset_id: int) -> dict[str, int]:
    """Rule -> about how many changes it has found something."""
    rows = connection.execute(text(query("inbox_views.rules_of_changes")), {"changeset": changeset_id})
    return {row.rule: row.n for row in rows}


def findings_of_changes(
    connection: Connection, changeset_id: int, shown: Iterable[int]
) -> dict[int, list[FindingOfChange]]:
    """Change -> what was found about its record, worst first."""
    found: dict[int, list[FindingOfChange]] = {}
    asked = {"changeset": changeset_id, "changes": list(shown)}
    for row in connection.execute(text(query("inbox_views.findings_of_changes")), asked):
        found.setdefault(row.change_id, []).append(FindingOfChange(row.severity, row.sentences or {}))
    return found


def balances(connection: Connection, changeset_id: int) -> tuple[BalanceRow, ...]:
    """Each change once, by operation and kind."""
    rows = connection.execute(text(query("inbox_views.balances")), {"changeset": changeset_id})
    return tuple(BalanceRow(**row._mapping) for row in rows)


def operations(connection: Connection, changeset_id: int) -> tuple[Operation, ...]:
    """Parents and children that belong together, those that wait for a person first."""
    rows = connection.execute(text(query("inbox_views.operations")), {"changeset": changeset_id}).all()
    groups: dict[tuple[object, ...], list[Row[Any]]] = {}
    for row in rows:
        ends = [(row.operation, row.operation_no, uid) for uid in (row.parent_uid, row.child_uid)]
        related = {id(groups[end]): groups[end] for end in ends if end in groups}
        together = [row, *(other for group in related.values() for other in group)]
        for member in together:
            for uid in (member.parent_uid, member.child_uid):
                groups[member.operation, member.operation_no, uid] = together
    whole = {id(group): group for group in groups.values()}.values()
    return tuple(
        sorted(map(_operation, whole), key=lambda one: (not one.is_open, one.operation, one.parents, one.children))
    )


def transitions(connection: Connection, changeset_id: int) -> tuple[Transition, ...]:
    """Who moved it, when and why, oldest first."""
    rows = connection.execute(text(query("inbox_views.transitions")), {"changeset": changeset_id})
    return tuple(Transition(row.at, row.who, row.state_before, row.state_after, row.why) for row in rows)


def _changeset(row: Row[Any]) -> ChangesetSummary:
    return ChangesetSummary(
        id=row.id,
        upload_id=row.upload_id,
        filename=row.filename,
        district_id=row.district_id,
        layer_id=row.layer_id,
        title=row.title,
        state=row.state,
        base_epoch=row.base_epoch,
        epoch=row.epoch,
        reverts_id=row.reverts_id,
        reverted_by_id=row.reverted_by_id,
        parted_from_id=row.parted_from_id,
        parted_ids=tuple(row.parted_ids),
        created_at=row.created_at,
        created_by=row.created_by,
        since=row.since or row.created_at,
        inserts=row.inserts,
        updates=row.updates,
        retirements=row.retirements,
    )


def _change(row: Row[Any]) -> Change:
    return Change(
        id=row.id,
        kind=row.kind,
        line=row.line,
        ref=row.ref,
        before=row.before or {},
        after=row.after or {},
        area_before_m2=row.area_before_m2,
        area_after_m2=row.area_after_m2,
        drawing=Drawing(row.width or 0.0, row.height or 0.0, row.path_before, row.path_after),
        place=place(row),
    )


def _operation(rows: list[Row[Any]]) -> Operation:
    first = rows[0]
    return Operation(
        operation=first.operation,
        parents=tuple(sorted({row.parent_ref for row in rows if row.parent_ref and row.role != "beginning"})),
        children=tuple(sorted({row.child_ref for row in rows if row.child_ref and row.role != "end"})),
        area_m2=float(sum(row.area_m2 for row in rows)),
        number=first.operation_no,
        is_sure=first.is_sure,
        doubts=tuple(first.doubts or ()),
        declared=tuple(first.declared or ()),
        balance=first.balance or {},
        seen_as=first.seen_kind,
        chosen_by=first.chosen_by,
    )

"""Joining a file with what the pool has changed since the file was taken."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, Row, text

from importers.merging.joined import Base, Conflict, Joined
from importers.merging.three_way import FEATURE, UNDECIDED, Alike, Choice, Choices, Merged, Sides, State, merge, same
from importers.operations import Operation
from importers.shapes import as_stored, read_back
from layers.core.inbox import Upload
from layers.core.limits import Limits
from layers.core.profile import Profile
from layers.core.rows import execute_rows
from sql import query


@dataclass(frozen=True)
class _Told:
    """A record beside what the pool had and has."""

    line: int
    uid: UUID
    ref: str
    ours_version: int | None
    spoken: frozenset[str]
    """Fields of which the record says something."""
    sides: Sides


def join(connection: Connection, upload: Upload, base: Base, carried: Iterable[str], profile: Profile) -> Joined:
    """Lay what the pool has changed over the records, so that what is left to compare is what the file changes."""
    asked = {"district": upload.district_id, "base": base.epoch}
    if not connection.execute(text(query("merging.is_touched")), asked).scalar_one():
        return Joined(base)
    rows = connection.execute(text(query("merging.touched")), asked).all()
    chosen = choices_of(connection, upload.id)
    alike = within(profile.limits.same_shape_m)
    pairs = [
        (one, merge(one.sides, chosen.get((one.uid, one.ours_version), UNDECIDED), alike))
        for one in _told(rows, frozenset(carried))
    ]
    left = [one.line for one, merged in pairs if merged.state is None and merged.is_decided]
    connection.execute(text(query("merging.leave_ended")), {"lines": left})
    _lay(connection, pairs, profile.storage_srid)
    return Joined(
        base,
        kept=sum(same(one.sides.theirs, one.sides.base, alike) for one, _ in pairs),
        both=sum(_is_of_both(one.sides, merged, alike) for one, merged in pairs),
        left=len(left),
        conflicts=tuple(
            Conflict(one.uid, one.ref, one.line, one.ours_version, one.sides, merged.conflicts, merged.is_decided)
            for one, merged in pairs
            if merged.conflicts
        ),
    )


def settle_contested(
    connection: Connection, upload_id: UUID, joined: Joined, operations: Sequence[Operation], limits: Limits
) -> tuple[Joined, tuple[Operation, ...]]:
    """Nothing that the pool has changed meanwhile ends before a person has said so; nor does what it would become."""
    rows = connection.execute(text(query("merging.contested_endings")), {"base": joined.base.epoch}).all()
    if not rows:
        return joined, tuple(operations)
    chosen, alike = choices_of(connection, upload_id), within(limits.same_shape_m)
    lines = {share.parent_uid: share.child_line for one in operations for share in reversed(one.shares)}
    conflicts, staying = [], set()
    shapes = (read_back(getattr(row, side) for row in rows) for side in ("geom_ours", "geom_base"))
    for row, ours, base in zip(rows, *shapes, strict=True):
        sides = Sides(_state(row.base, base), State(row.ours, ours), None)
        outcome = merge(sides, chosen.get((row.uid, row.ours_version), UNDECIDED), alike)
        if outcome.state is not None:
            staying.add(row.uid)
        if outcome.conflicts:
            about = (row.uid, row.ref, lines.get(row.uid), row.ours_version, sides)
            conflicts.append(Conflict(*about, outcome.conflicts, outcome.is_decided))
    connection.execute(text(query("diff.mark_ending")), {"uids": sorted(staying), "is_ending": False})
    holding = tuple(one for one in operations if not staying & {share.parent_uid for share in one.shares})
    return replace(joined, conflicts=(*joined.conflicts, *conflicts)), holding


def keep_conflicts(connection: Connection, upload_id: UUID, district_id: int, joined: Joined, srid: int) -> None:
    """Part by part, each side beside the others, for a person to choose."""
    connection.execute(text(query("merging.forget_undecided")), {"upload": upload_id})
    rows = [
        (
            upload_id,
            district_id,
            one.line,
            one.uid,
            one.ref,
            part,
            joined.base.epoch,
            one.ours_version,
            *values,
            *shapes,
        )
        for one in joined.conflicts
        for part in one.parts
        for values, shapes in [_sides_of(one.sides, part, srid)]
    ]
    execute_rows(connection, query("merging.keep_conflicts"), rows)


def choices_of(connection: Connection, upload_id: UUID) -> Mapping[tuple[UUID, int | None], Choices]:
    """What people have chosen, by feature and by the version of it that they have seen."""
    chosen: dict[tuple[UUID, int | None], dict[str, Choice]] = {}
    for row in connection.execute(text(query("merging.choices")), {"upload": upload_id}):
        chosen.setdefault((row.uid, row.ours_version), {})[row.part] = Choice(row.choice)
    return chosen


def within(tolerance_m: float) -> Alike:
    """Shapes whose outlines are nowhere further apart are one shape, as in the comparison that follows."""

    def alike(one: BaseGeometry, other: BaseGeometry) -> bool:
        if shapely.equals_exact(one, other):
            return True
        if not shapely.is_valid(one) or shapely.hausdorff_distance(one, other) > tolerance_m:
            return False
        return bool(abs(one.area - other.area) <= tolerance_m * other.length)

    return alike


def _is_of_both(sides: Sides, merged: Merged, alike: Alike) -> bool:
    sides_taken = (sides.ours, sides.theirs)
    return not merged.conflicts and not any(same(merged.state, side, alike) for side in sides_taken)


def _lay(connection: Connection, pairs: Sequence[tuple[_Told, Merged]], srid: int) -> None:
    """A record that waits for a person stays as it was sent; so does one that goes on alone.

    A shape is written only where ours is taken: what was sent stays as exact as it came.
    """
    rows = []
    for one, merged in pairs:
        state, ours = merged.state, one.sides.ours
        if state is None or ours is None or not merged.is_decided:
            continue
        values = {field: value for field, value in state.values.items() if field in one.spoken}
        shape = as_stored(ours.shape, srid) if state.shape is ours.shape else None
        rows.append((one.line, json.dumps(values, ensure_ascii=False), shape))
    execute_rows(connection, query("merging.join"), rows)


def _told(rows: Sequence[Row[Any]], carried: frozenset[str]) -> list[_Told]:
    shapes = [read_back(getattr(row, f"geom_{side}") for row in rows) for side in ("base", "ours", "theirs")]
    return [_one(row, carried, *three) for row, *three in zip(rows, *shapes, strict=True)]


def _one(
    row: Row[Any],
    carried: frozenset[str],
    base: BaseGeometry | None,
    ours: BaseGeometry | None,
    theirs: BaseGeometry | None,
) -> _Told:
    """What a record does not speak of stands on all three sides as the pool has it."""
    spoken = carried - {misfit["field"] for misfit in row.misfits or ()}
    of_the_pool = row.ours or row.base
    unspoken = {field: value for field, value in of_the_pool.items() if field not in spoken}

    def side(values: Mapping[str, Any] | None, shape: BaseGeometry | None) -> State | None:
        if values is None:
            return None
        said = {field: value for field, value in values.items() if field in spoken}
        return State({**unspoken, **said}, shape)

    missing = ours if ours is not None else base
    sides = Sides(
        side(row.base, base), side(row.ours, ours), side(row.theirs, theirs if theirs is not None else missing)
    )
    return _Told(row.line, row.uid, row.ref, row.ours_version, spoken, sides)


def _state(values: Mapping[str, Any] | None, shape: BaseGeometry | None) -> State | None:
    return None if values is None else State(values, shape)


def _sides_of(sides: Sides, part: str, srid: int) -> tuple[list[str | None], list[str | None]]:
    """Of a field its values, of the shape its shapes, of the feature both."""
    states = (sides.base, sides.ours, sides.theirs)
    if part == FEATURE:
        return [_as_json(state and state.values) for state in states], [_shape_of(state, srid) for state in states]
    if part in _all_fields(states):
        return [_as_json(state and state.values.get(part)) for state in states], [None, None, None]
    return [None, None, None], [_shape_of(state, srid) for state in states]


def _all_fields(states: Iterable[State | None]) -> set[str]:
    return {field for state in states if state is not None for field in state.values}


def _as_json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)


def _shape_of(state: State | None, srid: int) -> str | None:
    return None if state is None else as_stored(state.shape, srid)

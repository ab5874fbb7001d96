"""The family of a feature: what it came from and what became of it, generation by generation."""

import datetime
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, literal, null, select, text, union_all

from layers.core.layer import Layer
from layers.core.versions import history_table
from sql import query

MOST_GENERATIONS = 30
MOST_TIES = 2_000
"""In each direction; a larger family is told as far as that, and says so."""


@dataclass(frozen=True)
class Member:
    """One feature of the family, as it is or as it was last."""

    uid: uuid.UUID
    ref: str
    block_no: str | None
    parcel_no: str | None
    is_published: bool

    @property
    def name(self) -> str:
        """Block and parcel, where it has them."""
        return f"{self.block_no}/{self.parcel_no}" if self.block_no and self.parcel_no else self.ref


@dataclass(frozen=True)
class Tie:
    """A parent and a child, by one operation."""

    parent: uuid.UUID
    child: uuid.UUID
    operation: str
    epoch: int
    on: datetime.datetime | None
    changeset_id: int | None
    area_m2: float


@dataclass(frozen=True)
class Family:
    """Whose it is, its members, and how they come from each other in the order of publishes."""

    uid: uuid.UUID
    members: Mapping[uuid.UUID, Member]
    ties: tuple[Tie, ...]
    is_whole: bool
    """False where there are more than are told."""


def family(connection: Connection, layer: Layer, uid: uuid.UUID) -> Family:
    """Ancestors and descendants; not the other children of ancestors, nor the other parents of descendants."""
    before, is_whole_before = _walk(connection, "lineage.up", "parent_uid", uid)
    after, is_whole_after = _walk(connection, "lineage.down", "child_uid", uid)
    ties = {(tie.parent, tie.child, tie.epoch): tie for tie in (*before, *after)}
    ordered = tuple(sorted(ties.values(), key=lambda tie: (tie.epoch, str(tie.parent), str(tie.child))))
    uids = {uid, *(end for tie in ordered for end in (tie.parent, tie.child))}
    members = _members(connection, layer, uids)
    known = tuple(tie for tie in ordered if tie.parent in members and tie.child in members)
    return Family(uid, members, known, is_whole_before and is_whole_after)


def _walk(connection: Connection, step: str, end: str, uid: uuid.UUID) -> tuple[list[Tie], bool]:
    found: list[Tie] = []
    seen, generation = {uid}, [uid]
    for _ in range(MOST_GENERATIONS):
        asked = {"uids": generation, "most": MOST_TIES + 1 - len(found)}
        rows = connection.execute(text(query(step)), asked).all()
        found += [_tie(row) for row in rows]
        if len(found) > MOST_TIES:
            return found[:MOST_TIES], False
        generation = sorted({getattr(row, end) for row in rows} - seen)
        seen.update(generation)
        if not generation:
            return found, True
    return found, False


def _tie(row: Row[Any]) -> Tie:
    return Tie(
        row.parent_uid,
        row.child_uid,
        row.operation,
        row.epoch,
        row.published_at,
        row.changeset_id,
        float(row.area_m2),
    )


def _members(connection: Connection, layer: Layer, uids: Collection[uuid.UUID]) -> dict[uuid.UUID, Member]:
    """The published row wins, then the last one that was."""
    tables = (history_table(layer), False), (layer.table, True)
    parts = [
        select(
            rows.c.uid,
            rows.c.ref,
            rows.c.block_no if "block_no" in rows.c else null(),
            rows.c.parcel_no if "parcel_no" in rows.c else null(),
            literal(is_published).label("is_published"),
            rows.c.epoch_from,
        ).where(rows.c.uid.in_(uids))
        for rows, is_published in tables
    ]
    found = connection.execute(union_all(*parts).order_by("is_published", "epoch_from"))
    return {row[0]: Member(*row[:5]) for row in found}

"""Which changes of a changeset cannot be decided apart: what belongs to one operation, name or piece of ground."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

import numpy as np
import shapely
from shapely import Geometry
from sqlalchemy import Connection, text

from sql import query

OVERLAP_M2 = 0.5
"""Ground in common from which on one change needs the other: else the pool would hold it twice."""


@dataclass(frozen=True)
class Piece:
    """One change, as far as it binds others."""

    id: int
    uid: UUID
    layer_id: str
    ref: str
    before: Geometry | None
    after: Geometry | None


def pieces_of(connection: Connection, changeset_id: int) -> tuple[Piece, ...]:
    """In the order of their numbers."""
    rows = connection.execute(text(query("review.pieces")), {"changeset": changeset_id}).all()
    return tuple(Piece(row.id, row.uid, row.layer_id, row.ref, _shape(row.before), _shape(row.after)) for row in rows)


def kinships_of(connection: Connection, changeset_id: int) -> tuple[tuple[UUID, UUID], ...]:
    """Parents and children."""
    rows = connection.execute(text(query("review.kinships")), {"changeset": changeset_id})
    return tuple((row.parent_uid, row.child_uid) for row in rows)


def whole_with(
    chosen: Iterable[int], pieces: tuple[Piece, ...], kinships: Iterable[tuple[UUID, UUID]]
) -> frozenset[int]:
    """The chosen changes and all that stand or fall with them."""
    bound: dict[int, set[int]] = {piece.id: set() for piece in pieces}
    for one, other in (*_kin(pieces, kinships), *_namesakes(pieces), *_successors_on_ground(pieces)):
        bound[one].add(other)
        bound[other].add(one)
    found: set[int] = set()
    waiting = [number for number in chosen if number in bound]
    while waiting:
        number = waiting.pop()
        if number not in found:
            found.add(number)
            waiting.extend(bound[number] - found)
    return frozenset(found)


def _kin(pieces: Iterable[Piece], kinships: Iterable[tuple[UUID, UUID]]) -> Iterator[tuple[int, int]]:
    """By way of a relative that does not change itself as well."""
    changes = {piece.uid: piece.id for piece in pieces}
    first: dict[UUID, int] = {}
    for parent, child in kinships:
        known = [changes[uid] for uid in (parent, child) if uid in changes]
        yield from pairwise(known)
        for uid in (parent, child):
            if known:
                yield known[0], first.setdefault(uid, known[0])


def _namesakes(pieces: Iterable[Piece]) -> Iterator[tuple[int, int]]:
    """A ref that passes from one feature to another."""
    first: dict[tuple[str, str], int] = {}
    for piece in pieces:
        yield piece.id, first.setdefault((piece.layer_id, piece.ref), piece.id)


def _successors_on_ground(pieces: tuple[Piece, ...]) -> Iterator[tuple[int, int]]:
    """What takes ground that another change gives up."""
    for layer_id in sorted({piece.layer_id for piece in pieces}):
        givers = [p for p in pieces if p.layer_id == layer_id and p.before is not None]
        takers = [p for p in pieces if p.layer_id == layer_id and p.after is not None]
        if not givers or not takers:
            continue
        before = np.array([piece.before for piece in givers])
        after = np.array([piece.after for piece in takers])
        taking, giving = shapely.STRtree(before).query(after, predicate="intersects")
        common = shapely.area(shapely.intersection(before[giving], after[taking]))
        for t, g in zip(taking[common > OVERLAP_M2], giving[common > OVERLAP_M2], strict=True):
            yield takers[t].id, givers[g].id


def _shape(wkb: bytes | memoryview | None) -> Geometry | None:
    return None if wkb is None else shapely.from_wkb(bytes(wkb))

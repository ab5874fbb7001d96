"""The file's areas and their published neighbours as one covering, and what is wrong in it, told record by record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Row

from importers.batches import batched
from importers.coverage import CommonGround, Faults, Gap, MissingCorner, faults
from importers.deadline import Deadline
from importers.rule import LackingCorner, Overlap, Uncovered
from layers.core.limits import Limits

AT_ONCE = 10_000
"""Shapes decoded by one call."""


class Member(NamedTuple):
    """An area of the covering: a record, or a published feature that is not in the file."""

    line: int | None
    ref: str | None
    is_new: bool
    is_reshaped: bool
    geometry: BaseGeometry
    before: BaseGeometry | None
    """As it is published, where that is another shape."""

    @property
    def published(self) -> BaseGeometry | None:
        """None where nothing is published of it yet."""
        return None if self.is_new else self.before or self.geometry

    @property
    def name(self) -> str:
        """The ref; where there is none, the line."""
        return self.ref or f"#{self.line}"


@dataclass(frozen=True)
class Fabric:
    """Members by number, and the faults between them."""

    members: tuple[Member, ...]
    faults: Faults
    limits: Limits

    def overlaps(self) -> Iterator[Overlap]:
        """Of two records of the same ref another rule speaks."""
        for ground in self.faults.overlaps:
            one, other = self.members[ground.first], self.members[ground.second]
            if self._is_of_file(one, other) and (one.ref is None or one.ref != other.ref):
                yield from self._told(ground, one, other)

    def gaps(self) -> Iterator[Uncovered]:
        """Told of the first record around it that was reshaped."""
        for gap in self.faults.gaps:
            around = [self.members[number] for number in gap.beside]
            if not self._is_of_file(*around):
                continue
            first = _spokesman(around)
            names = tuple(sorted(member.name for member in around if member is not first))
            yield Uncovered(first.line or 0, first.ref, names, gap.place, self._was_open(gap, around))

    def lacking_corners(self) -> Iterator[LackingCorner]:
        """Told of the record that lacks it, or of its neighbour where that one is published."""
        for missing in self.faults.missing_corners:
            lacking, having = self.members[missing.area], self.members[missing.neighbour]
            if not self._is_of_file(lacking, having):
                continue
            told, other = (lacking, having) if lacking.line is not None else (having, lacking)
            was_there = self._lacked_before(missing, lacking, having)
            yield LackingCorner(told.line or 0, told.ref, other.line, other.ref, lacking.name, missing.place, was_there)

    def _told(self, ground: CommonGround, one: Member, other: Member) -> Iterator[Overlap]:
        was_there = self._was_common(ground, one, other)
        for mine, theirs in ((one, other), (other, one)):
            if mine.line is None or not (mine.is_reshaped or was_there):
                continue
            yield Overlap(mine.line, mine.ref, theirs.line, theirs.ref, ground.relation, ground.place, was_there)
            if was_there:
                return

    def _is_of_file(self, *members: Member) -> bool:
        return any(member.line is not None for member in members)

    def _was_common(self, ground: CommonGround, one: Member, other: Member) -> bool:
        if not (one.is_reshaped or other.is_reshaped):
            return True
        if one.published is None or other.published is None:
            return False
        common = shapely.intersection(one.published, other.published)
        return bool(common.buffer(self.limits.coincide_m).covers(ground.place))

    def _was_open(self, gap: Gap, around: Iterable[Member]) -> bool:
        """Nobody's published shape covered it, and nobody around it is new."""
        if any(member.is_new for member in around):
            return False
        covered = shapely.union_all([member.published for member in around])
        return bool(shapely.intersection(covered, gap.place).area <= self.limits.coincide_m * gap.place.length / 2)

    def _lacked_before(self, missing: MissingCorner, lacking: Member, having: Member) -> bool:
        if not (lacking.is_reshaped or having.is_reshaped):
            return True
        if lacking.published is None or having.published is None:
            return False
        near = self.limits.coincide_m
        return bool(
            _corners(having.published).distance(missing.place)
            <= near
            < _corners(lacking.published).distance(missing.place)
            and lacking.published.boundary.distance(missing.place) <= near
        )


def woven(rows: Iterable[Row[Any]], limits: Limits, deadline: Deadline) -> Fabric:
    """Raises TookTooLong."""
    members: list[Member] = []
    for some in batched(rows, AT_ONCE):
        deadline.watch()
        members.extend(_members(some))
    shapes = np.array([*(member.geometry for member in members), None], dtype=object)[:-1]
    return Fabric(tuple(members), faults(shapes, limits, deadline.watch), limits)


def _members(rows: list[Row[Any]]) -> Iterator[Member]:
    shapes = shapely.from_wkb(np.array([bytes(row.geom) for row in rows], dtype=object))
    for row, shape in zip(rows, shapes, strict=True):
        yield Member(
            line=row.line,
            ref=row.ref,
            is_new=row.is_new,
            is_reshaped=row.is_reshaped,
            geometry=shape,
            before=None if row.geom_before is None else shapely.from_wkb(bytes(row.geom_before)),
        )


def _spokesman(around: Iterable[Member]) -> Member:
    of_file = [member for member in around if member.line is not None]
    return min(of_file, key=lambda member: (not member.is_reshaped, member.line))


def _corners(shape: BaseGeometry) -> BaseGeometry:
    return shapely.multipoints(shapely.get_coordinates(shape))

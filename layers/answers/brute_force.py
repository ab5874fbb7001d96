"""The same answers by other means: shapely over whole layers, no index, no statement of the real computation.

Kept apart on purpose: what it shares with the real one is the profile and the five words, and nothing that decides.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import Connection, text

from layers.answers.answer import ThemeAnswer, ZoningAnswer
from layers.answers.rounding import rounded
from layers.answers.states import State
from layers.core.profile import Profile
from layers.core.themes import LIMIT_M2, ConstraintTheme, ThemeKind
from sql import query

_ZONES = "zones"


@dataclass(frozen=True)
class Found:
    """What both computations have to agree on, rounded as an answer is."""

    state: State
    in_force: Mapping[str, str]
    """Square metres of what takes ground: by ref, or by plan and use."""
    pending: Mapping[str, str]
    touching: frozenset[str]
    together_m2: str
    """Under those in force, each square metre once."""


@dataclass(frozen=True)
class _Pile:
    """A whole layer in memory."""

    rows: Sequence[Any]
    shapes: NDArray[Any]
    bounds: NDArray[np.float64]

    @classmethod
    def of(cls, connection: Connection, name: str) -> "_Pile":
        rows = connection.execute(text(query(f"brute_force.{name}"))).all()
        shapes = shapely.from_wkb(np.array([bytes(row.shape) for row in rows], dtype=object))
        return cls(rows, shapes, shapely.bounds(shapes).reshape(-1, 4))

    def near(self, shape: Any, reach: float = 0.0) -> list[tuple[Any, Any]]:
        """Rows and shapes whose boxes meet the shape's: each is looked at."""
        west, south, east, north = shapely.bounds(shape) + np.array([-reach, -reach, reach, reach])
        box = self.bounds
        meets = (box[:, 0] <= east) & (box[:, 2] >= west) & (box[:, 1] <= north) & (box[:, 3] >= south)
        return [(self.rows[i], self.shapes[i]) for i in map(int, np.flatnonzero(meets))]


@dataclass(frozen=True)
class _Hit:
    """Something near a parcel; its shape, or the part of it on the parcel."""

    name: str
    ref: str
    status: str | None
    shape: Any


def _areas(hits: Iterable[_Hit]) -> dict[str, str]:
    """By name, summed before they are rounded."""
    return _summed((hit.name, hit.shape.area) for hit in hits)


def _summed(parts: Iterable[tuple[str, float]]) -> dict[str, str]:
    sums: dict[str, float] = {}
    for name, area_m2 in parts:
        sums[name] = sums.get(name, 0.0) + area_m2
    return {name: str(rounded(area_m2)) for name, area_m2 in sums.items()}


@dataclass(frozen=True)
class BruteForce:
    """Everything that answers rest on, read once."""

    profile: Profile
    zones: _Pile
    constraints: _Pile
    coverage: _Pile
    districts: _Pile

    @classmethod
    def read(cls, connection: Connection, profile: Profile) -> "BruteForce":
        """The published state of the connection's snapshot."""
        names = ("zones", "constraints", "coverage", "districts")
        return cls(profile, *(_Pile.of(connection, name) for name in names))

    def themes(self, shape: Any, district_id: int) -> dict[str, Found]:
        """By theme, the question whether there is a plan included."""
        told = {_ZONES: self._plan(shape, district_id)}
        for theme in self.profile.themes:
            if theme.kind is not ThemeKind.TEXT_ONLY:
                told[theme.key] = self._theme(shape, district_id, theme)
        return told

    def _plan(self, shape: Any, district_id: int) -> Found:
        near = self.zones.near(shape)
        zones = [_Hit(f"{row.plan_ref}/{row.use_key}", row.ref, row.status, one) for row, one in near]
        layer_theme = ConstraintTheme(_ZONES, {})
        return self._found(shape, zones, LIMIT_M2, self._survey(shape, district_id, _ZONES, layer_theme))

    def _theme(self, shape: Any, district_id: int, theme: ConstraintTheme) -> Found:
        if theme.kind is ThemeKind.WHOLE_AREA:
            hits = [
                _Hit(row.ref, row.ref, row.status, shape)
                for row in self.constraints.rows
                if row.theme == theme.key and row.district_id == district_id
            ]
        else:
            near = self.constraints.near(shape)
            hits = [_Hit(row.ref, row.ref, row.status, one) for row, one in near if row.theme == theme.key]
        return self._found(shape, hits, theme.limit_m2, self._survey(shape, district_id, "plan_constraints", theme))

    def _found(self, shape: Any, hits: Sequence[_Hit], limit_m2: float, survey: State) -> Found:
        common = [replace(hit, shape=shapely.intersection(hit.shape, shape)) for hit in hits if hit.shape.is_valid]
        reaching = [hit for hit in common if hit.shape.area >= limit_m2]
        in_force = [hit for hit in reaching if hit.status == "in_force"]
        pending = [hit for hit in reaching if hit.status != "in_force"]
        if in_force:
            state = State.AFFECTED
        elif len(common) < len(hits):
            state = State.NOT_CHECKED
        else:
            state = State.UNDER_REVIEW if pending else survey
        below = {hit.ref for hit in common if hit.shape.area < limit_m2 and shapely.intersects(hit.shape, shape)}
        together = shapely.union_all([hit.shape for hit in in_force])
        return Found(state, _areas(in_force), _areas(pending), frozenset(below), str(rounded(together.area)))

    def _survey(self, shape: Any, district_id: int, layer_id: str, theme: ConstraintTheme) -> State:
        """What may be said where nothing was found."""
        reach = 2 * self.profile.answers.border_m
        if theme.kind is ThemeKind.WHOLE_AREA:
            near = [(row, shape) for row in self.coverage.rows if row.district_id == district_id]
        else:
            near = [(row, one) for row, one in self.coverage.near(shape, reach) if one.is_valid]
        patches = [(row.state, one) for row, one in near if (row.layer_id, row.theme) == (layer_id, theme.key)]
        whole = shapely.union_all([one for _, one in patches])
        if shapely.difference(shape, whole).area >= LIMIT_M2 and not self._only_thinly_open(shape, whole):
            return State.NO_COVERAGE
        unsettled = shapely.union_all([one for state, one in patches if state != "surveyed"])
        unsettled_m2 = shapely.intersection(shape, unsettled).area
        return State.UNDER_REVIEW if unsettled_m2 >= LIMIT_M2 else State.NOT_AFFECTED

    def _only_thinly_open(self, shape: Any, whole: Any) -> bool:
        border_m = self.profile.answers.border_m
        if border_m == 0 or shapely.difference(shape, shapely.buffer(whole, border_m)).area >= LIMIT_M2:
            return False
        near = self.districts.near(shape, 2 * border_m)
        return any(shapely.dwithin(shapely.boundary(one), shape, border_m) for _, one in near)


def found_by(answer: ZoningAnswer) -> dict[str, Found]:
    """What the real answer says, in the same terms."""
    zoning = answer.zoning
    told = {
        _ZONES: Found(
            zoning.state,
            _summed((f"{zone.plan_ref}/{zone.use_key}", zone.share.area_m2) for zone in zoning.zones),
            _summed((f"{zone.plan_ref}/{zone.use_key}", zone.share.area_m2) for zone in zoning.pending_zones),
            frozenset(touch.ref for touch in zoning.touching),
            str(rounded(zoning.zoned.area_m2)),
        )
    }
    for theme in answer.constraints:
        if theme.kind is not ThemeKind.TEXT_ONLY:
            told[theme.theme] = _found_theme(theme)
    return told


def _found_theme(theme: ThemeAnswer) -> Found:
    return Found(
        theme.state,
        _summed((hit.ref, hit.share.area_m2) for hit in theme.hits if hit.is_in_force),
        _summed((hit.ref, hit.share.area_m2) for hit in theme.hits if not hit.is_in_force),
        frozenset(touch.ref for touch in theme.touching),
        str(rounded(theme.share.area_m2)),
    )


def shapes_of(connection: Connection, uids: Sequence[uuid.UUID]) -> dict[uuid.UUID, tuple[int, Any]]:
    """District and outline of published parcels."""
    rows = connection.execute(text(query("brute_force.parcels")), {"uids": [str(uid) for uid in uids]})
    return {row.uid: (row.district_id, shapely.from_wkb(row.shape)) for row in rows}

"""Where a file's coordinates lie: the declared system is tested, never believed, and nothing is guessed."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from pyproj.exceptions import CRSError, ProjError
from shapely.geometry.base import BaseGeometry

from importers.broken import DoubtfulSystem, NoSuchSystem, ShiftedSystem, UnknownSystem
from importers.crs.pipelines import Placement, placement
from importers.crs.reading import Points, Reading
from importers.shapes import Shapes, only
from layers.core.declared_crs import DeclaredCrs
from layers.core.profile import Profile
from layers.core.words import Title

ENOUGH_INSIDE = 0.5
"""Share of the sample that must lie where it should; single strays are the rules' business."""
DISTRICT_MARGIN_M = 200.0
"""Room for a coarse boundary; every wrong system misses by more, except another datum."""
SYSTEMATIC_OFFSET_M = 20.0
"""Moves of single boundaries are smaller, datum differences are larger."""
SAME_PLACE_M = 5.0
"""The best public transformation between datums is good for 2 m; the median of a sample for this."""
TOGETHER = 0.8
"""Share of the sample that must show the same offset for it to be systematic."""
ENOUGH_MATCHES = 5
MOST_SHOWN = 6

_DIRECTIONS = (
    Title("doğu", "east"),
    Title("kuzeydoğu", "north-east"),
    Title("kuzey", "north"),
    Title("kuzeybatı", "north-west"),
    Title("batı", "west"),
    Title("güneybatı", "south-west"),
    Title("güney", "south"),
    Title("güneydoğu", "south-east"),
)


@dataclass(frozen=True)
class Evidence:
    """Where the file should lie, in the storage CRS."""

    outline: BaseGeometry | None
    """The district's boundary; None until it is published."""
    published: Points
    """Beside each record of the sample the published feature of the same ref; NaN where there is none."""


@dataclass(frozen=True)
class Offset:
    """The sample's median distance from the published features of the same refs."""

    east_m: float
    north_m: float
    matches: int
    is_systematic: bool

    @property
    def metres(self) -> float:
        """Its length."""
        return math.hypot(self.east_m, self.north_m)

    @property
    def direction(self) -> Title:
        """One of eight."""
        return _DIRECTIONS[round(math.degrees(math.atan2(self.north_m, self.east_m)) / 45) % 8]


@dataclass(frozen=True)
class Judged:
    """A reading, and where it puts the sample."""

    reading: Reading
    inside: float
    """Share of the sample in the district; in the region where no boundary is published."""
    in_region: float
    offset: Offset | None

    def as_fact(self) -> Mapping[str, Any]:
        """For the report; `crs` is what a re-check wants to be told."""
        return {
            "crs": str(self.reading.said),
            "srid": self.reading.signed_srid,
            "adjust": self.reading.adjustment,
            "name": self.reading.name,
            "score": round(self.inside, 2),
        }


@dataclass(frozen=True)
class Located:
    """How the file is read, and what was noticed on the way."""

    placement: Placement
    offset: Offset | None
    """A systematic offset that no known system explains."""


def locate(
    sample: Shapes, declared: DeclaredCrs | None, file_crs: str | None, evidence: Evidence, profile: Profile
) -> Located:
    """Decide how the file's numbers are read. Raises UnknownSystem, DoubtfulSystem, ShiftedSystem."""
    points = _points(sample)
    try:
        reading = Reading.of_file(file_crs) if declared is None else Reading.declared(declared)
    except CRSError as cause:
        known = _shown(_plausible(points, evidence, profile))
        raise NoSuchSystem(srid=str(declared), **known) from cause
    if reading is None:
        raise UnknownSystem(**_shown(_plausible(points, evidence, profile)))
    judged = _judge(points, reading, evidence, profile)
    if judged.inside < ENOUGH_INSIDE:
        _refuse_elsewhere(judged, _plausible(points, evidence, profile))
    if judged.offset is not None and judged.offset.is_systematic:
        _refuse_other_datum(judged, judged.offset, _plausible(points, evidence, profile))
        if judged.offset.matches >= ENOUGH_MATCHES:
            return Located(placement(reading, profile), judged.offset)
    return Located(placement(reading, profile), None)


def _refuse_elsewhere(judged: Judged, plausible: list[Judged]) -> None:
    """Unless no other reading does better and this is our region: then the rules judge record by record."""
    if not plausible and judged.in_region >= ENOUGH_INSIDE:
        return
    raise DoubtfulSystem(declared=judged.reading.name, percent=round(100 * judged.inside), **_shown(plausible))


def _refuse_other_datum(judged: Judged, offset: Offset, plausible: list[Judged]) -> None:
    """Where another system puts the file exactly onto what is published, that one is meant."""
    for other in plausible:
        if other.reading != judged.reading and other.offset is not None and other.offset.metres < SAME_PLACE_M:
            raise ShiftedSystem(
                metres=round(offset.metres),
                direction={"tr": offset.direction.tr, "en": offset.direction.en},
                reading=other.reading.name,
                declared=judged.reading.name,
                **_shown([other]),
            )


def _shown(plausible: list[Judged]) -> dict[str, Any]:
    names = [judged.reading.name for judged in plausible]
    return {"candidates": [judged.as_fact() for judged in plausible], "readings": names or "–"}


def _plausible(points: Points, evidence: Evidence, profile: Profile) -> list[Judged]:
    """The readings that put most of the sample where it belongs, the nearest to what is published first."""
    srids = dict.fromkeys((profile.storage_srid, 4326, *profile.crs_candidates))
    readings = [Reading.declared(DeclaredCrs(srid, is_swapped)) for is_swapped in (False, True) for srid in srids]
    judged = [_judge(points, reading, evidence, profile) for reading in readings]
    fitting = [candidate for candidate in judged if candidate.inside >= ENOUGH_INSIDE]
    return sorted(fitting, key=_rank)[:MOST_SHOWN]


def _rank(judged: Judged) -> tuple[float, float]:
    metres = judged.offset.metres if judged.offset else 0.0
    return metres // SAME_PLACE_M, -judged.inside


def _judge(points: Points, reading: Reading, evidence: Evidence, profile: Profile) -> Judged:
    try:
        moved = placement(reading, profile).moved(points)
    except (ProjError, CRSError):
        moved = np.full(points.shape, np.nan)
    wanted = int(np.isfinite(points).all(axis=1).sum())
    usable = moved[np.isfinite(moved).all(axis=1)]
    in_region = _share(sum(profile.envelope.holds(x, y) for x, y in usable), wanted)
    inside = in_region if evidence.outline is None else _share(_in_outline(usable, evidence.outline), wanted)
    return Judged(reading, inside, in_region, _offset(moved, evidence.published))


def _share(count: int, wanted: int) -> float:
    """A file without any usable shape is not the coordinate system's fault."""
    return count / wanted if wanted else 1.0


def _in_outline(points: Points, outline: BaseGeometry) -> int:
    near = outline.buffer(DISTRICT_MARGIN_M)
    shapely.prepare(near)
    return int(shapely.contains_xy(near, points[:, 0], points[:, 1]).sum())


def _offset(moved: Points, published: Points) -> Offset | None:
    differences = moved - published
    differences = differences[np.isfinite(differences).all(axis=1)]
    if not len(differences):
        return None
    east, north = (float(value) for value in np.median(differences, axis=0))
    together = np.hypot(differences[:, 0] - east, differences[:, 1] - north) < SAME_PLACE_M
    is_systematic = math.hypot(east, north) > SYSTEMATIC_OFFSET_M and float(together.mean()) >= TOGETHER
    return Offset(east, north, len(differences), is_systematic)


def _points(sample: Shapes) -> Points:
    """A point of each shape; missing and empty ones tell nothing."""
    centres = shapely.centroid(only(sample, ~shapely.is_empty(sample)))
    points = np.full((len(sample), 2), np.nan)
    has_point = ~shapely.is_missing(centres)
    points[has_point] = shapely.get_coordinates(centres[has_point])
    return points

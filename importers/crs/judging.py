"""How well a reading fits what is known: a number between 0 and 1 for each, and one place for each of them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from pyproj.exceptions import CRSError, ProjError

from importers.crs.candidates import worth_a_look
from importers.crs.evidence import Evidence, Offset
from importers.crs.outlines import Agreement, agreement
from importers.crs.pipelines import Placement, placement
from importers.crs.reading import Points, Reading
from importers.shapes import Shapes
from layers.core.profile import Profile

ENOUGH_INSIDE = 0.5
"""Share of the sample that must lie where it should; single strays are the rules' business."""
ONE_PLACE_M = 1.0
"""Readings that land this close to each other are one choice."""
UNKNOWN_FIT = 0.5
"""Where nothing is published nearby, a reading is neither confirmed nor contradicted."""
_FIT_OF_STRANGERS = 0.1
"""Where no record lies on the published feature of its own name."""
_PER_ASSUMPTION = 0.97
"""Of two readings with the same evidence the plainer one comes first."""
_COMPARED = 40
"""Records whose outlines are laid beside the published ones."""
_AROUND_M = 10.0


@dataclass(frozen=True)
class Sample:
    """The first records of a file: a point of each, and the outlines of some."""

    shapes: Shapes
    points: Points

    @classmethod
    def of(cls, shapes: Shapes) -> "Sample":
        """Missing and empty shapes tell nothing."""
        is_usable = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
        points = np.full((len(shapes), 2), np.nan)
        points[is_usable] = shapely.get_coordinates(shapely.centroid(shapes[is_usable]))
        return cls(shapes, points)

    @cached_property
    def compared(self) -> Shapes:
        """Some records, spread over the sample."""
        usable = self.shapes[np.isfinite(self.points).all(axis=1)]
        chosen = np.unique(np.linspace(0, max(len(usable) - 1, 0), min(_COMPARED, len(usable))).astype(int))
        return np.asarray(usable[chosen], dtype=object)


@dataclass(frozen=True)
class Judged:
    """A reading, where it puts the sample, and what speaks for that."""

    placement: Placement
    points: Points
    """The sample in the storage CRS."""
    inside: float
    """Share of the sample in the district; in the region where no boundary is published."""
    in_region: float
    offset: Offset | None
    """From the published features of the same refs."""
    agreement: Agreement | None
    """With the outlines of published features nearby."""

    @property
    def reading(self) -> Reading:
        """What is judged."""
        return self.placement.reading

    @property
    def is_plausible(self) -> bool:
        """It puts most of the sample where it belongs."""
        return self.inside >= ENOUGH_INSIDE

    @property
    def fit(self) -> float | None:
        """With what is published, by names and by outlines; None where neither can tell."""
        fits = [_FIT_OF_STRANGERS + (1 - _FIT_OF_STRANGERS) * self.offset.near] if self.offset else []
        fits += [self.agreement.fit] if self.agreement else []
        return sum(fits) / len(fits) if fits else None

    @property
    def fit_or_unknown(self) -> float:
        """As a number in any case."""
        return UNKNOWN_FIT if self.fit is None else self.fit

    @property
    def score(self) -> float:
        """0 to 1; one half where most of it lies in the district and nothing published says more."""
        return self.inside * self.fit_or_unknown * float(_PER_ASSUMPTION**self.reading.assumptions)


def judge(sample: Sample, reading: Reading, evidence: Evidence, profile: Profile) -> Judged:
    """Lay the sample where the reading puts it. Raises ProjError where no operation leads here."""
    placed = placement(reading, profile)
    moved = placed.moved(sample.points)
    moved[~np.isfinite(moved).all(axis=1)] = np.nan
    wanted = int(np.isfinite(sample.points).all(axis=1).sum())
    usable = moved[np.isfinite(moved).all(axis=1)]
    in_region = _share(int(profile.envelope.holds_each(usable).sum()), wanted)
    district = evidence.district
    inside = in_region
    if district is not None:
        inside = _share(int(shapely.contains_xy(district, usable[:, 0], usable[:, 1]).sum()), wanted)
    outlines = _agreement(sample, placed, evidence) if inside >= ENOUGH_INSIDE else None
    return Judged(placed, moved, inside, in_region, Offset.between(moved, evidence.published), outlines)


def plausible(sample: Sample, declared: Reading | None, evidence: Evidence, profile: Profile) -> list[Judged]:
    """The places where the file may lie, the likeliest first; of several readings of one place the usual one."""
    judged = []
    for reading in worth_a_look(sample.points, declared, profile):
        try:
            judged.append(judge(sample, reading, evidence, profile))
        except (ProjError, CRSError):
            continue
    fitting = sorted((one for one in judged if one.is_plausible), key=lambda one: one.reading.assumptions)
    places: list[Judged] = []
    for one in fitting:
        if not any(is_same_place(one, other) for other in places):
            places.append(one)
    return sorted(places, key=lambda one: -one.score)


def is_same_place(one: Judged, other: Judged) -> bool:
    """Whether it makes no difference which of the two is chosen."""
    apart = np.hypot(*(one.points - other.points).T)
    apart = apart[np.isfinite(apart)]
    return len(apart) > 0 and float(apart.max()) < ONE_PLACE_M


def _agreement(sample: Sample, placed: Placement, evidence: Evidence) -> Agreement | None:
    moved = placed.to_storage(sample.compared)
    moved = moved[np.isfinite(shapely.bounds(moved)).all(axis=1)]
    if not len(moved):
        return None
    west, south, east, north = shapely.bounds(moved).T
    around = shapely.box(west - _AROUND_M, south - _AROUND_M, east + _AROUND_M, north + _AROUND_M)
    return agreement(moved, evidence.outlines_near(around))


def _share(count: int, wanted: int) -> float:
    """A file without any usable shape is not the coordinate system's fault."""
    return count / wanted if wanted else 1.0

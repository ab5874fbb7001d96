"""What is known about the place where a file should lie, all of it in the storage CRS."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from importers.crs.reading import Points
from importers.shapes import Shapes
from layers.core.words import Title

DISTRICT_MARGIN_M = 200.0
"""Room for a coarse boundary; every wrong system misses by more, except another datum."""
SYSTEMATIC_OFFSET_M = 20.0
"""Moves of single boundaries are smaller, datum differences are larger."""
SAME_PLACE_M = 5.0
"""The best public transformation between datums is good for 2 m; the median of a sample for this."""
TOGETHER = 0.8
"""Share of the sample that must show the same offset for it to be systematic."""

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


def nothing_published(boxes: Shapes) -> Shapes:
    """An empty pool."""
    return boxes[:0]


class Ground(Enum):
    """Where a file is expected."""

    ONE_DISTRICT = "district"
    ALL_DISTRICTS = "all"


@dataclass(frozen=True)
class Evidence:
    """Where the file should lie, and what lies there already."""

    outline: BaseGeometry | None
    """The district's boundary; None until it is published."""
    published: Points
    """Beside each record of the sample the published feature of the same ref; NaN where there is none."""
    outlines_near: Callable[[Shapes], Shapes] = nothing_published
    """The published shapes that reach into any of some boxes."""
    ground: Ground = Ground.ONE_DISTRICT

    @cached_property
    def district(self) -> BaseGeometry | None:
        """The outline with its margin, prepared for many points."""
        if self.outline is None:
            return None
        near = shapely.simplify(self.outline, DISTRICT_MARGIN_M / 20).buffer(DISTRICT_MARGIN_M)
        shapely.prepare(near)
        return near


@dataclass(frozen=True)
class Offset:
    """The median distance of one set of points from another."""

    east_m: float
    north_m: float
    matches: int
    near: float
    """Share of the matches that lie in the same place."""
    is_systematic: bool

    @classmethod
    def between(cls, moved: Points, published: Points) -> "Offset | None":
        """From the published points to the moved ones; None where no point has one of the other."""
        differences = moved - published
        differences = differences[np.isfinite(differences).all(axis=1)]
        if not len(differences):
            return None
        east, north = (float(value) for value in np.median(differences, axis=0))
        together = np.hypot(differences[:, 0] - east, differences[:, 1] - north) < SAME_PLACE_M
        near = np.hypot(differences[:, 0], differences[:, 1]) < SAME_PLACE_M
        is_systematic = math.hypot(east, north) > SYSTEMATIC_OFFSET_M and float(together.mean()) >= TOGETHER
        return cls(east, north, len(differences), float(near.mean()), is_systematic)

    @property
    def metres(self) -> float:
        """Its length."""
        return math.hypot(self.east_m, self.north_m)

    @property
    def direction(self) -> Title:
        """One of eight."""
        return _DIRECTIONS[round(math.degrees(math.atan2(self.north_m, self.east_m)) / 45) % 8]

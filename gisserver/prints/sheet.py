"""One sheet on the ground: from metres of the storage system to points of the paper and back."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry

from gisserver.prints.paper import PIXEL_MM, POINTS_PER_MM, Paper

_EQUATOR_M = 40_075_016.686
_TILE_PX = 512

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Sheet:
    """Where a sheet lies."""

    paper: Paper
    scale: float
    """Metres of ground for a metre of paper."""
    east: float
    north: float
    """The middle of the map, in the storage system."""
    rotation: float = 0.0
    """Degrees from grid north, clockwise, of the direction that is up on the paper."""

    def to_paper(self, places: Points) -> Points:
        """Ground to points (1/72 inch) from the lower left corner of the paper."""
        moved = places - (self.east, self.north)
        x, y = self.paper.map.middle
        return np.asarray(moved @ self._turn * self._points_per_m + (x * POINTS_PER_MM, y * POINTS_PER_MM))

    def to_ground(self, points: Points) -> Points:
        """The way back."""
        x, y = self.paper.map.middle
        moved = (points - (x * POINTS_PER_MM, y * POINTS_PER_MM)) / self._points_per_m
        return np.asarray(moved @ self._turn.T + (self.east, self.north))

    @cached_property
    def ground(self) -> Geometry:
        """What of the ground lies on the map."""
        on_paper = self.paper.map
        corners = [
            (on_paper.left, on_paper.bottom),
            (on_paper.right, on_paper.bottom),
            (on_paper.right, on_paper.top),
            (on_paper.left, on_paper.top),
        ]
        return shapely.Polygon(self.to_ground(np.array(corners) * POINTS_PER_MM))

    @property
    def metres_per_mm(self) -> float:
        """Of paper."""
        return self.scale / 1000

    def zoom(self, latitude: float) -> float:
        """At which a screen would show the same."""
        pixel_m = self.scale * PIXEL_MM / 1000
        return math.log2(_EQUATOR_M * math.cos(math.radians(latitude)) / (_TILE_PX * pixel_m))

    @property
    def _points_per_m(self) -> float:
        return 1000 / self.scale * POINTS_PER_MM

    @cached_property
    def _turn(self) -> Points:
        angle = math.radians(self.rotation)
        return np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])

"""Which pieces of the grid of web maps a sheet is made from, and where a place of the paper lies among their pixels."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import shapely
from pyproj import Transformer

from gisserver.foreign.grid import HALF_M
from gisserver.prints.paper import POINTS_PER_MM
from gisserver.prints.sheet import Points, Sheet
from layers.core.crs import WEB_MERCATOR

DOTS_PER_INCH = 150
"""Of pictures on paper; more is not seen at the distance from which a map is read."""
_SPARE = 0.8
"""So much of it will do: sharper pieces would be four times as many."""
_BETWEEN = 16
"""Parts into which an edge of the sheet is divided: it is straight on paper and bent in the grid."""
_EDGE_PX = 2
"""Beyond the sheet, for the pixels at its edge are mixed from their neighbours."""


@dataclass(frozen=True)
class Ground:
    """A sheet as it lies in the system of web maps."""

    sheet: Sheet
    storage_srid: int

    def at(self, points: Points) -> Points:
        """From points of the paper (1/72 inch) to metres of the grid."""
        east, north = self.sheet.to_ground(points).T
        return np.column_stack(self._to_web.transform(east, north))

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of the whole map of the sheet."""
        left, bottom, right, top = self.sheet.paper.map.in_points
        outline = shapely.segmentize(shapely.box(left, bottom, right, top), max(right - left, top - bottom) / _BETWEEN)
        web = self.at(shapely.get_coordinates(outline))
        (west, south), (east, north) = web.min(axis=0).tolist(), web.max(axis=0).tolist()
        return west, south, east, north

    @cached_property
    def metres_per_mm(self) -> float:
        """Of paper, in its middle; the grid's metres are longer than those of the ground."""
        x, y = self.sheet.paper.map.middle
        west, east = self.at(np.array([(x - 1, y), (x + 1, y)]) * POINTS_PER_MM)
        return math.dist(west, east) / 2

    @cached_property
    def _to_web(self) -> Transformer:
        return Transformer.from_crs(self.storage_srid, WEB_MERCATOR, always_xy=True)


@dataclass(frozen=True)
class Cover:
    """The pieces of one zoom that lie under a sheet."""

    ground: Ground
    zoom: int
    side: int
    """Pixels of a piece."""

    @classmethod
    def chosen(cls, ground: Ground, side: int, last_zoom: int, most_pieces: int) -> "Cover":
        """As sharp as the paper shows, as far as the server has it and the number of pieces allows."""
        wanted = 25.4 / DOTS_PER_INCH / _SPARE * ground.metres_per_mm
        fitting = math.ceil(math.log2(2 * HALF_M / (side * wanted)))
        cover = cls(ground, max(0, min(fitting, last_zoom)), side)
        while cover.count > most_pieces and cover.zoom > 0:
            cover = cover.coarser
        return cover

    @property
    def coarser(self) -> "Cover":
        """By one zoom."""
        return replace(self, zoom=self.zoom - 1)

    @property
    def columns(self) -> range:
        """From the west."""
        west, _south, east, _north = self.ground.bounds
        return self._between(west + HALF_M, east + HALF_M)

    @property
    def rows(self) -> range:
        """From the north."""
        _west, south, _east, north = self.ground.bounds
        return self._between(HALF_M - north, HALF_M - south)

    @property
    def count(self) -> int:
        """Of the pieces."""
        return len(self.columns) * len(self.rows)

    @property
    def size(self) -> tuple[int, int]:
        """Of all of them together, in pixels."""
        return len(self.columns) * self.side, len(self.rows) * self.side

    @property
    def dots_per_inch(self) -> float:
        """How sharp they are on this paper."""
        return 25.4 * self.ground.metres_per_mm / self._pixel_m

    def places(self) -> Iterator[tuple[int, int]]:
        """Column and row of each, from the middle outwards: should time run out, the edge is missing."""
        middle = (self.columns.start + self.columns.stop - 1) / 2, (self.rows.start + self.rows.stop - 1) / 2
        places = [(x, y) for y in self.rows for x in self.columns]
        yield from sorted(places, key=lambda place: math.dist(place, middle))

    def corner(self, x: int, y: int) -> tuple[int, int]:
        """The pixel in the upper left of a piece."""
        return (x - self.columns.start) * self.side, (y - self.rows.start) * self.side

    def pixels(self, points: Points) -> Points:
        """Where points of the paper lie, from the upper left corner of all pieces."""
        web = self.ground.at(points)
        from_corner = np.column_stack((web[:, 0] + HALF_M, HALF_M - web[:, 1])) / self._pixel_m
        return np.asarray(from_corner - np.array((self.columns.start, self.rows.start)) * self.side)

    @property
    def _pixel_m(self) -> float:
        return float(2 * HALF_M / (2**self.zoom * self.side))

    def _between(self, first_m: float, last_m: float) -> range:
        edge = _EDGE_PX * self._pixel_m
        first, last = (int(metres / (self._pixel_m * self.side) // 1) for metres in (first_m - edge, last_m + edge))
        return range(max(0, first), min(2**self.zoom - 1, last) + 1)

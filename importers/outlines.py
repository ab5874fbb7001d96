"""The corners of many shapes at once: each with the one before and the one after it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Numbers = NDArray[np.float64]
LINES = (shapely.GeometryType.LINESTRING, shapely.GeometryType.LINEARRING)
RING = 3
"""A ring has more points than this, the first of them twice."""


@dataclass(frozen=True)
class Corners:
    """Of rings every corner, of lines those between two others."""

    shape: NDArray[np.int64]
    """The shape each is of, by its place in the list."""
    before: Numbers
    at: Numbers
    after: Numbers

    @property
    def sharpness(self) -> Numbers:
        """The angle between the two sides in degrees: 0 where the outline comes back the way it went."""
        back, on = self.before - self.at, self.after - self.at
        with np.errstate(invalid="ignore"):
            cross = back[:, 0] * on[:, 1] - back[:, 1] * on[:, 0]
            return np.asarray(np.degrees(np.abs(np.arctan2(cross, (back * on).sum(axis=1)))))

    @property
    def step_m(self) -> Numbers:
        """To the next corner."""
        return np.asarray(np.hypot(*(self.after - self.at).T))


def corners_of(shapes: Iterable[BaseGeometry | None]) -> Corners:
    """Points and what has no shape have no corners; numbers that are not finite have no place."""
    strings, of = _strings(np.array([*shapes, None], dtype=object)[:-1])
    points, string = shapely.get_coordinates(strings, return_index=True)
    is_finite = np.isfinite(points).all(axis=1)
    points, string = points[is_finite], string[is_finite]
    if not len(points):
        return Corners(np.empty(0, dtype=np.int64), *(np.empty((0, 2)) for _ in range(3)))
    is_repeated = np.append(False, (points[1:] == points[:-1]).all(axis=1) & (string[1:] == string[:-1]))
    points, string = points[~is_repeated], string[~is_repeated]
    first = np.searchsorted(string, string, side="left")
    last = np.searchsorted(string, string, side="right") - 1
    is_ring = ((points[first] == points[last]).all(axis=1)) & (last - first > 1)
    place = np.arange(len(points))
    is_last = place == last
    previous = np.where(place == first, last - 1, place - 1)
    inner = ~is_last & (is_ring | (place != first))
    following = place + 1
    chosen = np.flatnonzero(inner)
    return Corners(of[string[chosen]], points[previous[chosen]], points[chosen], points[following[chosen]])


def without_corners(shape: BaseGeometry, unwanted: Numbers) -> BaseGeometry:
    """The same outline, straight on past these corners; rings stay closed, and what loses too many corners is gone."""
    gone = {tuple(corner) for corner in unwanted.tolist()}
    parts = [left for part in shapely.get_parts(shape) if (left := _part_without(part, gone)) is not None]
    return shapely.MultiLineString(parts) if shapely.get_dimensions(shape) == 1 else shapely.MultiPolygon(parts)


def _part_without(part: BaseGeometry, gone: Collection[tuple[float, ...]]) -> BaseGeometry | None:
    if shapely.get_type_id(part) in LINES:
        line = _line_without(part, gone)
        return shapely.LineString(line) if len(line) > 1 else None
    shell, *holes = (_line_without(ring, gone) for ring in (part.exterior, *part.interiors))
    return shapely.Polygon(shell, [hole for hole in holes if len(hole) > RING]) if len(shell) > RING else None


def _line_without(line: BaseGeometry, gone: Collection[tuple[float, ...]]) -> list[list[float]]:
    points = shapely.get_coordinates(line).tolist()
    left = [point for point in points if tuple(point) not in gone]
    is_open_now = points[:1] == points[-1:] and left[:1] != left[-1:]
    return [*left, left[0]] if is_open_now else left


def _strings(shapes: NDArray[np.object_]) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    parts, of = shapely.get_parts(shapes, return_index=True)
    kinds = shapely.get_type_id(parts)
    is_area, is_line = kinds == shapely.GeometryType.POLYGON, np.isin(kinds, LINES)
    rings, ring_of = shapely.get_rings(parts[is_area], return_index=True)
    strings = np.concatenate([rings, parts[is_line]])
    owner = np.concatenate([of[is_area][ring_of], of[is_line]]).astype(np.int64)
    order = np.argsort(owner, kind="stable")
    return strings[order], owner[order]

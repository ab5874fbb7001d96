"""Boxes as requests write them: in the axis order of their system, over the 180th meridian if need be."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely import Geometry

from layers.core.crs import Crs

_FARTHEST_M = 1e9
"""Beyond every coordinate in metres; larger numbers would overflow where shapes are cut."""


class NoBox(Exception):
    """These numbers are no box."""


@dataclass(frozen=True)
class LonLatBox:
    """West, south, east, north in degrees (WGS 84, longitude first)."""

    west: float
    south: float
    east: float
    north: float


def boxes(numbers: Sequence[float], crs: Crs) -> tuple[Geometry, ...]:
    """One box, or two where it crosses the 180th meridian; heights are left out. East before north."""
    if len(numbers) not in (4, 6) or not all(math.isfinite(number) for number in numbers):
        raise NoBox
    half = len(numbers) // 2
    west, south = _east_and_north(numbers[:half], crs)
    east, north = _east_and_north(numbers[half:], crs)
    if south > north or (crs.is_in_degrees and not _are_degrees(west, south, east, north)):
        raise NoBox
    if not crs.is_in_degrees:
        west, south, east, north = (min(max(side, -_FARTHEST_M), _FARTHEST_M) for side in (west, south, east, north))
    if west <= east:
        return (shapely.box(west, south, east, north),)
    if not crs.is_in_degrees:
        raise NoBox
    return shapely.box(west, south, 180.0, north), shapely.box(-180.0, south, east, north)


def _east_and_north(corner: Sequence[float], crs: Crs) -> tuple[float, float]:
    first, second = corner[:2]
    return (second, first) if crs.is_north_first else (first, second)


def _are_degrees(west: float, south: float, east: float, north: float) -> bool:
    return all(-180 <= side <= 180 for side in (west, east)) and all(-90 <= side <= 90 for side in (south, north))

"""Corners that were meant to lie on a neighbour's boundary and end beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import MultiLineString, STRtree
from shapely.geometry.base import BaseGeometry

from importers.coverage.edges import Indices, edges_of, lines_between, node_numbers
from importers.outlines import Numbers, corners_of
from importers.shapes import GRID_M, Marks, Shapes, as_held
from layers.core.layer import Shape


@dataclass(frozen=True)
class Misses:
    """Of one shape: its corners that miss, where they belong, and whose boundary that is."""

    shape: int
    corners: Numbers
    targets: Numbers
    neighbours: tuple[int, ...]

    @property
    def furthest_m(self) -> float:
        """The longest way of a corner to its place."""
        return float(np.hypot(*(self.targets - self.corners).T).max())

    @property
    def place(self) -> MultiLineString:
        """The ways from the corners to their places."""
        return MultiLineString(list(np.stack([self.corners, self.targets], axis=1)))


@dataclass(frozen=True)
class _Ways:
    """From a corner to a neighbour's edge; several of each corner."""

    corner: Indices
    neighbour: Indices
    target: Numbers
    """The neighbour's corner, where one is near enough; else the nearest place on the edge."""
    length: Numbers
    is_at_corner: Marks


def misses(shapes: Shapes, before: Shapes, neighbours: Shapes, within_m: float) -> Iterator[Misses]:
    """In the order of the shapes; a corner that the published shape (`before`) has as well is no fault of today."""
    corners = corners_of(shapes)
    ways = _ways(corners.at, neighbours, within_m)
    of = corners.shape[ways.corner]
    chosen = _chosen(ways, of)
    if not len(chosen):
        return
    chosen = chosen[np.argsort(of[chosen], kind="stable")]
    found, first = np.unique(of[chosen], return_index=True)
    for shape, candidates in zip(found.tolist(), np.split(chosen, first[1:]), strict=True):
        own, old = _places(shapes[shape]), _places(before[shape])
        at, target = corners.at[ways.corner[candidates]], ways.target[candidates]
        counts = [
            tuple(here) not in old and tuple(there) not in own
            for here, there in zip(at.tolist(), target.tolist(), strict=True)
        ]
        if any(counts):
            beside = tuple(sorted(set(ways.neighbour[candidates[counts]].tolist())))
            yield Misses(shape, at[counts], target[counts], beside)


def snapped(shape: BaseGeometry, found: Misses) -> BaseGeometry | None:
    """The shape with these corners in their places; None where that would spoil it."""
    to: Mapping[tuple[float, ...], list[float]] = {
        tuple(corner): target for corner, target in zip(found.corners.tolist(), found.targets.tolist(), strict=True)
    }
    moved = shapely.transform(shape, lambda points: np.array([to.get(tuple(p), p) for p in points.tolist()]))
    (held,), (is_sound,) = as_held(np.array([moved, None], dtype=object)[:1], Shape.POLYGONS)
    return held if is_sound and not held.is_empty else None


def _places(shape: BaseGeometry | None) -> set[tuple[float, ...]]:
    return {tuple(corner) for corner in shapely.get_coordinates(shape).tolist()}


def _ways(corners: Numbers, neighbours: Shapes, within_m: float) -> _Ways:
    edges = edges_of(neighbours)
    lines = lines_between(edges.start, edges.end)
    corner, line = STRtree(lines).query(shapely.points(corners), predicate="dwithin", distance=within_m)
    at, start, end = corners[corner], edges.start[line], edges.end[line]
    along = end - start
    share = np.clip(((at - start) * along).sum(axis=1) / (along * along).sum(axis=1), 0, 1)
    foot = start + share[:, np.newaxis] * along
    nearer = np.where((np.hypot(*(at - start).T) <= np.hypot(*(at - end).T))[:, np.newaxis], start, end)
    is_at_corner = np.hypot(*(at - nearer).T) <= within_m
    target = np.where(is_at_corner[:, np.newaxis], nearer, foot)
    return _Ways(
        corner=corner,
        neighbour=edges.area[line],
        target=target,
        length=np.hypot(*(at - target).T),
        is_at_corner=is_at_corner,
    )


def _chosen(ways: _Ways, shape: Indices) -> Indices:
    """One way for each corner that lies in no such place, to a corner where one is near; one corner for each place."""
    has_its_place = np.isin(ways.corner, ways.corner[ways.length <= GRID_M])
    left = np.flatnonzero(~has_its_place)
    best = left[np.lexsort((ways.length[left], ~ways.is_at_corner[left], ways.corner[left]))]
    best = best[np.unique(ways.corner[best], return_index=True)[1]]
    best = best[np.argsort(ways.length[best], kind="stable")]
    places = np.stack([shape[best], node_numbers(ways.target[best])], axis=1)
    return np.sort(best[np.unique(places, axis=0, return_index=True)[1]])

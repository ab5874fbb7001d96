"""The cadastral operations and mistakes that the demo uploads show."""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from demo.sample.sources import GRID_M

_BESIDE_M = 0.3
"""Boundaries this close are one boundary."""


def split(outline: BaseGeometry, parts: int) -> list[BaseGeometry]:
    """Equal strips across the longer side; together they are the outline."""
    box = shapely.minimum_rotated_rectangle(outline)
    corners = shapely.get_coordinates(box)[:4]
    if np.linalg.norm(corners[1] - corners[0]) < np.linalg.norm(corners[2] - corners[1]):
        corners = np.roll(corners, -1, axis=0)
    origin, along, across = corners[0], corners[1] - corners[0], corners[3] - corners[0]
    strips = []
    for number in range(parts):
        # A little wider than the outline, so that only the lines between strips cut it.
        low = number / parts if number else -0.1
        high = (number + 1) / parts if number < parts - 1 else 1.1
        ring = [origin + a * along + b * across for a, b in ((low, -0.1), (high, -0.1), (high, 1.1), (low, 1.1))]
        strips.append(shapely.intersection(outline, shapely.polygons(ring), grid_size=GRID_M))
    return strips


def joined(outlines: list[BaseGeometry]) -> BaseGeometry:
    """One outline without the border between them."""
    return shapely.simplify(shapely.coverage_union_all(outlines), 0.0)


def grown_into(outline: BaseGeometry, neighbour: BaseGeometry, metres: float) -> BaseGeometry:
    """The outline with a strip of its neighbour."""
    strip = shapely.intersection(shapely.buffer(outline, metres, join_style="mitre"), neighbour)
    return shapely.union_all([outline, strip], grid_size=GRID_M)


def common_edge_m(one: BaseGeometry, other: BaseGeometry) -> float:
    """How long the border between two outlines is, also where only one of them has a corner on it."""
    return float(shapely.length(shapely.intersection(shapely.boundary(one), shapely.buffer(other, _BESIDE_M))))


def street_front(outline: BaseGeometry, others: list[BaseGeometry]) -> BaseGeometry | None:
    """The longest edge that lies beside none of the others."""
    corners = shapely.get_coordinates(outline)
    edges = shapely.linestrings(np.stack([corners[:-1], corners[1:]], axis=1))
    closed = shapely.buffer(shapely.union_all(others), _BESIDE_M)
    is_open = shapely.length(shapely.intersection(edges, closed)) < _BESIDE_M
    return max(edges[is_open], key=shapely.length, default=None)


def without_strip(outline: BaseGeometry, front: BaseGeometry, metres: float) -> BaseGeometry:
    """The outline without a strip along one of its edges and in its line on either side of it."""
    begin, end = shapely.get_coordinates(front)
    beyond = (end - begin) / np.linalg.norm(end - begin) * outline.length
    strip = shapely.buffer(shapely.linestrings([begin - beyond, end + beyond]), metres, cap_style="flat")
    return shapely.difference(outline, strip, grid_size=GRID_M)


def self_crossing(outline: BaseGeometry) -> BaseGeometry:
    """Two neighbouring corners in the wrong order."""
    ring = shapely.get_coordinates(outline)[:-1]
    longest = int(np.linalg.norm(np.roll(ring, -1, axis=0) - ring, axis=1).argmax())
    ring[[longest, (longest + 1) % len(ring)]] = ring[[(longest + 1) % len(ring), longest]]
    return shapely.polygons(ring)


def across(border: BaseGeometry, inside: BaseGeometry, width: float, depth: float) -> BaseGeometry:
    """A rectangle with one half on either side of a border, near where `inside` is."""
    on_border = shapely.get_coordinates(shapely.shortest_line(border, inside))[0]
    inwards = shapely.get_coordinates(shapely.centroid(inside))[0] - on_border
    inwards /= np.linalg.norm(inwards)
    along = np.array([-inwards[1], inwards[0]])
    ring = [
        on_border + a * width / 2 * along + b * depth / 2 * inwards for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]
    return shapely.polygons(np.round(ring, 3))

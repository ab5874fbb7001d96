"""Corners that end beside a neighbour's boundary, and the shape with these corners on it."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, box

from importers.snapping import Misses, misses, snapped

X, Y = 500_000.0, 4_250_000.0
NEIGHBOUR = box(X + 20, Y, X + 40, Y + 20)
WITHIN_M = 0.1


def found(shape, before=None, neighbour=NEIGHBOUR) -> list[Misses]:
    shapes, old, others = (np.array([one, None], dtype=object)[:1] for one in (shape, before, neighbour))
    return list(misses(shapes, old, others, WITHIN_M))


def beside(gap: float, top: float = 20.0) -> Polygon:
    return Polygon([(X, Y), (X + 20 - gap, Y), (X + 20 - gap, Y + top), (X, Y + top)])


@pytest.mark.parametrize("gap", [0.04, -0.04])
def test_corners_that_miss_the_neighbours_corners_belong_on_them(gap):
    (miss,) = found(beside(gap))
    assert miss.furthest_m == pytest.approx(0.04)
    assert miss.place.length == pytest.approx(0.08)
    held = snapped(beside(gap), miss)
    assert held.equals(box(X, Y, X + 20, Y + 20))


def test_a_corner_that_misses_an_edge_is_led_straight_to_it():
    (miss,) = found(beside(0.03, top=15))
    assert sorted(miss.targets.tolist()) == [[X + 20, Y], [X + 20, Y + 15]]
    assert snapped(beside(0.03, top=15), miss).touches(NEIGHBOUR)


@pytest.mark.parametrize("gap", [0.0, 0.0005, 0.11, 5.0])
def test_what_lies_on_the_boundary_or_clearly_elsewhere_is_let_be(gap):
    assert found(beside(gap)) == []


def test_a_corner_on_the_neighbours_edge_is_led_along_it_only_to_a_corner_that_is_near():
    assert found(beside(0.0, top=15)) == []
    (miss,) = found(beside(0.0, top=19.95))
    assert miss.targets.tolist() == [[X + 20, Y + 20]]


def test_a_corner_that_is_published_so_is_no_fault_of_this_file():
    assert found(beside(0.04), before=beside(0.04, top=30)) != []
    (miss,) = found(beside(0.04), before=beside(0.04, top=30))
    assert miss.corners.tolist() == [[X + 19.96, Y + 20]]


def test_of_two_corners_near_one_place_only_the_nearer_moves():
    rounded = Polygon([(X, Y), (X + 19.93, Y), (X + 19.97, Y + 0.02), (X + 19.97, Y + 20), (X, Y + 20)])
    (miss,) = found(rounded)
    assert [X + 19.93, Y] not in miss.corners.tolist()
    assert snapped(rounded, miss).is_valid


def test_what_would_be_spoilt_is_not_proposed():
    sliver = Polygon([(X + 19.95, Y), (X + 19.98, Y), (X + 19.98, Y + 20), (X + 19.95, Y + 20)])
    for miss in found(sliver):
        held = snapped(sliver, miss)
        assert held is None or (held.is_valid and held.area > 0)


shifts = st.lists(st.floats(-0.09, 0.09), min_size=8, max_size=8)


@given(shifts)
def test_whatever_is_snapped_is_sound_and_near_and_soon_comes_to_rest(noise):
    """A corner that was led to an edge may then be near enough to that edge's end."""
    moved = np.array([(X, Y), (X + 20, Y), (X + 20, Y + 20), (X, Y + 20)]) + np.array(noise).reshape(4, 2)
    shape = MultiPolygon([Polygon(np.round(moved, 3))])
    for _ in range(2):
        for miss in found(shape):
            held = snapped(shape, miss)
            assert held is not None
            assert held.is_valid
            assert shapely.hausdorff_distance(held, shape) <= WITHIN_M + 0.001
            shape = held
    assert found(shape) == []

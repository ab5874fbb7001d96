"""What a look at the edges finds is what comparing all with all would find."""

from collections.abc import Sequence

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import Point, Polygon

from importers.coverage import Relation, faults
from layers.core.limits import Limits
from tests.coverings import (
    X,
    Y,
    common_ground,
    grid,
    lacking_corners,
    on_the_millimetre,
    uncovered,
    with_corner_added,
    with_corner_moved,
)

LIMITS = Limits()
STRICTER, MILDER = Limits(gap_m2=0.95, gap_m=0.48, coincide_m=0.022), Limits(gap_m2=1.05, gap_m=0.52, coincide_m=0.018)
metres = st.floats(-6, 6).map(lambda value: round(value, 3))


def found_in(areas: Sequence[Polygon]):
    return faults(np.array(areas, dtype=object), LIMITS)


@st.composite
def coverings(draw) -> list[Polygon]:
    """A sound covering with a few mistakes, and at times a second one laid over it."""
    areas = grid(draw(st.integers(2, 4)), draw(st.integers(2, 4)), draw(st.integers(0, 99)))
    if draw(st.booleans()):
        areas.pop(draw(st.integers(0, len(areas) - 1)))
    for _ in range(draw(st.integers(0, 3))):
        which = draw(st.integers(0, len(areas) - 1))
        match draw(st.sampled_from(["corner moved", "corner added", "twice", "inside", "hole"])):
            case "corner moved":
                changed = with_corner_moved(areas[which], draw(st.integers(0, 3)), draw(metres), draw(metres))
                areas[which] = changed if changed.is_valid and changed.area else areas[which]
            case "corner added":
                areas[which] = with_corner_added(areas[which], draw(st.integers(0, 3)), draw(st.floats(0.1, 0.9)))
            case "twice":
                areas.append(areas[which])
            case "inside":
                areas.append(on_the_millimetre(areas[which].representative_point().buffer(1.5, 2)))
            case "hole":
                hole = on_the_millimetre(areas[which].centroid.buffer(draw(st.floats(0.2, 2)), 2))
                areas[which] = areas[which].difference(hole) if areas[which].contains(hole) else areas[which]
    if draw(st.booleans()):
        dx, dy = draw(metres), draw(metres)
        areas += [shapely.affinity.translate(area, dx, dy) for area in grid(2, 2, draw(st.integers(0, 99)))]
    return [on_the_millimetre(area) for area in areas if area.geom_type == "Polygon" and area.is_valid]


@given(coverings())
def test_all_common_ground_is_found_and_none_invented(areas):
    found = {tuple(sorted((one.first, one.second))): one.place.area for one in found_in(areas).overlaps}
    assert found == pytest.approx(common_ground(areas, LIMITS), abs=1e-6)


@given(coverings())
def test_all_gaps_are_found_and_none_invented(areas):
    holes = sorted(hole.area for hole in uncovered(areas, LIMITS))
    assume(uncovered(areas, STRICTER) == uncovered(areas, MILDER))
    found = sorted(gap.place.area for gap in found_in(areas).gaps)
    assert found == pytest.approx(holes, abs=1e-6)


@given(coverings())
def test_all_missing_corners_are_found_and_none_invented(areas):
    found = {(missing.area, missing.place) for missing in found_in(areas).missing_corners}
    assert found == lacking_corners(areas, LIMITS)


@given(coverings(), st.randoms())
def test_the_order_of_the_areas_makes_no_difference(areas, random):
    shuffled = list(areas)
    random.shuffle(shuffled)
    one, other = found_in(areas), found_in(shuffled)
    assert len(one.gaps) == len(other.gaps)
    assert len(one.overlaps) == len(other.overlaps)
    assert len(one.missing_corners) == len(other.missing_corners)


def test_areas_that_fit_have_no_faults():
    found = found_in(grid(12, 12))
    assert (found.overlaps, found.gaps, found.missing_corners) == ((), (), ())


def test_no_areas_have_no_faults():
    assert found_in([]).overlaps == ()


def test_an_area_that_is_there_twice_is_a_duplicate():
    areas = grid(3, 3)
    (found,) = found_in([*areas, areas[4]]).overlaps
    assert (found.first, found.second, found.relation) == (4, 9, Relation.DUPLICATE)


def test_an_area_inside_another_is_found_although_no_edges_meet():
    areas = [*grid(1, 1, jitter=0), shapely.box(X + 5, Y + 5, X + 8, Y + 8)]
    (found,) = found_in(areas).overlaps
    assert (found.first, found.second, found.relation) == (1, 0, Relation.INSIDE)
    assert found.place.area == pytest.approx(9)


def test_a_second_layer_of_areas_that_fit_each_other_is_found_whole():
    inner = [shapely.affinity.translate(area, 7, 3) for area in grid(3, 3, seed=5)]
    areas = grid(5, 5) + inner
    assert len(found_in(areas).overlaps) == len(common_ground(areas, LIMITS))


def test_a_gap_is_shown_as_it_is_drawn():
    areas = grid(2, 1, jitter=0)
    areas[0] = with_corner_added(areas[0], 1, 0.5)
    areas[0] = with_corner_moved(areas[0], 2, -0.4, 0)
    (gap,) = found_in(areas).gaps
    assert gap.beside == (0, 1)
    assert gap.place.equals(Polygon([(X + 20, Y), (X + 19.6, Y + 10), (X + 20, Y + 20)]))


def test_a_corner_that_the_neighbour_lacks_is_shown():
    areas = grid(2, 1, jitter=0)
    areas[0] = with_corner_added(areas[0], 1, 0.5)
    (missing,) = found_in(areas).missing_corners
    assert (missing.area, missing.neighbour, missing.place) == (1, 0, Point(X + 20, Y + 10))


def test_a_street_with_thousands_of_holes_is_cut_before_it_is_compared():
    blocks = [area for n, area in enumerate(grid(60, 60)) if n % 2]
    street = shapely.union_all([area for n, area in enumerate(grid(60, 60)) if not n % 2])
    areas = [*blocks, *shapely.get_parts(street)]
    assert found_in(areas).overlaps == ()
    moved = shapely.affinity.translate(blocks[900], 3, 0)
    areas[900] = moved
    shared = {pair: area for pair, area in common_ground(areas, LIMITS).items() if 900 in pair}
    found = {tuple(sorted((one.first, one.second))): one.place.area for one in found_in(areas).overlaps}
    assert found == pytest.approx(shared, abs=1e-6)


def test_a_gap_beside_areas_drawn_three_times_is_found():
    drawn = Polygon([(0, 16.362), (17.122, 22.993), (20.855, -1.714), (3.172, 2.464)])
    above = Polygon([(0.212, 43.793), (23.913, 42.754), (17.122, 23.993), (0, 16.362)])
    across = Polygon([(3.836, 19.256), (19.706, 20.767), (21.765, -1.54), (-0.737, -3.643)])
    areas = [shapely.affinity.translate(area, 499_999.268, 4_250_000) for area in (drawn, drawn, drawn, above, across)]
    areas = [on_the_millimetre(area) for area in areas]
    assert [gap.place.area for gap in found_in(areas).gaps] == pytest.approx(
        [hole.area for hole in uncovered(areas, LIMITS)]
    )
    assert uncovered(areas, LIMITS)

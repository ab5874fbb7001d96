"""Coordinates in the systems people work in, and what a shape measures."""

from pathlib import Path

import pytest
import shapely

from layers.core.measures import measured, positions
from layers.core.profile import load_profile

IZMIR = load_profile(Path(__file__).parents[2] / "profiles/izmir.toml")
KNOWN = {
    5253: (512_226.086, 4_254_127.493),
    5254: (250_214.736, 4_257_994.078),
    5269: (9_512_226.086, 4_254_127.493),
    32635: (512_221.196, 4_252_425.842),
    2319: (512_226.086 + 40.885, 4_254_127.493 + 185.974),
}
"""27.14 east, 38.42 north, worked out by another program; ED50 by the parameters that the profile pins."""


@pytest.mark.parametrize("srid", KNOWN)
def test_a_place_has_known_coordinates_in_each_system(srid):
    found = {one.crs.srid: one for one in positions(27.14, 38.42, IZMIR)}
    assert (found[srid].east, found[srid].north) == pytest.approx(KNOWN[srid], abs=0.01)


def test_a_change_of_datum_says_how_sure_it_is():
    found = {one.crs.srid: one.accuracy_m for one in positions(27.14, 38.42, IZMIR)}
    assert (found[5253], found[2319]) == (None, 2.1)


def test_far_from_the_middle_of_the_zone_the_plane_is_larger_than_the_ellipsoid():
    square = shapely.box(28.5, 38.4, 28.51, 38.41)
    found = measured(square, IZMIR)
    assert found.plane_area_m2 / found.ellipsoid_area_m2 == pytest.approx(1.00042, abs=0.00002)


def test_a_side_to_the_east_bears_ninety_degrees_from_grid_north():
    found = measured(shapely.LineString([(27.0, 38.4), (27.001, 38.4)]), IZMIR)
    (side,) = found.segments
    assert side.bearing_deg == pytest.approx(90, abs=0.01)
    assert side.length_m == pytest.approx(found.ellipsoid_length_m, rel=1e-6)
    assert found.plane_area_m2 == 0

"""Coordinate systems as the standards name them."""

from pathlib import Path

import pytest

from layers.core.crs import CRS84, epsg, named, offered
from layers.core.profile import load_profile
from layers.core.query.boxes import NoBox, boxes

ROOT = Path(__file__).parent.parent.parent
NORTH_FIRST = (4326, *range(5253, 5260), *range(2319, 2326), *range(2206, 2213))
EAST_FIRST = (3857, 23035, 32635, 2154)


@pytest.mark.parametrize("code", NORTH_FIRST)
def test_systems_that_write_north_first(code):
    assert epsg(code).is_north_first


@pytest.mark.parametrize("code", EAST_FIRST)
def test_systems_that_write_east_first(code):
    assert not epsg(code).is_north_first


def test_crs84_is_the_same_ground_with_longitude_first():
    assert (CRS84.srid, CRS84.is_north_first) == (4326, False)


@pytest.mark.parametrize("profile", ["izmir", "epinay"])
def test_a_profile_offers_crs84_its_storage_and_what_its_people_work_in(profile):
    city = load_profile(ROOT / f"profiles/{profile}.toml")
    systems = offered(city)
    assert systems[:2] == (CRS84, epsg(city.storage_srid))
    assert {crs.srid for crs in systems} >= {4326, 3857, *city.crs_candidates}
    assert len({crs.uri for crs in systems}) == len(systems)


def test_a_system_is_found_by_its_address_and_by_its_short_name():
    known = (CRS84, epsg(4326))
    for name in ("http://www.opengis.net/def/crs/EPSG/0/4326", "EPSG:4326", "[EPSG:4326]"):
        assert named(name, known) == epsg(4326)
    assert named("[OGC:CRS84]", known) == CRS84
    for unknown in ("", "EPSG:5253", "4326", "http://example.org/4326"):
        assert named(unknown, known) is None


def test_a_box_over_the_180th_meridian_is_two():
    west, east = boxes((177, 65, -177, 70), CRS84)
    assert (west.bounds, east.bounds) == ((177, 65, 180, 70), (-180, 65, -177, 70))
    assert boxes((65, 177, 70, -177), epsg(4326)) == (west, east)


def test_heights_of_a_box_are_left_out():
    assert boxes((27, 38, -5, 28, 39, 900), CRS84) == boxes((27, 38, 28, 39), CRS84)


@pytest.mark.parametrize(
    ("numbers", "crs"),
    [((1, 2, 3), CRS84), ((1, 5, 2, 4), CRS84), ((0, 0, 181, 1), CRS84), ((0, -91, 1, 0), CRS84),
     ((float("nan"), 0, 1, 1), CRS84), ((0, 0, float("inf"), 1), epsg(3857)), ((5, 0, 4, 1), epsg(3857))],
)  # fmt: skip
def test_numbers_that_are_no_box(numbers, crs):
    with pytest.raises(NoBox):
        boxes(numbers, crs)

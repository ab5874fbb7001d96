"""Answers and boxes in every system that is offered, against pyproj."""

import pytest
from pyproj import Transformer

from layers.core.crs import CRS84, epsg
from layers.core.profile import load_profile
from layers.core.query import ReadableLayer
from layers.core.registry import Registry
from tests.application import TEST_PROFILE
from tests.feature_town import town  # noqa: F401

READABLE = ReadableLayer(Registry.of_folder()["parcels"], 0, load_profile(TEST_PROFILE))
OFFERED = READABLE.offered
CORNER = (500_000.0, 4_250_000.0)
"""Of the first parcel, in the storage system: east, north."""
ALL = ["w-1", "w-2", "w-3", "e-1"]
OTHERS = [crs for crs in OFFERED if crs != CRS84]


def lower_left(crs) -> tuple[float, float]:
    """The corner as the system writes it."""
    east, north = Transformer.from_crs(READABLE.storage.srid, crs.srid, always_xy=True).transform(*CORNER)
    return (north, east) if crs.is_north_first else (east, north)


@pytest.mark.parametrize("crs", OFFERED, ids=lambda crs: crs.uri[-8:])
def test_an_answer_is_in_the_system_asked_for(town, crs):  # noqa: F811
    answer = town.ask("parcels", crs=crs.uri, block_no="101", parcel_no="1")
    assert answer.headers["Content-Crs"] == f"<{crs.uri}>"
    corners = answer.get_json()["features"][0]["geometry"]["coordinates"][0][0]
    tolerance = 1e-6 if crs.is_in_degrees else 0.01
    assert any(pytest.approx(lower_left(crs), abs=tolerance) == corner for corner in corners)


@pytest.mark.parametrize("crs", OFFERED, ids=lambda crs: crs.uri[-8:])
def test_a_box_is_read_in_the_system_that_is_said(town, crs):  # noqa: F811
    first, second = lower_left(crs)
    reach = 1e-5 if crs.is_in_degrees else 1.0
    box = f"{first - reach},{second - reach},{first + reach},{second + reach}"
    assert town.refs("parcels", bbox=box, bbox_crs=crs.uri) == ["w-1"]


def test_where_nothing_is_said_longitude_is_first(town):  # noqa: F811
    answer = town.ask("parcels", limit=1)
    assert answer.headers["Content-Crs"] == f"<{CRS84.uri}>"
    assert 26.9 < answer.get_json()["features"][0]["geometry"]["coordinates"][0][0][0][0] < 27.1


@pytest.mark.parametrize(
    ("box", "found"),
    [("177,65,-177,70", []), ("-180,-90,180,90", ALL), ("-180,85,180,90", []), ("-180,-90,180,-85", []),
     ("20,30,-170,60", ALL), ("0,0,0,0", []), ("26.99,38.3,0,27.01,38.5,100", ALL)],
)  # fmt: skip
def test_boxes_at_the_ends_of_the_world_are_boxes(town, box, found):  # noqa: F811
    assert town.refs("parcels", bbox=box) == found


@pytest.mark.parametrize("crs", OTHERS, ids=lambda crs: crs.uri[-8:])
def test_a_box_without_end_finds_everything(town, crs):  # noqa: F811
    box = "-90,-180,90,180" if crs.is_in_degrees else "-1e9,-1e9,1e9,1e9"
    assert town.refs("parcels", bbox=box, bbox_crs=crs.uri) == ALL


@pytest.mark.parametrize("name", ["crs", "bbox_crs", "filter_crs"])
def test_a_system_that_is_not_offered_is_answered_with_those_that_are(town, name):  # noqa: F811
    problem = town.ask("parcels", **{name: "http://www.opengis.net/def/crs/EPSG/0/9999999"})
    assert problem.status_code == 400
    assert problem.get_json()["parameter"] == name.replace("_", "-") if "_" in name else name
    assert CRS84.uri in problem.get_json()["detail"]


def test_a_collection_lists_its_systems(town):  # noqa: F811
    told = town.client.get("/api/collections/parcels").get_json()
    assert told["crs"] == [crs.uri for crs in OFFERED]
    assert told["storageCrs"] == READABLE.storage.uri
    (box,) = told["extent"]["spatial"]["bbox"]
    assert len(box) == 4
    assert box[0] < 27 < box[2]


DAYS = {
    "1995-01-01": ["w-1", "w-3"],
    "2005-01-01T10:00:00Z": ["w-1", "w-2", "w-3"],
    "2010-05-31T20:59:59Z": ["w-1", "w-2", "w-3"],
    "2010-05-31T21:00:00Z": ["w-1", "e-1"],
    "2020-01-01/..": ["w-1", "e-1"],
    "../1989-12-31": ["w-3"],
    "/1989-12-31": ["w-3"],
    "2010-05-31/2010-06-01": ALL,
    "../..": ALL,
}


@pytest.mark.parametrize("asked", DAYS)
def test_datetime_finds_what_was_valid_by_law(town, asked):  # noqa: F811
    assert town.refs("parcels", datetime=asked) == DAYS[asked]


@pytest.mark.parametrize("wrong", ["yesterday", "2010-13-01", "2020-01-01/2010-01-01", "a/b/c", "", "0000-00-00"])
def test_a_day_that_is_none_is_refused_with_examples(town, wrong):  # noqa: F811
    problem = town.ask("parcels", datetime=wrong)
    assert (problem.status_code, problem.get_json()["parameter"]) == (400, "datetime")
    assert "2026-05-01" in problem.get_json()["detail"]


def test_only_the_fields_asked_for_are_sent(town):  # noqa: F811
    (feature,) = town.ask("parcels", ref="w-1", properties="block_no,ref").get_json()["features"]
    assert list(feature["properties"].items()) == [("ref", "w-1"), ("block_no", "101")]
    problem = town.ask("parcels", properties="block_no,registry_id")
    assert problem.get_json()["parameter"] == "properties"
    assert "parcel_no" in problem.get_json()["detail"]


def test_a_box_in_metres_may_be_as_large_as_numbers_are(town):  # noqa: F811
    everywhere = "-1.7e308,-1.7e308,1.7e308,1.7e308"
    assert town.refs("parcels", bbox=everywhere, bbox_crs=epsg(3857).uri) == ALL

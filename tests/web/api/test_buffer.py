"""The ground within a distance of a drawn shape, in the plane of the city."""

import math

import pytest
import shapely
from pyproj import Transformer

TO_PLANE = Transformer.from_crs(4326, 5253, always_xy=True)
TO_DEGREES = Transformer.from_crs(5253, 4326, always_xy=True)


def in_degrees(shape) -> dict:
    return shapely.geometry.mapping(shapely.transform(shape, TO_DEGREES.transform, interleaved=False))


def in_plane(answer):
    assert answer.status_code == 200, answer.text
    shape = shapely.geometry.shape(answer.get_json()["shape"])
    return shapely.transform(shape, TO_PLANE.transform, interleaved=False)


def asked(client, shape, metres):
    return client.post("/api/buffer", json={"shape": in_degrees(shape), "metres": metres})


def test_around_a_point_it_is_a_circle(client):
    found = in_plane(asked(client, shapely.Point(500_000, 4_250_000), 50))
    assert found.area == pytest.approx(math.pi * 50**2, rel=0.01)
    assert found.centroid.distance(shapely.Point(500_000, 4_250_000)) < 0.001


def test_along_a_line_it_is_as_wide_on_both_sides(client):
    found = in_plane(asked(client, shapely.LineString([(500_000, 4_250_000), (500_100, 4_250_000)]), 10))
    assert found.area == pytest.approx(100 * 20 + math.pi * 10**2, rel=0.01)


def test_below_zero_an_area_loses_its_edge(client):
    found = in_plane(asked(client, shapely.box(500_000, 4_250_000, 500_100, 4_250_100), -10))
    assert found.area == pytest.approx(80 * 80, rel=1e-6)


def test_where_nothing_is_left_that_is_said(client):
    answer = asked(client, shapely.box(500_000, 4_250_000, 500_010, 4_250_010), -20)
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, "metres")


@pytest.mark.parametrize("metres", [0, 10_001, "10", None, True, float("nan")])
def test_a_distance_that_is_none_is_refused(client, metres):
    answer = asked(client, shapely.Point(500_000, 4_250_000), metres)
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, "metres")

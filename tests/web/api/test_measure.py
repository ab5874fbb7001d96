"""What a drawn shape measures, as the map asks."""

import pytest

OUTLINE = {"type": "Polygon", "coordinates": [[[27, 38], [27.001, 38], [27.001, 38.001], [27, 38]]]}
LINE = {"type": "LineString", "coordinates": [[27, 38], [27.001, 38]]}


def test_an_area_is_told_in_the_plane_and_on_the_ellipsoid(client):
    found = client.post("/api/measure", json={"shape": OUTLINE}).get_json()
    assert found["plane"]["area_m2"] == pytest.approx(found["ellipsoid"]["area_m2"], rel=1e-4)
    assert len(found["segments"]) == 3


def test_a_line_has_a_length_and_no_area(client):
    found = client.post("/api/measure", json={"shape": LINE}).get_json()
    assert found["plane"]["length_m"] == pytest.approx(87.8, abs=0.2)
    assert found["plane"]["area_m2"] == 0


def test_an_outline_that_crosses_itself_is_told_where(client):
    crossing = {"type": "Polygon", "coordinates": [[[27, 38], [28, 39], [28, 38], [27, 39], [27, 38]]]}
    answer = client.post("/api/measure?lang=en", json={"shape": crossing})
    assert (answer.status_code, "38.50000, 27.50000" in answer.get_json()["detail"]) == (400, True)


def test_coordinates_are_written_in_the_order_of_each_systems_axes(client):
    systems = client.get("/api/coordinates?lon=27.0&lat=38.0").get_json()["systems"]
    storage = next(one for one in systems if one["crs"].endswith("/5253"))
    north, east = (float(number) for number in storage["text"].split(", "))
    assert north > east == pytest.approx(500_000, abs=0.01)

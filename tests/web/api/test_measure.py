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


def test_each_shape_of_a_drawing_is_measured_in_its_order_as_it_is_alone(client):
    crossing = {"type": "Polygon", "coordinates": [[[27, 38], [28, 39], [28, 38], [27, 39], [27, 38]]]}
    point = {"type": "Point", "coordinates": [27, 38]}
    area, line, place, crossed = client.post(
        "/api/measure/shapes", json={"shapes": [OUTLINE, LINE, point, crossing]}
    ).get_json()["extents"]
    alone = client.post("/api/measure", json={"shape": OUTLINE}).get_json()["plane"]
    assert area == {"length_m": alone["length_m"], "area_m2": alone["area_m2"]}
    assert (line["length_m"], line["area_m2"]) == (pytest.approx(87.8, abs=0.2), 0)
    assert (place, crossed["area_m2"]) == ({"length_m": 0, "area_m2": 0}, None)


def test_nothing_drawn_is_measured_as_nothing_and_what_is_no_list_is_refused(client):
    assert client.post("/api/measure/shapes", json={"shapes": []}).get_json()["extents"] == []
    refused = client.post("/api/measure/shapes", json={"shapes": [None]})
    assert (refused.status_code, refused.get_json()["parameter"]) == (400, "shapes")


def test_an_outline_that_crosses_itself_is_told_where(client):
    crossing = {"type": "Polygon", "coordinates": [[[27, 38], [28, 39], [28, 38], [27, 39], [27, 38]]]}
    answer = client.post("/api/measure?lang=en", json={"shape": crossing})
    assert (answer.status_code, "38.50000, 27.50000" in answer.get_json()["detail"]) == (400, True)


def test_coordinates_are_written_in_the_order_of_each_systems_axes(client):
    systems = client.get("/api/coordinates?lon=27.0&lat=38.0").get_json()["systems"]
    storage = next(one for one in systems if one["crs"].endswith("/5253"))
    north, east = (float(number) for number in storage["text"].split(", "))
    assert north > east == pytest.approx(500_000, abs=0.01)

"""Corners that a person types while drawing."""

from itertools import pairwise

import pytest

AHEAD = "/api/corners/ahead"
AT = "/api/corners/at"
START = {"lon": 27.0, "lat": 38.0}


def corner(client, **asked: float) -> list[float]:
    found = client.get(AHEAD, query_string=asked).get_json()
    return [found["lon"], found["lat"]]


def test_a_block_of_right_angles_closes_where_it_began(client):
    corners = [[27.0, 38.0], corner(client, **START, length=25.5, direction=30)]
    for length in (10, 25.5, 10):
        (before_lon, before_lat), (lon, lat) = corners[-2:]
        asked = {"lon": lon, "lat": lat, "before_lon": before_lon, "before_lat": before_lat}
        corners.append(corner(client, **asked, length=length, direction=90))
    assert corners[-1] == pytest.approx(corners[0], abs=2e-9)
    sides = client.post("/api/measure", json={"shape": {"type": "LineString", "coordinates": corners}}).get_json()
    assert [round(side["length_m"], 3) for side in sides["segments"]] == [25.5, 10, 25.5, 10]
    turns = [(b["bearing_deg"] - a["bearing_deg"]) % 360 for a, b in pairwise(sides["segments"])]
    assert turns == pytest.approx([90, 90, 90], abs=1e-3)


def test_the_coordinates_of_a_place_lead_back_to_it_in_every_system(client):
    systems = client.get("/api/coordinates?lon=27.01&lat=38.02").get_json()["systems"]
    assert len(systems) > 2
    for system in systems:
        first, second = system["text"].split(", ")
        found = client.get(AT, query_string={"crs": system["crs"], "first": first, "second": second}).get_json()
        assert [found["lon"], found["lat"]] == pytest.approx([27.01, 38.02], abs=2e-7), system["name"]


@pytest.mark.parametrize(
    ("path", "asked", "sentence"),
    [
        (AHEAD, {**START, "length": 0, "direction": 0}, "more than 0 m"),
        (AHEAD, {**START, "length": "far", "direction": 0}, "“length” must be a number"),
        (AHEAD, {**START, "length": 1, "direction": "nan"}, "“direction” must be a number"),
        (AHEAD, {**START, "length": 1, "direction": 0, "before_lon": 1}, "must be degrees"),
        (AT, {"crs": "EPSG:1", "first": 1, "second": 2}, "must be one of"),
        (AT, {"crs": "EPSG:4326", "first": 91, "second": 27}, "lie nowhere in that system"),
    ],
)
def test_what_cannot_be_a_corner_is_a_sentence(client, path, asked, sentence):
    answer = client.get(path, query_string={**asked, "lang": "en"})
    assert (answer.status_code, sentence in answer.get_json()["detail"]) == (400, True)

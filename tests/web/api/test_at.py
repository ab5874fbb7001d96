"""What lies at a place, as the map's card asks."""

import pytest
from sqlalchemy import create_engine, text

from tests.edits import Drawn, open_editor
from tests.worlds import ORIGIN, WEST

LON, LAT = 27.1428, 38.4237
NEARBY = LON + 0.0002
"""17 metres to the east."""

FOUNTAIN = text(
    "INSERT INTO pool.places (ref, district_id, name, kind, geom, epoch_from, version, origin) "
    "SELECT 'fountain', 1, 'Fountain', 'place', "
    "ST_Transform(ST_SetSRID(ST_MakePoint(:lon, :lat), 4326), storage_srid), 1, 1, 'test' FROM ops.profile"
)


@pytest.fixture
def fountain(database):
    engine = create_engine(database.owner)
    with engine.begin() as connection:
        connection.exec_driver_sql("SELECT set_config('gis.epoch', '1', true)")
        connection.execute(FOUNTAIN, {"lon": LON, "lat": LAT})
    engine.dispose()


def names_at(client, lon: float, **more: object) -> list[str]:
    """Names of the places found."""
    answer = client.get("/api/at", query_string={"lon": lon, "lat": LAT, "layers": "places", **more}).get_json()
    return [feature["properties"]["name"] for layer in answer["layers"] for feature in layer["features"]]


def test_a_point_is_found_where_it_is_and_not_far_from_it(client, fountain):
    assert names_at(client, LON) == ["Fountain"]
    assert names_at(client, NEARBY) == []


def test_a_thick_finger_finds_what_is_near(client, fountain):
    assert names_at(client, NEARBY, radius=30) == ["Fountain"]


def test_a_radius_that_is_no_number_is_named_in_the_answer(client):
    answer = client.get(f"/api/at?lon={LON}&lat={LAT}&radius=wide", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, "radius")


def test_a_past_publish_is_asked_as_well_as_now(client, database):
    with open_editor(database) as editor:
        for epoch, name in enumerate(("School", "Library"), start=1):
            point = f"POINT({ORIGIN[0]} {ORIGIN[1]})"
            editor.publish(WEST, "places", {"p": Drawn(point, {"name": name, "kind": "school"})})
            assert client.get("/api/epoch").get_json()["epoch"] == epoch
    lon, lat = client.get("/api/collections/places/items/p").get_json()["geometry"]["coordinates"]
    here = {"lon": lon, "lat": lat, "layers": "places"}

    def told(**moment: object) -> tuple[int, str]:
        answer = client.get("/api/at", query_string={**here, **moment}).get_json()
        return answer["epoch"], answer["layers"][0]["features"][0]["properties"]["name"]

    assert told() == (2, "Library")
    assert told(epoch=1) == (1, "School")

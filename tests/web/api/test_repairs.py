"""Repairs for programs: listed with both shapes, accepted and declined by numbers or by rule."""

import uuid

import pytest
import shapely

from tests.importing import feature, open_desk
from tests.worlds import EAST, WEST

X, Y = 500_000, 4_250_000
SPIKED = [(0, 40), (20, 40), (20, 50), (35, 50.01), (20, 50.02), (20, 60), (0, 60)]
STUTTERING = [(40, 40), (60, 40), (60.002, 40.002), (60, 60), (40, 60)]


def outline(corners: list[tuple[float, float]]) -> str:
    return shapely.Polygon([(X + x, Y + y) for x, y in corners]).wkt


@pytest.fixture
def upload(database) -> uuid.UUID:
    """A file with a spike and a corner that is there twice."""
    with open_desk(database) as desk:
        return desk.send_features([feature("w-1", outline(SPIKED)), feature("w-2", outline(STUTTERING))]).upload_id


@pytest.fixture
def editor(app, signed_in):
    app.config["WTF_CSRF_ENABLED"] = False
    return signed_in("editor", WEST)


def test_a_repair_tells_both_shapes_and_how_far_a_corner_moves(editor, upload):
    told = editor.get(f"/api/uploads/{upload}/repairs").get_json()["repairs"]
    spike = next(one for one in told if one["rule"] == "no_spikes")
    assert (spike["ref"], spike["state"], spike["line"]) == ("w-1", "proposed", 1)
    assert spike["moved_m"] == pytest.approx(15, abs=0.01)
    assert spike["before"] != spike["after"]


def test_pages_follow_each_other(editor, upload):
    first = editor.get(f"/api/uploads/{upload}/repairs?limit=1").get_json()
    second = editor.get(f"/api/uploads/{upload}/repairs?limit=1&after={first['after']}").get_json()
    assert {one["rule"] for page in (first, second) for one in page["repairs"]} == {"no_spikes", "corners_apart"}


def test_a_map_gets_the_two_sides_as_features(editor, upload):
    number = editor.get(f"/api/uploads/{upload}/repairs?rule=no_spikes").get_json()["repairs"][0]["id"]
    answer = editor.get(f"/api/uploads/{upload}/repairs?f=geojson&id={number}")
    assert answer.content_type == "application/geo+json"
    assert [one["properties"]["side"] for one in answer.get_json()["features"]] == ["before", "after"]


def test_what_is_accepted_waits_for_the_next_check(editor, upload):
    answer = editor.post(f"/api/uploads/{upload}/repairs", json={"decision": "accept", "rule": "no_spikes"})
    assert answer.get_json() == {"decided": 1}
    assert editor.get(f"/api/uploads/{upload}").get_json()["state"] == "received"
    (accepted,) = editor.get(f"/api/uploads/{upload}/repairs?state=accepted").get_json()["repairs"]
    assert accepted["decided_by"] is not None
    assert accepted["decided_at"] is not None
    again = editor.post(f"/api/uploads/{upload}/repairs", json={"decision": "accept", "ids": [accepted["id"]]})
    assert again.status_code == 409


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"decision": "accept"},
        {"decision": "accept", "ids": []},
        {"decision": "accept", "ids": ["1"]},
        {"decision": "accept", "ids": [True]},
        {"decision": "accept", "ids": [2**70]},
        {"decision": "perhaps", "rule": "no_spikes"},
        ["accept"],
    ],
)
def test_who_names_nothing_decides_nothing(editor, upload, said):
    assert editor.post(f"/api/uploads/{upload}/repairs", json=said).status_code == 400
    assert len(editor.get(f"/api/uploads/{upload}/repairs?state=proposed").get_json()["repairs"]) == 2


def test_another_districts_repairs_are_not_there(app, signed_in, upload):
    app.config["WTF_CSRF_ENABLED"] = False
    stranger = signed_in("editor", EAST)
    assert stranger.get(f"/api/uploads/{upload}/repairs").status_code == 404
    answer = stranger.post(f"/api/uploads/{upload}/repairs", json={"decision": "accept", "rule": "no_spikes"})
    assert answer.status_code == 404

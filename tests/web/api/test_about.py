"""Whose a layer is, how old, and what of it is missing in a view, as the map's list of layers asks."""

import pytest

from tests.db import small_world
from tests.db.small_world import rectangle
from tests.edits import Drawn, open_editor
from tests.worlds import EAST, SIDE, WEST, publish_parcels, square

EVERYWHERE = "26,38,28,39"


def told(client, layer: str = "parcels", bbox: str = EVERYWHERE) -> dict[str, object]:
    answer = client.get(f"/api/collections/{layer}/about?bbox={bbox}&lang=en")
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def districts(client, layer: str = "parcels", bbox: str = EVERYWHERE) -> dict[int, dict[str, object]]:
    return {one["district_id"]: one for one in told(client, layer, bbox)["districts"]}


@pytest.fixture
def borders(database) -> None:
    """West and east side by side, twenty squares each."""
    with open_editor(database) as editor:
        for district, name, column in ((WEST, "West", 0), (EAST, "East", 20)):
            outline = square(column, 0, 20 * SIDE)
            editor.publish(district, "districts", {f"d-{district}": Drawn(outline, {"name": name})})


def box_of(client, ref: str) -> str:
    ring = client.get(f"/api/collections/districts/items/{ref}").get_json()["geometry"]["coordinates"][0][0]
    lon, lat = zip(*ring, strict=True)
    inside = (max(lon) - min(lon)) / 10
    return f"{min(lon) + inside},{min(lat)},{max(lon) - inside},{max(lat)}"


def test_a_district_that_has_brought_nothing_is_told_beside_one_that_has(client, database, borders):
    epoch = publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})
    found = districts(client)
    assert (found[WEST]["features"], found[WEST]["changed"]["epoch"]) == (2, epoch)
    assert (found[EAST]["features"], found[EAST]["changed"]) == (0, None)


def test_only_districts_in_view_are_told(client, database, borders):
    assert set(districts(client, bbox=box_of(client, "d-1"))) & {WEST, EAST} == {WEST}
    assert set(districts(client, bbox=box_of(client, "d-2"))) & {WEST, EAST} == {EAST}


def test_the_age_of_a_layer_is_that_of_the_last_publish_that_changed_it(client, database):
    assert told(client)["changed"] is None
    epoch = publish_parcels(database, WEST, {"w-1": square(0, 0)})
    with open_editor(database) as editor:
        later = editor.publish(EAST, "places", {"p": Drawn("POINT(500000 4250000)", {"name": "P", "kind": "school"})})
    assert told(client)["changed"]["epoch"] == epoch < told(client)["epoch"] == later.epoch


def test_a_feature_that_ended_is_a_change_of_its_layer(client, database):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    epoch = publish_parcels(database, WEST, {}, retire=["w-1"])
    assert told(client)["changed"]["epoch"] == epoch
    assert districts(client)[WEST]["features"] == 0


def test_what_was_surveyed_is_told_by_theme_with_its_share_of_the_view(client, database, borders):
    half = rectangle(0, 0, 10 * SIDE, SIDE)
    flood = {"theme": "flood", "geom": half}
    small_world.publish(
        database, WEST, {"coverage": [flood, {"theme": "coast", "geom": half, "state": "under_review"}]}
    )
    found = districts(client, "plan_constraints", box_of(client, "d-1"))
    surveys = {one["theme"]: one for one in found[WEST]["surveys"]}
    assert surveys["flood"]["share"] == pytest.approx(0.5, abs=0.02)
    assert not surveys["flood"]["is_whole"]
    assert not surveys["flood"]["is_under_review"]
    assert surveys["coast"]["is_under_review"]


def test_a_district_that_never_looked_says_so_by_theme(client, database, borders):
    everywhere = rectangle(-500, -500, 3000, 3000)
    small_world.publish(database, WEST, {"coverage": [{"theme": "flood", "geom": everywhere}]})
    found = districts(client, "plan_constraints")
    assert [one["is_whole"] for one in found[WEST]["surveys"]] == [True]
    assert [(one["as_of"], one["is_whole"]) for one in found[EAST]["surveys"]] == [(None, False)]


def test_it_says_in_which_system_and_from_whom(client):
    found = told(client)
    assert found["crs"]["code"] == "EPSG:5253"
    assert found["description"].startswith("A cadastral parcel")


def test_a_layer_that_one_may_not_see_is_as_if_absent(client):
    assert client.get(f"/api/collections/power_lines/about?bbox={EVERYWHERE}").status_code == 404


def test_a_box_is_asked_for(client):
    answer = client.get("/api/collections/parcels/about", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, "bbox")

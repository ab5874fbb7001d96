"""Many edits as one changeset: all of them, or none."""

import pytest

from tests.db.small_world import X0, Y0
from tests.editing_town import DEPARTMENT, EDITS, PARCELS
from tests.editing_town import town as town

EDITS_PATH = "/api/edits"
PLACES = "/api/collections/places/items"


def send(town, edits, **more):
    return town.edit("POST", EDITS_PATH, {"edits": edits}, Content_Type="application/json", **more)


def place(ref: str, x: float) -> dict:
    properties = {"ref": ref, "name": ref, "kind": "market"}
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Point", "coordinates": [Y0 + 50, X0 + x]},
    }


def create(layer: str, feature: dict) -> dict:
    return {"action": "create", "collection": layer, "feature": feature}


def test_edits_of_several_layers_are_published_together(town):
    changed, ended = town.created(), town.created(locality="Kıyı")
    ref, feature = town.new()
    answer = send(
        town,
        [
            create("places", place("market-1", 10)),
            create("parcels", feature),
            {
                "action": "patch",
                "collection": "parcels",
                "id": changed.ref,
                "if_match": changed.etag,
                "feature": {"properties": {"locality": "x"}},
            },
            {"action": "delete", "collection": "parcels", "id": ended.ref, "if_match": "*"},
        ],
    )
    assert answer.status_code == 200, answer.text
    told = answer.get_json()
    assert [(item["edit"], item["kind"], item["collection"], item["ref"]) for item in told["items"]] == [
        (1, "insert", "places", "market-1"),
        (2, "insert", "parcels", ref),
        (3, "update", "parcels", changed.ref),
        (4, "retire", "parcels", ended.ref),
    ]
    epochs = {town.ask("GET", f"{PARCELS}/{ref}").get_json()["properties"]["epoch_from"] for ref in (ref, changed.ref)}
    epochs.add(town.ask("GET", f"{PLACES}/market-1").get_json()["properties"]["epoch_from"])
    assert epochs == {told["epoch"]}
    assert town.ask("GET", ended.path).status_code == 410
    event = town.ask("GET", f"/api/events/{told['epoch']}", Accept="application/json").get_json()
    assert [touched["layer"] for touched in event["layers"]] == ["parcels", "places"]
    assert town.ask("GET", told["changeset"]["href"], by=DEPARTMENT).get_json()["state"] == "published"
    assert town.edit("PATCH", changed.path, {"properties": {}}, If_Match=told["items"][2]["etag"]).status_code == 204


def test_where_one_edit_is_refused_none_is_done(town):
    changed = town.created()
    _ref, feature = town.new()
    over_it = {**feature, "geometry": None}
    before = town.number("SELECT count(*) FROM inbox.upload")
    for wrong, status in (
        (create("parcels", over_it), 422),
        ({"action": "delete", "collection": "parcels", "id": "w-none", "if_match": "*"}, 404),
        ({"action": "delete", "collection": "parcels", "id": changed.ref}, 428),
        ({"action": "delete", "collection": "parcels", "id": changed.ref, "if_match": "9-x"}, 412),
        (create("parcels", changed.feature), 409),
        ({"action": "delete", "collection": "parcels", "id": "e-1", "if_match": "*"}, 422),
    ):
        answer = send(town, [create("places", place("market-2", 20)), wrong])
        assert answer.status_code == status, answer.text
        assert status == 422 or answer.get_json()["edit"] == 2
    assert town.ask("GET", f"{PLACES}/market-2").status_code == 404
    assert town.number("SELECT count(*) FROM inbox.upload") == before


def test_a_batch_of_another_district_is_refused_by_the_database(town):
    answer = send(town, [{"action": "delete", "collection": "parcels", "id": "e-1", "if_match": "*"}])
    assert answer.status_code == 403


def test_a_batch_goes_to_review_as_one_changeset_and_comes_back_as_one(town):
    changed = town.created(locality="Kıyı")
    patch = {
        "action": "patch",
        "collection": "parcels",
        "id": changed.ref,
        "if_match": "*",
        "feature": {"properties": {"locality": "x"}},
    }
    answer = send(town, [create("places", place("market-3", 30)), patch], by=EDITS)
    assert answer.status_code == 202, answer.text
    changeset = answer.headers["Location"]
    for decision in ("accept", "publish"):
        assert town.ask("POST", f"{changeset}/{decision}", {}, by=DEPARTMENT).status_code == 200
    assert town.properties(changed.ref)["locality"] == "x"
    assert town.ask("GET", f"{PLACES}/market-3").status_code == 200
    undone = town.ask("POST", f"{changeset}/revert", {}, by=DEPARTMENT).get_json()["reverted_by"]
    for decision in ("submit", "accept", "publish"):
        answer = town.ask("POST", f"{undone}/{decision}", {}, by=DEPARTMENT)
        assert answer.status_code == 200, answer.text
    assert town.properties(changed.ref)["locality"] == "Kıyı"
    assert town.ask("GET", f"{PLACES}/market-3").status_code == 410


def test_two_edits_of_one_feature_are_put_into_one(town):
    made = town.created()
    twice = [
        {"action": "delete", "collection": "parcels", "id": name, "if_match": "*"} for name in (made.ref, made.ref)
    ]
    assert send(town, twice).status_code == 422
    _ref, feature = town.new()
    assert send(town, [create("parcels", feature), create("parcels", feature)]).status_code == 422


def test_a_split_is_told_as_one_with_its_lineage(town):
    whole = town.created()
    (corners,) = whole.feature["geometry"]["coordinates"]
    south, west = min(corners)
    halves = []
    for number, start in enumerate((south, south + 10), 1):
        ring = [[start, west], [start, west + 20], [start + 10, west + 20], [start + 10, west], [start, west]]
        properties = {
            **whole.feature["properties"],
            "ref": f"{whole.ref}-{number}",
            "parcel_no": f"{whole.ref}/{number}",
        }
        properties["registered_area_m2"] = 200
        halves.append(
            {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        )
    ending = {"action": "delete", "collection": "parcels", "id": whole.ref, "if_match": whole.etag}
    answer = send(town, [ending, *(create("parcels", half) for half in halves)])
    assert answer.status_code == 200, answer.text
    gone = town.ask("GET", whole.path)
    assert [heir["ref"] for heir in gone.get_json()["successors"]] == [f"{whole.ref}-1", f"{whole.ref}-2"]


@pytest.mark.parametrize(
    ("edits", "says"),
    [
        ([], "1 to"),
        ("all", "1 to"),
        ([{}] * 1_001, "1 to"),
        ([5], "action"),
        ([{"action": "move"}], "action"),
        ([{"action": ["create"]}], "action"),
        ([{"action": "create"}], "collection"),
        ([{"action": "create", "collection": "parcels", "feature": {}, "extra": 1}], "collection"),
        ([{"action": "create", "collection": "parcels"}], "feature"),
        ([{"action": "delete", "collection": "parcels"}], "id"),
        ([{"action": "delete", "collection": "parcels", "id": 5}], "id"),
    ],
)
def test_a_batch_that_cannot_be_read_is_refused(town, edits, says):
    answer = send(town, edits)
    assert answer.status_code == 422, answer.text
    assert says in answer.get_json()["detail"]


def test_shapes_of_one_batch_are_in_one_system(town):
    ref, feature = town.new()
    other = {**feature, "geometry": None, "place": feature["geometry"], "coordRefSys": "[EPSG:4326]"}
    answer = send(town, [create("parcels", feature), create("parcels", other)])
    assert answer.status_code == 422
    assert answer.get_json()["parameter"] == "coordRefSys"
    assert town.ask("GET", f"{PARCELS}/{ref}").status_code == 404


def test_a_trial_of_a_batch_keeps_nothing(town):
    answer = town.edit(
        "POST",
        f"{EDITS_PATH}?dry-run=true",
        {"edits": [create("places", place("market-4", 40))]},
        Content_Type="application/json",
    )
    assert answer.status_code == 200, answer.text
    assert answer.get_json()["outcome"] == "tried"
    assert town.ask("GET", f"{PLACES}/market-4").status_code == 404

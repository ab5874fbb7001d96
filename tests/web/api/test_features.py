"""The feature service as another program sees it."""

from tests.worlds import EAST, WEST, publish_parcels, square


def test_a_collection_lists_what_is_published(client, database):
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})
    answer = client.get("/api/collections/parcels/items").get_json()
    assert answer["numberMatched"] == 2
    assert [feature["properties"]["ref"] for feature in answer["features"]] == ["w-1", "w-2"]
    assert answer["features"][0]["geometry"]["type"] == "MultiPolygon"


def test_pages_follow_each_other_without_gap_or_repeat(client, database):
    publish_parcels(database, WEST, {f"w-{n:02}": square(n, 0) for n in range(11)})
    seen, address = [], "/api/collections/parcels/items?limit=4"
    while address:
        page = client.get(address).get_json()
        seen += [feature["properties"]["ref"] for feature in page["features"]]
        address = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    assert seen == [f"w-{n:02}" for n in range(11)]


def test_a_box_finds_what_it_touches_and_nothing_else(client, database):
    publish_parcels(database, WEST, {"near": square(0, 0), "far": square(40, 0)})
    near = client.get("/api/collections/parcels/items/near").get_json()
    lon, lat = near["geometry"]["coordinates"][0][0][0]
    box = f"{lon - 1e-5},{lat - 1e-5},{lon + 1e-5},{lat + 1e-5}"
    found = client.get(f"/api/collections/parcels/items?bbox={box}").get_json()["features"]
    assert [feature["properties"]["ref"] for feature in found] == ["near"]


def test_a_misspelt_parameter_is_named_with_the_right_ones(client):
    answer = client.get("/api/collections/parcels/items?bvox=1,2,3,4")
    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["parameter"] == "bvox"
    assert "bbox" in answer.get_json()["detail"]


def test_a_box_that_is_none_is_refused_with_an_example(client):
    for wrong in ("1,2,3", "a,b,c,d", "nan,0,1,1", "0,5,1,4", "0,0,1,999", "1,2,3,4,5"):
        answer = client.get(f"/api/collections/parcels/items?bbox={wrong}")
        assert (answer.status_code, answer.get_json()["parameter"]) == (400, "bbox"), wrong


def test_a_restricted_layer_is_as_if_absent_for_a_citizen(client, signed_in):
    assert client.get("/api/collections/water_lines/items").status_code == 404
    assert client.get("/api/collections/water_lines").get_json()["detail"].count("water_lines") == 1
    assert signed_in("planner").get("/api/collections/water_lines/items").status_code == 200


def test_a_field_for_planners_is_absent_for_a_citizen(client, signed_in, database):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    open_to_all = client.get("/api/collections/parcels/items/w-1").get_json()["properties"]
    assert "point_accuracy_m" not in open_to_all
    assert "point_accuracy_m" in signed_in("planner").get("/api/collections/parcels/items/w-1").get_json()["properties"]
    assert client.get("/api/collections/parcels/items?point_accuracy_m=1").status_code == 400


def test_as_of_a_former_epoch_everything_is_as_before(client, database):
    first = publish_parcels(database, WEST, {"w-1": square(0, 0)})
    publish_parcels(database, WEST, {"w-2": square(1, 0)}, retire=("w-1",))
    then = client.get(f"/api/collections/parcels/items?epoch={first}").get_json()["features"]
    now = client.get("/api/collections/parcels/items").get_json()["features"]
    assert [feature["properties"]["ref"] for feature in then] == ["w-1"]
    assert [feature["properties"]["ref"] for feature in now] == ["w-2"]


def test_an_ended_parcel_answers_with_its_successors(client, database):
    publish_parcels(database, WEST, {"old": square(0, 0)})
    publish_parcels(
        database,
        WEST,
        {"new-1": square(0, 0, 10), "new-2": square(0.5, 0, 10)},
        retire=("old",),
        operation="subdivision",
    )
    answer = client.get("/api/collections/parcels/items/old")
    assert answer.status_code == 410
    assert [heir["ref"] for heir in answer.get_json()["successors"]] == ["new-1", "new-2"]


def test_all_layers_are_asked_at_a_point_in_one_snapshot(client, database):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    publish_parcels(database, EAST, {"e-1": square(30, 0)})
    feature = client.get("/api/collections/parcels/items/w-1").get_json()
    corners = feature["geometry"]["coordinates"][0][0][:4]
    lon = sum(corner[0] for corner in corners) / 4
    lat = sum(corner[1] for corner in corners) / 4
    answer = client.get(f"/api/at?lon={lon}&lat={lat}&layers=parcels,zones").get_json()
    assert answer["epoch"] == 2
    assert [[f["properties"]["ref"] for f in layer["features"]] for layer in answer["layers"]] == [["w-1"], []]


def test_every_path_of_the_description_exists(client):
    described = client.get("/api/openapi").get_json()["paths"]
    assert "/collections/parcels/items" in described
    assert "/tiles/{source}/{z}/{x}/{y}" in described

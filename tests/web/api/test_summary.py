"""How much lies in a view or in a shape, as the map's legend and its shapes ask."""

import pytest
from shapely import Point, box
from shapely.geometry import mapping

from tests.edits import Drawn, open_editor
from tests.worlds import SIDE, WEST, publish_parcels, square

EVERYWHERE = "26,38,28,39"


@pytest.fixture
def parcels(database, client) -> list[float]:
    """Two parcels side by side; the west, south, east and north of the left one, in degrees."""
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})
    ring = client.get("/api/collections/parcels/items/w-1").get_json()["geometry"]["coordinates"][0][0]
    lon, lat = zip(*ring, strict=True)
    return [min(lon), min(lat), max(lon), max(lat)]


def only_parcels(answer) -> dict[str, object]:
    assert answer.status_code == 200, answer.text
    (layer,) = answer.get_json()["layers"]
    return layer


def ask(client, shape: object, **more: object):
    return client.post("/api/summary?lang=en", json={"shape": shape, "layers": ["parcels"], **more})


def polygon(*corners: tuple[float, float]) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}


def test_a_view_counts_whole_parcels_with_their_area(client, parcels):
    found = only_parcels(client.get(f"/api/summary?bbox={EVERYWHERE}&layers=parcels"))
    assert (found["count"], found["is_cut"]) == (2, True)
    assert found["area_m2"] == pytest.approx(2 * SIDE**2, abs=0.1)


def test_a_shape_cuts_what_lies_across_its_edge(client, parcels):
    west, south, east, north = parcels
    middle = (west + east) / 2
    found = only_parcels(ask(client, polygon((west - 1e-5, south - 1e-5), (middle, south), (middle, north))))
    assert found["count"] == 1
    assert found["area_m2"] == pytest.approx(SIDE**2 / 4, rel=0.1)


def test_a_neighbour_beside_a_slanting_edge_is_not_counted(client, parcels):
    west, south, east, north = parcels
    slanting = polygon((west, south), (east + 1e-3, south - 1e-3), (west - 1e-3, north))
    assert only_parcels(ask(client, slanting))["count"] == 1


def test_a_shape_with_many_corners_and_a_hole_counts_whole_what_lies_inside(client, parcels):
    west, south, east, north = parcels
    x, y = (west + east) / 2, (south + north) / 2
    ring = Point(x, y).buffer(0.01, 1000) - box(west - 1e-5, south - 1e-5, east + 1e-6, north + 1e-5)
    found = only_parcels(ask(client, mapping(ring)))
    assert (found["count"], found["area_m2"]) == (1, pytest.approx(SIDE**2, rel=0.02))


def test_from_afar_whole_districts_are_counted(client, database):
    with open_editor(database) as editor:
        editor.publish(WEST, "districts", {"d-1": Drawn(square(-5, -5, 60 * SIDE), {"name": "West"})})
        editor.publish(WEST, "parcels", {"w-1": Drawn(square(0, 0), {"block_no": "1", "parcel_no": "1"})})
    found = only_parcels(client.get(f"/api/summary?bbox={EVERYWHERE}&layers=parcels&zoom=6"))
    assert (found["count"], found["area_m2"], found["is_cut"]) == (1, SIDE**2, False)


def test_a_past_moment_is_counted_as_it_was_near_and_far(client, database):
    with open_editor(database) as editor:
        editor.publish(WEST, "districts", {"d-1": Drawn(square(-5, -5, 60 * SIDE), {"name": "West"})})
        one = {"w-1": Drawn(square(0, 0), {"block_no": "1", "parcel_no": "1"})}
        then = editor.publish(WEST, "parcels", one).epoch
        editor.publish(WEST, "parcels", {"w-2": Drawn(square(1, 0), {"block_no": "1", "parcel_no": "2"})})
    for zoom in (6, 16):
        asked = f"/api/summary?bbox={EVERYWHERE}&layers=parcels&zoom={zoom}"
        assert only_parcels(client.get(asked))["count"] == 2
        past = client.get(f"{asked}&epoch={then}")
        assert (past.get_json()["epoch"], only_parcels(past)["count"]) == (then, 1)
        assert only_parcels(past)["area_m2"] == pytest.approx(SIDE**2, abs=1)


def test_classes_of_a_past_moment_are_told_from_afar(client, database):
    zone = {"plan_ref": "p", "use_label": "Park"}
    with open_editor(database) as editor:
        then = editor.publish(WEST, "zones", {"z-1": Drawn(square(0, 0), {**zone, "use_key": "park"})}).epoch
        editor.publish(WEST, "zones", {"z-2": Drawn(square(1, 0), {**zone, "use_key": "school"})})
    answer = client.get(f"/api/summary?bbox={EVERYWHERE}&layers=zones&zoom=9&epoch={then}")
    assert [one["key"] for one in only_parcels(answer)["classes"]] == ["park"]


def test_before_the_first_publish_there_was_nothing_and_it_says_when_that_was(client, parcels):
    told = client.get(f"/api/summary?bbox={EVERYWHERE}&layers=parcels&datetime=1999-01-01").get_json()
    assert (told["epoch"], told["layers"][0]["count"]) == (0, 0)
    assert told["begins"] == client.get("/api/events").get_json()["events"][-1]["published_at"]


@pytest.mark.parametrize(
    "path",
    ["tiles/parcels/14/9420/6297", "api/tiles/WebMercatorQuad/14/6297/9420"],
)
def test_a_tile_of_before_the_first_publish_is_empty(client, parcels, path):
    assert client.get(f"/{path}?datetime=1999-01-01").status_code == 204


def test_classes_are_told_from_afar_also_of_layers_that_are_not_grouped(client, database):
    site = {"label": "A", "status": "in_force"}
    with open_editor(database) as editor:
        then = editor.publish(WEST, "plan_constraints", {"c-1": Drawn(square(0, 0), {**site, "kind": "flood"})}).epoch
        editor.publish(WEST, "plan_constraints", {"c-2": Drawn(square(1, 0), {**site, "kind": "fault"})})
    asked = f"/api/summary?bbox={EVERYWHERE}&layers=plan_constraints&zoom=6"
    for moment, kinds in (("", ["fault", "flood"]), (f"&epoch={then}", ["flood"])):
        assert [one["key"] for one in only_parcels(client.get(f"{asked}{moment}"))["classes"]] == kinds


def test_a_legend_tells_its_classes_apart_near_and_far(client, database):
    zone = {"plan_ref": "p", "use_label": "Park"}
    with open_editor(database) as editor:
        editor.publish(
            WEST,
            "zones",
            {
                "z-1": Drawn(square(0, 0), {**zone, "use_key": "park"}),
                "z-2": Drawn(square(1, 0), {**zone, "use_key": "school"}),
                "z-3": Drawn(square(2, 0), {**zone, "use_key": "school"}),
            },
        )
    for zoom in (9, 16):
        (zones,) = client.get(f"/api/summary?bbox={EVERYWHERE}&layers=zones&zoom={zoom}").get_json()["layers"]
        assert {one["key"]: one["count"] for one in zones["classes"]} == {"school": 2, "park": 1}


def test_a_shape_that_crosses_itself_is_told_where(client, parcels):
    answer = ask(client, polygon((27, 38), (28, 39), (28, 38), (27, 39)))
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, "shape")
    assert "38.50000, 27.50000" in answer.get_json()["detail"]


@pytest.mark.parametrize(
    "shape",
    [None, {}, "POLYGON((1 1))", {"type": "Point", "coordinates": [27, 38]}, polygon((500, 38), (501, 38), (501, 39))],
)
def test_what_is_no_polygon_in_degrees_is_refused_in_a_sentence(client, shape):
    answer = ask(client, shape)
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, "shape")


def test_a_shape_with_too_many_corners_is_refused(client):
    corners = [(27 + step / 100_000, 38 + (step % 2) / 1000) for step in range(10_001)]
    answer = ask(client, polygon(*corners))
    assert (answer.status_code, "10000" in answer.get_json()["detail"]) == (400, True)


def test_a_restricted_layer_is_as_if_absent(client):
    assert client.get(f"/api/summary?bbox={EVERYWHERE}&layers=sewer_lines").status_code == 404


def test_a_view_has_to_be_said(client):
    assert client.get("/api/summary").get_json()["parameter"] == "bbox"

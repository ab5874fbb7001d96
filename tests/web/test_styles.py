"""The map's style as a client receives it."""

import pytest
from flask.testing import FlaskClient

RESTRICTED = {"water_lines", "sewer_lines", "power_lines"}


def style_of(client: FlaskClient, language: str = "en") -> dict:
    """The pool's style in a language."""
    answer = client.get(f"/api/styles/pool?lang={language}")
    assert answer.status_code == 200
    return answer.get_json()


def test_the_list_of_styles_leads_to_the_pools_style(client):
    listed = client.get("/api/styles").get_json()
    (only,) = listed["styles"]
    assert listed["default"] == only["id"] == "pool"
    assert client.get(only["links"][0]["href"]).content_type == only["links"][0]["type"]


def test_an_unknown_style_is_answered_with_the_one_there_is(client):
    answer = client.get("/api/styles/satellite", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert "pool" in answer.get_json()["detail"]


def test_a_citizen_does_not_see_that_there_are_networks(client):
    assert not RESTRICTED & set(style_of(client)["sources"])


def test_a_planner_sees_the_networks(signed_in):
    assert set(style_of(signed_in("planner"))["sources"]) >= RESTRICTED


def test_every_layer_a_caller_sees_is_drawn_and_listed(signed_in):
    style = style_of(signed_in("planner"))
    listed = {entry["id"] for entry in style["metadata"]["pool:layers"]}
    drawn = {layer["source"] for layer in style["layers"] if "source" in layer}
    assert listed == drawn == set(style["sources"])


def test_tiles_are_asked_for_by_the_newest_publish(client):
    style = style_of(client)
    epoch = style["metadata"]["pool:epoch"]
    for name, source in style["sources"].items():
        assert source["tiles"] == [f"http://localhost/tiles/{name}/{{z}}/{{x}}/{{y}}?v={epoch}"]


def test_zones_have_the_profiles_colours(app, client):
    legend = app.extensions["gisserver"].profile.legends["zones"]
    (ground,) = [layer for layer in style_of(client)["layers"] if layer["id"] == "zones/ground"]
    colors = ground["paint"]["fill-color"]
    assert colors[:2] == ["match", ["get", "use_key"]]
    pairs = dict(zip(colors[2:-1:2], colors[3:-1:2], strict=True))
    assert pairs == {entry.key: entry.color for entry in legend}


@pytest.mark.parametrize(("language", "title"), [("tr", "Parseller"), ("en", "Parcels")])
def test_layers_are_titled_in_the_readers_language(client, language, title):
    titles = {entry["id"]: entry["title"] for entry in style_of(client, language)["metadata"]["pool:layers"]}
    assert titles["parcels"] == title


def test_names_lie_over_lines_and_lines_over_ground(client):
    order = [layer["id"] for layer in style_of(client)["layers"]]
    assert order.index("zones/ground") < order.index("parcels/border") < order.index("parcels/name")
    assert order.index("parcels/name") < order.index("zones/name")


def test_who_has_the_style_is_not_sent_it_again(client):
    tag = client.get("/api/styles/pool").headers["ETag"]
    assert client.get("/api/styles/pool", headers={"If-None-Match": tag}).status_code == 304


def test_the_style_names_no_other_server(client):
    text = client.get("/api/styles/pool").get_data(as_text=True)
    assert "http://localhost/" in text
    assert "glyphs" not in text
    assert "https://" not in text

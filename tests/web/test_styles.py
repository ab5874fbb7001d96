"""The map's styles as a client receives them."""

import json
import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from layers.core.registry import Registry
from tests.application import TEST_PROFILE

WEB = Path(__file__).parents[2] / "gisserver/web"
NODE = Path(__file__).parents[2] / ".venv/bin/node"
RESTRICTED = {"water_lines", "sewer_lines", "power_lines"}
LAYERS = [layer.id for layer in Registry.of_folder()]


def style_of(client: FlaskClient, language: str = "en", name: str = "pool") -> dict:
    """A style in a language."""
    answer = client.get(f"/api/styles/{name}?lang={language}")
    assert answer.status_code == 200
    return answer.get_json()


def test_the_list_leads_to_the_pools_style_and_to_one_for_each_layer(client):
    listed = client.get("/api/styles").get_json()
    assert listed["default"] == "pool"
    assert {entry["id"] for entry in listed["styles"]} == {"pool", *LAYERS} - RESTRICTED
    for entry in listed["styles"]:
        (link,) = entry["links"]
        assert client.get(link["href"]).content_type == link["type"]


def test_a_layer_leads_to_the_styles_that_draw_it(client):
    listed = client.get("/api/collections/zones/styles").get_json()
    assert [entry["id"] for entry in listed["styles"]] == [listed["default"], "pool"] == ["zones", "pool"]


def test_an_unknown_style_is_answered_with_those_there_are(client):
    answer = client.get("/api/styles/satellite", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert "pool, addresses" in answer.get_json()["detail"]


def test_a_citizen_does_not_see_that_there_are_networks(client):
    assert not RESTRICTED & set(style_of(client)["sources"])
    assert client.get("/api/styles/water_lines").status_code == 404


def test_a_planner_sees_the_networks(signed_in):
    assert set(style_of(signed_in("planner"))["sources"]) >= RESTRICTED


def test_every_style_keeps_to_maplibres_specification(signed_in, tmp_path):
    """Read by MapLibre's own validator."""
    planner = signed_in("planner")
    files = []
    for name in ("pool", *LAYERS):
        file = tmp_path / f"{name}.json"
        file.write_text(json.dumps(style_of(planner, name=name)), encoding="utf-8")
        files.append(str(file))
    done = subprocess.run(
        [str(NODE), "node_modules/@maplibre/maplibre-gl-style-spec/dist/gl-style-validate.mjs", *files],
        cwd=WEB,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_layer_a_caller_sees_is_drawn_and_listed(signed_in):
    style = style_of(signed_in("planner"))
    listed = {entry["id"] for entry in style["metadata"]["pool:layers"]}
    parts = [layer for layer in style["layers"] if "source" in layer]
    assert listed == {part["metadata"]["pool:layer"] for part in parts} == set(style["sources"]) - {"pool"}
    for part in parts:
        assert part["source"] in ("pool", part["metadata"]["pool:layer"])


def test_what_is_shown_at_first_comes_in_one_tile(client):
    style = style_of(client)
    shown = {entry["id"] for entry in style["metadata"]["pool:layers"] if entry["is_shown_at_first"]}
    drawn = {part["metadata"]["pool:layer"]: part["source"] for part in style["layers"] if "source" in part}
    alone = {layer for layer in shown if drawn[layer] != "pool"}
    assert alone == {"districts", "neighbourhoods"}, "coarse ones have no tiles of their own at the finest zoom"
    offered = {part["id"] for part in client.get("/tiles/pool.json").get_json()["vector_layers"]}
    used = {part["source-layer"] for part in style["layers"] if part.get("source") == "pool"}
    assert used <= offered


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_alone_is_drawn_at_every_zoom_it_has_tiles_for(signed_in, layer):
    """Each MVT layer of shapes is painted, so no zoom is empty."""
    planner = signed_in("planner")
    painted = {part.get("source-layer") for part in style_of(planner, name=layer)["layers"]}
    offered = {part["id"] for part in planner.get(f"/tiles/{layer}.json").get_json()["vector_layers"]}
    assert {name for name in offered if not name.endswith("_labels")} <= painted
    assert painted - {None} <= offered


def test_numbers_of_several_layers_do_not_lie_on_one_another(client):
    shown = [layer for layer in style_of(client)["layers"] if layer["layout" if "layout" in layer else "paint"]]
    numbers = [
        layer["metadata"]["pool:layer"]
        for layer in shown
        if "_by_" in layer.get("source-layer", "")
        and layer["type"] == "symbol"
        and layer["layout"]["visibility"] == "visible"
    ]
    assert set(numbers) == {"parcels"}
    assert all(layer["layout"]["visibility"] == "visible" for layer in style_of(client, name="roads")["layers"][1:])


def test_parcels_are_told_by_number_and_lines_by_length(client):
    def text_of(name: str) -> str:
        (number,) = [
            layer for layer in style_of(client, name=name)["layers"] if layer["id"] == f"{name}/number_by_district"
        ]
        return json.dumps(number["layout"]["text-field"])

    assert '["get", "n"]' in text_of("parcels")
    assert '["get", "length_m"]' in text_of("roads")
    assert " km" in text_of("roads")


def test_tiles_are_asked_for_by_the_newest_publish(client):
    style = style_of(client)
    epoch = style["metadata"]["pool:epoch"]
    for name, source in style["sources"].items():
        assert source["tiles"] == [f"http://localhost/tiles/{name}/{{z}}/{{x}}/{{y}}?v={epoch}"]


@pytest.mark.parametrize("part", ["ground", "ground_uses", "ground_by_neighbourhood"])
def test_zones_have_the_profiles_colours_at_every_zoom(app, client, part):
    legend = app.extensions["gisserver"].profile.legends["zones"]
    (ground,) = [layer for layer in style_of(client)["layers"] if layer["id"] == f"zones/{part}"]
    colors = ground["paint"]["fill-color"]
    assert colors[:2] == ["match", ["get", "use_key"]]
    pairs = dict(zip(colors[2:-1:2], colors[3:-1:2], strict=True))
    assert pairs == {entry.key: entry.color for entry in legend}


@pytest.mark.parametrize(("language", "title"), [("tr", "Parseller"), ("en", "Parcels")])
def test_layers_are_titled_in_the_readers_language(client, language, title):
    titles = {entry["id"]: entry["title"] for entry in style_of(client, language)["metadata"]["pool:layers"]}
    assert titles["parcels"] == title
    assert style_of(client, language, "parcels")["name"] == title


def test_names_lie_over_lines_and_lines_over_ground(client):
    order = [layer["id"] for layer in style_of(client)["layers"]]
    assert order.index("zones/ground") < order.index("parcels/border") < order.index("parcels/name")
    assert order.index("parcels/name") < order.index("zones/name")


def test_a_label_can_be_read_against_its_halo(signed_in):
    """WCAG AA: 4.5 to 1."""
    for layer in style_of(signed_in("planner"))["layers"]:
        if layer["type"] == "symbol" and "text-field" in layer["layout"]:
            colors = (layer["paint"]["text-color"], layer["paint"]["text-halo-color"])
            dark, light = sorted(_luminance(color) for color in colors)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, layer["id"]


def test_who_has_the_style_is_not_sent_it_again(client):
    tag = client.get("/api/styles/pool").headers["ETag"]
    assert client.get("/api/styles/pool", headers={"If-None-Match": tag}).status_code == 304


def test_the_style_names_no_other_server(client):
    style = style_of(client)
    addresses = [style["glyphs"], style["sprite"], *(tile for s in style["sources"].values() for tile in s["tiles"])]
    assert all(address.startswith("http://localhost/") for address in addresses)
    assert "https://" not in json.dumps(style)


def test_any_page_may_read_a_style(client):
    for address in ("/api/styles", "/api/styles/pool", "/api/collections/zones/styles"):
        assert client.get(address).headers["Access-Control-Allow-Origin"] == "*"


def test_the_profile_of_these_tests_has_a_hatch():
    """Or the tests of signs would prove nothing."""
    assert "hatched = true" in TEST_PROFILE.read_text(encoding="utf-8")


def _luminance(color: str) -> float:
    shares = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

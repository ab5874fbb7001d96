"""A layer of somebody else's server, typed in, on the map; the page itself calls nobody but us."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from layers.core.backgrounds import Background
from tests.browser.axe import found_by_axe, sideways
from tests.browser.test_map import around, drawn, open_tool
from tests.http_server import wait_until
from tests.source_server import SourceServer, gives, giving
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser
SIGHTS = [
    pytest.param({"viewport": {"width": 1280, "height": 900}}, id="desk"),
    pytest.param({"viewport": {"width": 360, "height": 740}}, id="phone"),
]
RED = (200, 30, 30)
CAPABILITIES = b"""<WMS_Capabilities version="1.3.0"><Capability><Layer><Title>All</Title>
<Attribution><Title>Harita Genel</Title></Attribution>
<Layer><Name>ortho</Name><Title>Orthophoto 2024</Title></Layer></Layer></Capability></WMS_Capabilities>"""
POINTS = {
    "type": "FeatureCollection",
    "numberMatched": 9,
    "features": [
        {"type": "Feature", "properties": {"n": n}, "geometry": {"type": "Point", "coordinates": [27, 38.383]}}
        for n in range(2)
    ],
}


@pytest.fixture
def parcels(client, database) -> str:
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    return around(client, "w-1")


@pytest.fixture
def wms(app, tmp_path) -> Iterator[SourceServer]:
    """A server that says what it offers, then draws whatever is asked; our operator allows it."""
    built = app.extensions["gisserver"]
    settings = replace(built.settings, map_hosts="127.0.0.1", map_private=True)
    app.extensions["gisserver"] = replace(built, settings=settings)
    Image.new("RGB", (512, 512), RED).save(tmp_path / "tile.png")
    picture = gives((tmp_path / "tile.png").read_bytes(), Content_Type="image/png")
    listed = gives(CAPABILITIES, Content_Type="text/xml")
    with giving() as server:
        server.answers["/wms"] = [
            lambda handler: (listed if "GetCapabilities" in handler.path else picture)(handler)
        ] * 500
        items = gives(json.dumps(POINTS).encode(), Content_Type="application/geo+json")
        told = {"id": "trees", "title": "Trees", "links": [{"rel": "items", "href": "/ogc/trees"}]}
        server.answers["/ogc/trees"] = [items]
        server.answers["/ogc/collections"] = [gives(json.dumps({"collections": [told]}).encode())]
        server.answers["/page"] = [gives(b"<!doctype html><html>Sign in</html>", Content_Type="text/html")] * 9
        yield server


def list_layers(page: Page, address: str) -> None:
    page.locator("#map canvas").focus()
    page.keyboard.press("o")
    page.get_by_text("Layer of another server").click()
    page.get_by_label("Address", exact=True).fill(address)
    page.get_by_role("button", name="List its layers").click()


@pytest.mark.parametrize("sight", SIGHTS)
def test_a_typed_address_becomes_a_layer_that_a_link_keeps(visitor, parcels, wms, sight):
    page = visitor(**sight)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(parcels)
    drawn(page)
    list_layers(page, f"{wms.address}/wms")
    expect(page.get_by_label("Layer there")).to_contain_text("Orthophoto 2024")
    assert found_by_axe(page) == []
    page.get_by_role("button", name="Show as a map").click()
    expect(page.locator("#map-panel")).to_contain_text("“Orthophoto 2024” is on the map")
    expect(page.locator("#map-added-credits")).to_have_text("Harita Genel")
    assert [url for url in asked if url.startswith(wms.address)] == []
    assert any("GetMap" in path for path, _headers in wms.asked)
    open_tool(page, "Print")
    expect(page.get_by_label("Scale 1:")).to_be_visible()
    expect(page.locator("#map-panel")).not_to_contain_text("Not on the paper")
    open_tool(page, "Layers")
    page.get_by_label("More about Orthophoto 2024").click()
    page.get_by_label("Strength of Orthophoto 2024").fill("40")
    expect(page).to_have_url(re.compile(r"added=wms%2Cortho%2C%2C0\.4%2Chttp"))
    again = visitor(**sight)
    again.goto(page.url)
    drawn(again)
    box = again.get_by_role("checkbox", name="Orthophoto 2024")
    expect(box).to_be_checked()
    again.get_by_label("More about Orthophoto 2024").click()
    expect(again.get_by_label("Strength of Orthophoto 2024")).to_have_value("40")
    box.uncheck()
    expect(again.locator("#map-added-credits")).to_have_text("")
    expect(again).to_have_url(re.compile(r"added=wms%2Cortho%2Cf%2C0\.4%2Chttp"))
    again.get_by_role("button", name="Remove Orthophoto 2024").click()
    expect(again).not_to_have_url(re.compile("added="))
    assert sideways(again) == 0


def test_of_more_features_than_come_it_is_said_how_many_are_shown(visitor, parcels, wms):
    page = visitor(**SIGHTS[0].values[0])
    page.goto(parcels)
    drawn(page)
    page.locator("#map canvas").focus()
    page.keyboard.press("o")
    page.get_by_text("Layer of another server").click()
    page.get_by_label("Kind").select_option("OGC API")
    page.get_by_label("Address", exact=True).fill(f"{wms.address}/ogc")
    page.get_by_role("button", name="List its layers").click()
    page.get_by_role("button", name="Take its features").click()
    expect(page.locator("#map-panel")).to_contain_text("Of “features” the first 2 of 9 features are shown.")
    expect(page).to_have_url(re.compile("added=features%2Ctrees%2Chttp"))
    again = visitor(**SIGHTS[0].values[0])
    again.goto(page.url)
    drawn(again)
    expect(again.locator("#map-status")).to_contain_text("Of “Trees” the first 2 of 9 features are shown.")
    open_tool(again, "Layers")
    expect(again.get_by_role("checkbox", name="features")).to_be_checked()


def test_a_page_instead_of_a_map_is_a_sentence(visitor, parcels, wms):
    page = visitor(is_refused=True)
    page.goto(parcels)
    drawn(page)
    list_layers(page, f"{wms.address}/page")
    expect(page.locator("#map-panel")).to_contain_text("answered with a web page instead of data")


def test_a_host_that_nobody_allowed_is_named_with_who_may(visitor, parcels, wms):
    page = visitor(is_refused=True)
    page.goto(parcels)
    drawn(page)
    list_layers(page, "https://maps.example.org/wms")
    expect(page.locator("#map-panel")).to_contain_text("The operator allows hosts by GIS_MAP_HOSTS")


def seen_colours(page: Page) -> set[tuple[int, ...]]:
    """Of the map."""
    picture = Image.open(BytesIO(page.locator("#map canvas").screenshot())).convert("RGB")
    return {colour for _, colour in picture.getcolors(1 << 24) or ()}


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_layers_lie_on_a_map_that_the_profile_names_and_the_link_keeps_it(visitor, app, parcels, wms, sight):
    built = app.extensions["gisserver"]
    photo = Background("photo", {"en": "Aerial photo"}, f"{wms.address}/wms?bbox={{bbox}}", "Survey of the city")
    app.extensions["gisserver"] = replace(built, profile=replace(built.profile, backgrounds=(photo,)))
    page = visitor(**sight)
    page.goto(parcels)
    drawn(page)
    open_tool(page, "Layers")
    page.get_by_role("radio", name="Aerial photo").check()
    expect(page).to_have_url(re.compile("background=photo"))
    expect(page.locator("#map-added-credits")).to_have_text("Survey of the city")
    assert found_by_axe(page) == []
    assert sideways(page) == 0
    page.reload()
    drawn(page)
    wait_until(lambda: RED in seen_colours(page), 30)
    expect(page.get_by_role("radio", name="Aerial photo")).to_be_checked()
    page.get_by_role("radio", name="None").check()
    expect(page).not_to_have_url(re.compile("background"))
    expect(page.locator("#map-added-credits")).to_have_text("")
    assert all(path.startswith("/wms?bbox=") for path, _ in wms.asked)

"""The map in a frame of somebody else's page."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import found_by_axe, sideways
from tests.browser.test_map import around, drawn
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser
SHOWN = {"/site.html": Path(__file__).parent / "embedding.html"}


@pytest.fixture
def parcels(client, database) -> str:
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(3, 0)})
    return around(client, "w-1").replace("/map#", "/map?embed#")


def open_site(visitor, site: str, map_address: str) -> Page:
    page = visitor()
    page.goto(f"{site}/site.html?{urlencode({'map': map_address})}")
    return page


def let_in(app, *origins: str) -> None:
    """What the operator sets."""
    built = app.extensions["gisserver"]
    app.extensions["gisserver"] = replace(built, settings=replace(built.settings, embed_origins=origins))


def heard(page: Page, kind: str) -> dict:
    """The newest message of that kind, waited for."""
    page.wait_for_function("kind => heard.some(({ type }) => type === kind)", arg=kind)
    return page.evaluate("kind => heard.findLast(({ type }) => type === kind)", kind)


def test_a_site_that_is_named_shows_the_map_moves_it_and_hears_of_it(visitor, app, client, address, elsewhere, parcels):
    site = elsewhere(SHOWN)
    let_in(app, site)
    page = open_site(visitor, site, f"{address}{parcels}")
    began = heard(page, "ready")
    assert "parcels" in {layer["id"] for layer in began["layers"]}
    inside = page.frame_locator("iframe")
    expect(inside.get_by_role("toolbar")).to_have_count(0)
    expect(inside.get_by_role("link", name="Open the whole map")).to_be_visible()

    uid = client.get("/api/collections/parcels/items/w-2").get_json()["id"]
    page.evaluate("id => say({ type: 'openFeature', layer: 'parcels', id })", uid)
    expect(inside.locator("#map-card")).to_contain_text("1/2")
    picked = heard(page, "featurePicked")
    assert (picked["layer"], picked["id"], picked["ref"]) == ("parcels", uid, "w-2")

    page.evaluate("heard.length = 0; say({ type: 'showLayers', layers: 'parcels' })")
    assert heard(page, "viewChanged")["shown"] == ["parcels"]
    page.evaluate("heard.length = 0; say({ type: 'goTo', lon: 27.01, lat: 38.39, zoom: 15 })")
    seen = heard(page, "viewChanged")
    assert (round(seen["lon"], 4), round(seen["lat"], 4), seen["zoom"]) == (27.01, 38.39, 15)

    page.evaluate("say({ type: 'goTo', lon: '<script>', lat: 1 })")
    assert "none of those in the handbook" in heard(page, "refused")["sentence"]


def test_a_refusal_speaks_the_language_of_the_map(visitor, app, address, elsewhere, parcels):
    site = elsewhere(SHOWN)
    let_in(app, site)
    page = open_site(visitor, site, f"{address}{parcels.replace('?embed', '?embed&lang=tr')}")
    heard(page, "ready")
    page.evaluate("say({ type: 'goTo', lon: '<script>', lat: 1 })")
    assert "el kitabındakilerden" in heard(page, "refused")["sentence"]


def test_a_site_that_nobody_named_does_not_get_the_map(chromium, address, elsewhere, parcels):
    page = chromium.new_page()
    with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
        page.goto(f"{elsewhere(SHOWN)}/site.html?{urlencode({'map': address + parcels})}")
    assert page.evaluate("heard") == []
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_the_map_in_a_frame(visitor, parcels, width):
    page = visitor(viewport={"width": width, "height": 480})
    page.goto(parcels)
    drawn(page)
    assert found_by_axe(page) == []
    assert sideways(page) == 0

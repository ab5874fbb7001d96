"""Maps of other servers from the screen to the paper, and what a person is told of them."""

import io
from dataclasses import replace
from functools import partial

import pypdf
import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from layers.core.backgrounds import Background
from layers.core.hosts import Hosts
from tests.browser.axe import found_by_axe
from tests.browser.test_map import drawn, open_tool
from tests.browser.test_other_servers import RED, list_layers, parcels, wms  # noqa: F401
from tests.browser.waiting_prints import draw_waiting
from tests.source_server import gives

pytestmark = pytest.mark.browser


@pytest.fixture
def profile(app, wms):  # noqa: F811
    """With an aerial photograph of that server."""
    built = app.extensions["gisserver"]
    words = "BBOX={bbox}&WIDTH=256&HEIGHT=256"
    photo = Background("photo", {"en": "Aerial photo"}, f"{wms.address}/wms?{words}", "Survey of the city")
    named = replace(built.profile, backgrounds=(photo,))
    app.extensions["gisserver"] = replace(built, profile=named)
    return named


@pytest.fixture
def draws_prints(database, profile):
    """What the worker does with prints that wait."""
    return partial(draw_waiting, database, profile, Hosts(("127.0.0.1",), may_be_private=True))


def order(page: Page, draws_prints) -> None:
    page.get_by_role("button", name="Print", exact=True).last.click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    draws_prints()
    page.get_by_role("link", name="Open the print").wait_for()


def printed(page: Page) -> bytes:
    return page.request.get(page.get_by_role("link", name="Open the print").get_attribute("href")).body()


def words_of(document: bytes) -> str:
    return " ".join(pypdf.PdfReader(io.BytesIO(document)).pages[0].extract_text().split())


def test_a_background_and_an_added_layer_are_on_the_paper_with_their_credits(
    visitor,
    parcels,  # noqa: F811
    wms,  # noqa: F811
    draws_prints,
):
    page = visitor()
    page.goto(parcels)
    drawn(page)
    open_tool(page, "Layers")
    page.get_by_role("radio", name="Aerial photo").check()
    list_layers(page, f"{wms.address}/wms")
    page.get_by_role("button", name="Show as a map").click()
    expect(page.locator("#map-panel")).to_contain_text("“Orthophoto 2024” is on the map")
    open_tool(page, "Print")
    expect(page.get_by_label("Scale 1:")).to_be_visible()
    expect(page.locator("#map-panel")).not_to_contain_text("Not on the paper")
    order(page, draws_prints)
    document = printed(page)
    assert pypdf.PdfReader(io.BytesIO(document)).pages[0].images
    assert "Survey of the city, Harita Genel" in words_of(document)
    with pypdfium2.PdfDocument(document) as opened:
        seen = opened[0].render(scale=1).to_pil().convert("RGB").getpixel((300, 250))
    assert all(abs(one - other) < 6 for one, other in zip(seen, RED, strict=True))


def test_a_background_that_fails_while_the_sheet_is_made_is_told_on_the_screen_too(
    visitor,
    parcels,  # noqa: F811
    wms,  # noqa: F811
    draws_prints,
):
    page = visitor()
    page.goto(f"{parcels}&background=photo")
    drawn(page)
    open_tool(page, "Print")
    expect(page.get_by_label("Scale 1:")).to_be_visible()
    wms.answers["/wms"] = [gives(b"<!doctype html><html>Sign in</html>", Content_Type="text/html")]
    order(page, draws_prints)
    said = "“Aerial photo” is not on the paper: its server gave no usable picture."
    expect(page.locator(".print-result")).to_contain_text(said)
    assert found_by_axe(page) == []
    assert said in words_of(printed(page))

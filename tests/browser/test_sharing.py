"""Handing on what is seen: by pointer and by keys alone, on a desk and on a phone; and what the receiver is told."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import found_by_axe, sideways
from tests.browser.keys import tab_to
from tests.browser.test_map import around, drawn, open_tool
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser
SIGHTS = [
    pytest.param({"viewport": {"width": 1280, "height": 900}}, id="desk"),
    pytest.param({"viewport": {"width": 360, "height": 740}}, id="phone"),
]


@pytest.fixture
def parcels(client, database) -> str:
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})
    return around(client, "w-1")


@pytest.mark.parametrize("sight", SIGHTS)
def test_a_view_is_shared_and_opened_again_by_keyboard_alone(visitor, parcels, sight):
    page = visitor(**sight)
    page.goto(parcels)
    drawn(page)
    page.locator("#map canvas").focus()
    page.keyboard.press("Enter")
    page.locator("#map-card").get_by_role("heading", name="1/1").wait_for()
    page.keyboard.press("h")
    panel = page.locator("#map-panel")
    expect(panel.get_by_role("textbox", name="Lasting page of the open feature")).to_have_value(
        re.compile("/parsel/bati/-/1/1$")
    )
    expect(panel).to_contain_text("Everybody who gets the link sees the same layers.")
    tab_to(page, page.get_by_role("button", name="Make a short link with a code to scan"))
    page.keyboard.press("Enter")
    short = panel.get_by_role("textbox", name="Short link")
    expect(short).to_have_value(re.compile(r"/l/\w{9}$"))
    expect(panel.get_by_role("img", name="code to scan")).to_be_visible()
    assert found_by_axe(page) == []
    assert sideways(page) == 0

    receiver = visitor(**sight)
    receiver.goto(short.input_value())
    drawn(receiver)
    receiver.locator("#map-card").get_by_role("heading", name="1/1").wait_for()
    assert receiver.url.split("#")[1] == page.url.split("#")[1]


def test_what_the_receiver_will_not_see_is_said_to_both(visitor, person, parcels):
    page = person("planner", WEST)
    page.goto(f"{parcels}&layers=parcels;water_lines")
    drawn(page)
    open_tool(page, "Share")
    panel = page.locator("#map-panel")
    expect(panel).to_contain_text("Only who is signed in sees these layers")
    expect(panel).to_contain_text("Water lines")
    expect(panel).to_contain_text("others may see fewer fields")
    receiver = visitor()
    receiver.goto(panel.get_by_role("textbox", name="Link to this view").input_value())
    drawn(receiver)
    expect(receiver.locator("#map-status")).to_contain_text("layers that are not here: water_lines")


def test_a_view_is_taken_to_qgis_and_to_other_pages(visitor, parcels):
    page = visitor()
    page.goto(f"{parcels}&layers=parcels")
    drawn(page)
    open_tool(page, "Share")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Open this view in QGIS").click()
    project = coming.value.path().read_text(encoding="utf-8")
    assert "parcels_tiles" in project
    assert "zones_tiles" not in project
    page.get_by_text("Show this map in another page").click()
    expect(page.locator("#map-panel")).to_contain_text("No other site may show this map yet")
    expect(page.get_by_role("textbox", name="HTML of this map")).to_have_value(
        re.compile(r'^<iframe src="http://[^"]+/map\?embed=#map=18')
    )
    assert found_by_axe(page) == []

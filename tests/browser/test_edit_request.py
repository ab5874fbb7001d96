"""A drawing that asks for a change: from the pen to the district's inbox, with its balance of areas."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import found_by_axe
from tests.browser.test_map import around, drawn, open_tool
from tests.browser.test_planner import draw_polygon
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser
PATIENCE_MS = 30_000
WIDE = {"viewport": {"width": 1280, "height": 900}}


@pytest.fixture
def beside(client, database) -> str:
    """The map, its middle on ground that nobody has claimed yet."""
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})
    zoom, lat, lon = around(client, "w-1").partition("=")[2].split("/")
    return f"/map#map={zoom}/{float(lat) + 0.001}/{lon}"


def test_a_drawn_parcel_goes_to_the_inbox_and_shows_its_balance(person, work_once, beside):
    page = person("editor", WEST, **WIDE)
    page.goto(beside)
    drawn(page)
    open_tool(page, "Draw")
    page.get_by_role("button", name="Area", exact=True).click()
    draw_polygon(page)
    page.get_by_label("Label of the last shape").fill("7")
    page.get_by_label("Label of the last shape").press("Tab")
    page.get_by_text("Ask for a change").click()
    page.get_by_label("What the shapes are").select_option("parcels")
    page.get_by_label("What the labels say").select_option("parcel_no")
    page.get_by_role("button", name="Send to the inbox").click()
    expect(page.get_by_text("Fill in “Block”")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_label("Block", exact=True).fill("900")
    assert found_by_axe(page) == []
    page.get_by_role("button", name="Send to the inbox").click()
    expect(page.get_by_text("1 shape is in the inbox")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("link", name="See what it changes and submit it").click()
    work_once()
    page.reload()
    page.get_by_role("link", name="See what it changes and submit it").click()
    balance = page.get_by_role("table").filter(has_text="Area after")
    expect(balance).to_contain_text(re.compile(r"new\s+1\s"))


def test_who_may_not_send_files_is_not_asked_to(visitor, beside):
    page = visitor(**WIDE)
    page.goto(beside)
    drawn(page)
    open_tool(page, "Draw")
    expect(page.locator("#map-panel").get_by_role("button", name="Share")).to_be_visible()
    expect(page.get_by_text("Ask for a change")).to_have_count(0)

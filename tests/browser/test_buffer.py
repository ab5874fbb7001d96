"""The ground around what somebody has drawn becomes a shape of the drawing."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import found_by_axe
from tests.browser.test_map import around, drawn, open_tool
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser


def test_the_ground_around_a_point_is_added_and_taken_back(visitor, client, database):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    page = visitor(viewport={"width": 1280, "height": 900})
    page.goto(around(client, "w-1"))
    drawn(page)
    open_tool(page, "Draw")
    panel = page.locator("#map-panel")
    panel.get_by_role("button", name="Add that ground").click()
    expect(panel).to_contain_text("Draw something first")
    panel.get_by_role("button", name="Point", exact=True).click()
    page.locator("#map canvas").click(position={"x": 800, "y": 500})
    expect(panel).to_contain_text("1 shape is kept.")
    distance = panel.get_by_label("Distance around the last shape, in metres")
    distance.fill("0")
    panel.get_by_role("button", name="Add that ground").click()
    expect(panel).to_contain_text("other than 0")
    distance.fill("20")
    panel.get_by_role("button", name="Add that ground").click()
    expect(panel).to_contain_text("2 shapes are kept.")
    assert found_by_axe(page) == []
    page.locator("#map canvas").focus()
    page.keyboard.press("Control+z")
    expect(panel).to_contain_text("1 shape is kept.")

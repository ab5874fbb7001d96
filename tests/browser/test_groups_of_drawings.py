"""Shapes that belong together are put into groups: by keys alone, taken back, shared, and hidden on paper too."""

import json
import os
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import found_by_axe, sideways
from tests.browser.test_map import around, drawn, open_tool
from tests.browser.test_planner import draw_polygon, middle
from tests.browser.test_shared_drawings import PATIENCE_MS, SENT, WIDE, shared
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 360, "height": 740}}


@pytest.fixture
def parcels(client, database) -> str:
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    return around(client, "w-1")


def groups(page: Page) -> Locator:
    return page.get_by_role("region", name="Groups")


def add_group(page: Page, name: str) -> None:
    groups(page).get_by_label("New group").fill(name)
    groups(page).get_by_label("New group").press("Enter")


def draw_area(page: Page) -> None:
    page.get_by_role("button", name="Area", exact=True).click()
    draw_polygon(page)


def row(page: Page, name: str) -> Locator:
    return groups(page).get_by_role("listitem").filter(has=page.get_by_label(f"More of “{name}”"))


def kept(page: Page) -> dict[str, object]:
    return json.loads(page.evaluate("localStorage.getItem('map-drawing')"))


def test_shapes_are_grouped_hidden_shared_and_deleted_with_undo(visitor, parcels):
    page = visitor(is_refused=True, **WIDE)
    page.goto(parcels)
    drawn(page)
    open_tool(page, "Draw")
    draw_area(page)
    for name, problem in (("  ", "Write a name"), ("x" * 61, "at most 60"), ("Option 2", "is added"), ("option  2", "already")):
        add_group(page, name)
        expect(groups(page)).to_contain_text(problem)
    draw_area(page)
    expect(row(page, "Option 2")).to_contain_text("1 ·", timeout=PATIENCE_MS)
    assert found_by_axe(page) == []

    page.get_by_label("More of “In no group”").press("Enter")
    row(page, "In no group").get_by_role("checkbox").press("Space")
    groups(page).get_by_role("button", name="Move", exact=True).press("Enter")
    expect(groups(page)).to_contain_text("1 shape is in “Option 2” now.")
    expect(row(page, "Option 2")).to_contain_text("2 ·")

    page.get_by_label("Show “Option 2”").press("Space")
    expect(page.get_by_label("Show “Option 2”")).to_be_focused()
    _, edit = shared(page)
    page.get_by_label("More of “Option 2”").press("Enter")
    page.get_by_role("button", name="Delete “Option 2” with its shapes").press("Enter")
    expect(groups(page)).to_contain_text("is deleted, with 2 shapes.")
    assert (kept(page)["features"], kept(page)["groups"]) == ([], [])
    expect(groups(page).get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(row(page, "Option 2")).to_contain_text("2 ·")
    expect(page.get_by_text(SENT)).to_be_visible(timeout=PATIENCE_MS)

    other = visitor(is_refused=True, **WIDE)
    other.goto(edit)
    expect(other.get_by_label("Show “Option 2”")).not_to_be_checked(timeout=PATIENCE_MS)
    other.get_by_label("Show “Option 2”").press("Space")
    expect(other.get_by_text(SENT)).to_be_visible(timeout=PATIENCE_MS)

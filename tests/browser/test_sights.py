"""The same map for who sees it four times as large, on a wall, or does not want things to move."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import found_by_axe, sideways
from tests.browser.test_map import around, drawn, open_tool
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser
FOUR_TIMES = {"viewport": {"width": 320, "height": 256}}
WALL = {"viewport": {"width": 3840, "height": 2160}}
OUTSIDE = """card => [...card.querySelectorAll('*')].filter((part) => {
    const { left, right, width, height } = part.getBoundingClientRect();
    return width > 0 && height > 0 && (left < -1 || right > innerWidth + 1);
}).map((part) => part.outerHTML.slice(0, 80))"""
HIDDEN = """card => [card, ...card.querySelectorAll('*')].filter((part) => {
    const { overflowX, overflowY } = getComputedStyle(part);
    return (overflowY !== 'visible' && part.scrollHeight > part.clientHeight + 1)
        || (overflowX === 'hidden' && part.scrollWidth > part.clientWidth + 1);
}).map((part) => part.outerHTML.slice(0, 80))"""
STEP = """canvas => {
    const before = location.hash;
    canvas.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', keyCode: 39, bubbles: true }));
    return before !== location.hash;
}"""


@pytest.fixture
def parcels(client, database) -> str:
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})
    return around(client, "w-1")


def test_four_times_as_large_the_card_loses_nothing(visitor, parcels):
    page = visitor(**FOUR_TIMES)
    page.goto(parcels)
    drawn(page)
    page.locator("#map canvas").focus()
    page.keyboard.press("Enter")
    card = page.locator("#map-card")
    expect(card.get_by_role("heading", name="1/1")).to_be_visible()
    expect(card.locator("dl")).to_be_visible()
    assert card.evaluate(OUTSIDE) == []
    assert card.evaluate(HIDDEN) == []
    last = card.get_by_role("link", name="History and family")
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport()
    last.click(trial=True)
    assert sideways(page) == 0
    assert found_by_axe(page) == []
    for tool in ("Layers", "Select", "Table"):
        open_tool(page, tool)
        assert sideways(page) == 0, tool


def test_on_a_wall_panels_stay_as_wide_as_eyes_follow(visitor, parcels):
    page = visitor(**WALL)
    page.goto(parcels)
    drawn(page)
    assert page.locator("#map canvas").bounding_box()["width"] == 3840
    page.locator("#map canvas").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#map-card dl")).to_be_visible()
    open_tool(page, "Layers")
    for part in ("#map-card", "#map-panel", "#map-legend"):
        assert page.locator(part).bounding_box()["width"] < 600, part
    open_tool(page, "Table")
    expect(page.get_by_role("table")).to_contain_text("w-1")
    assert page.locator("#map-panel").bounding_box()["width"] < 2300
    assert found_by_axe(page) == []
    assert sideways(page) == 0


@pytest.mark.parametrize(("wish", "is_there_at_once"), [("reduce", True), ("no-preference", False)])
def test_a_step_on_the_map_is_a_flight_only_for_who_likes_it(visitor, parcels, wish, is_there_at_once):
    page = visitor(reduced_motion=wish)
    page.goto(parcels)
    drawn(page)
    canvas = page.locator("#map canvas")
    canvas.focus()
    assert canvas.evaluate(STEP) is is_there_at_once
    open_tool(page, "Layers")
    assert page.evaluate("document.getAnimations().length") == 0

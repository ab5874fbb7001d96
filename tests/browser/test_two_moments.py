"""Two states of the pool side by side, and what changed in between: with the pointer, by keyboard alone, on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import found_by_axe, sideways
from tests.browser.test_map import around, drawn, open_tool
from tests.browser.test_planner import PHONE, WIDE
from tests.edits import Drawn, open_editor
from tests.worlds import WEST, square

pytestmark = pytest.mark.browser


@pytest.fixture
def edited(client, database) -> str:
    """A parcel that changes its sheet, one that ends and one that comes, in the second of three publishes."""
    parcel = lambda column, number, **more: Drawn(  # noqa: E731
        square(column, 0), {"block_no": "1", "parcel_no": number, **more}
    )
    with open_editor(database) as editor:
        editor.publish(WEST, "parcels", {"w-1": parcel(0, "1", sheet_no="A"), "w-2": parcel(1, "2")})
        editor.publish(WEST, "parcels", {"w-1": parcel(0, "1", sheet_no="B"), "w-3": parcel(-1, "3")}, retire=["w-2"])
        editor.publish(WEST, "parcels", {"far": parcel(300, "9")})
    return around(client, "w-1")


def compare(visitor, edited: str, sight: dict[str, object]) -> Page:
    page = visitor(**sight)
    page.goto(edited)
    drawn(page)
    open_tool(page, "Compare")
    expect(page.locator(".map-compare canvas")).to_be_visible()
    expect(page.get_by_text("Nothing of this layer changed here")).to_be_visible()
    return page


def changes(page: Page):
    return page.locator(".map-changes").get_by_role("button")


def slide_to(page: Page, title: str, steps: int) -> None:
    """So many publishes back."""
    slider = page.get_by_role("slider", name=title)
    slider.focus()
    for _step in range(steps):
        page.keyboard.press("ArrowLeft")


def tap(page: Page, canvas: str, dx: float) -> None:
    box = page.locator(canvas).bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2 + dx, box["y"] + box["height"] / 2)


@pytest.mark.parametrize("sight", [WIDE, PHONE], ids=["desk", "phone"])
def test_two_publishes_are_compared_by_keyboard_alone(visitor, edited, sight):
    page = visitor(**sight)
    page.goto(edited)
    drawn(page)
    page.locator("#map canvas").focus()
    page.keyboard.press("c")
    expect(page.get_by_text("Nothing of this layer changed here")).to_be_visible()
    slide_to(page, "Left map: publish", 1)
    expect(changes(page)).to_have_count(3)
    row = changes(page).filter(has_text="1/1")
    expect(row).to_contain_text("modified · Map sheet")
    row.press("Enter")
    expect(page.locator(".map-sides tbody")).to_have_text(re.compile("Map sheet.*A.*B"))
    assert found_by_axe(page) == []
    assert sideways(page) == 0


def test_two_days_are_compared_and_the_first_map_is_whole_again_afterwards(visitor, edited):
    page = compare(visitor, edited, WIDE)
    with page.expect_request(lambda request: "/tiles/parcels/" in request.url and "datetime=2026-05-01" in request.url):
        page.get_by_label("Left map: end of a day").fill("2026-05-01")
    expect(changes(page)).to_have_count(2)
    assert {one.text_content()[0] for one in changes(page).all()} == {"+"}
    page.get_by_role("button", name="Side by side").click()
    left, right = (page.locator(one).bounding_box() for one in (".map-compare", "#map"))
    panel = page.locator("#map-panel").bounding_box()
    assert panel["x"] + panel["width"] <= left["x"]
    assert left["x"] + left["width"] == pytest.approx(right["x"], abs=1)
    assert left["width"] == pytest.approx(right["width"], abs=1)
    assert found_by_axe(page) == []
    open_tool(page, "Layers")
    expect(page.locator(".map-compare")).to_have_count(0)
    assert page.locator("#map").bounding_box()["width"] == 1280


def test_list_and_both_maps_choose_together_and_each_map_answers_as_of_its_moment(visitor, edited):
    page = compare(visitor, edited, WIDE)
    slide_to(page, "Left map: publish", 1)
    expect(changes(page)).to_have_count(3)
    tap(page, ".map-compare canvas", 85)
    expect(changes(page).filter(has_text="1/2")).to_have_attribute("aria-expanded", "true")
    expect(changes(page).filter(has_text="1/2")).to_contain_text("removed")
    page.get_by_label("Changes of which layer").select_option("zones")
    expect(page.get_by_text("Nothing of this layer changed here")).to_be_visible()
    tap(page, ".map-compare canvas", 85)
    card = page.locator("#map-card")
    expect(card.get_by_role("heading")).to_have_text("1/2")
    expect(card).to_contain_text("Parcels · as of publish no. 1")


def test_one_map_goes_through_the_publishes(visitor, edited):
    page = compare(visitor, edited, PHONE)
    page.get_by_role("button", name="One map").click()
    expect(page.locator(".map-compare")).to_be_hidden()
    expect(page.get_by_role("slider", name="Left map: publish")).to_be_hidden()
    with page.expect_request(lambda request: "/tiles/parcels/" in request.url and "epoch=1" in request.url):
        slide_to(page, "Right map: publish", 2)
    expect(page.locator("#map .map-moment")).to_contain_text("Publish no. 1")
    assert sideways(page) == 0


def test_beside_each_other_on_a_phone_neither_map_nor_label_is_cut(visitor, edited):
    page = compare(visitor, edited, PHONE)
    page.get_by_role("button", name="Side by side").click()
    page.locator("#map-panel h2 button").click()
    for canvas, label in ((".map-compare", ".map-compare .map-moment"), ("#map", "#map .map-moment")):
        outer, inner = page.locator(canvas).bounding_box(), page.locator(label).bounding_box()
        assert outer["width"] == pytest.approx(180, abs=1)
        assert outer["x"] <= inner["x"]
        assert inner["x"] + inner["width"] <= outer["x"] + outer["width"]
    assert sideways(page) == 0

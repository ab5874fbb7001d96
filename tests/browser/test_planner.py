"""What planners do on the map: ask by a shape, filter, take along, measure and draw; with the pointer and without."""

import csv
import io
import json
import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine, text

from tests.browser.axe import found_by_axe, sideways
from tests.browser.test_map import around, drawn, open_tool
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser
WIDE = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 360, "height": 740}}


@pytest.fixture
def parcels(client, database) -> str:
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0), "w-3": square(9, 9)})
    return around(client, "w-1")


def arrive(visitor, parcels: str, sight: dict[str, object]) -> Page:
    page = visitor(**sight)
    page.goto(parcels)
    drawn(page)
    return page


def middle(page: Page) -> tuple[float, float]:
    box = page.locator("#map canvas").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def draw_polygon(page: Page) -> None:
    """Around the middle, by the pointer."""
    x, y = middle(page)
    for dx, dy in ((-20, -20), (20, -20), (20, 20), (-20, 20)):
        page.mouse.click(x + dx, y + dy)
    page.keyboard.press("Enter")


def test_what_is_selected_by_a_polygon_is_filtered_and_taken_along_as_it_is(visitor, parcels):
    page = arrive(visitor, parcels, WIDE)
    open_tool(page, "Select")
    page.get_by_role("button", name="Polygon").click()
    draw_polygon(page)
    row = page.locator("#map-panel [data-layer=parcels]")
    expect(row).to_contain_text("1 ·")
    row.get_by_role("button", name="Table of Parcels").click()
    table = page.get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(2)
    expect(page.locator("#map-panel")).to_contain_text("1 features")
    page.get_by_text("Download", exact=True).click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Table (CSV)").click()
    rows = list(csv.DictReader(io.StringIO(coming.value.path().read_text(encoding="utf-8-sig"))))
    assert [one["ref"] for one in rows] == ["w-1"]


def test_a_layer_of_a_past_day_is_selected_and_listed_as_of_that_day(visitor, database, parcels):
    owner = create_engine(database.owner)
    with owner.begin() as connection:
        connection.execute(text("UPDATE pool.epoch SET published_at = '2026-05-01T12:00Z'"))
    owner.dispose()
    publish_parcels(database, WEST, {"w-4": square(0, 0)})
    page = arrive(visitor, f"{parcels}&layers=parcels@time=2026-05-02", WIDE)
    open_tool(page, "Select")
    page.get_by_role("button", name="Polygon").click()
    draw_polygon(page)
    row = page.locator("#map-panel [data-layer=parcels]")
    expect(row).to_contain_text("as of 2 May 2026")
    expect(row).to_contain_text("1 ·")
    row.get_by_role("button", name="Table of Parcels").click()
    expect(page.locator("#map-panel")).to_contain_text("1 features, as of 2 May 2026")
    expect(page.get_by_role("table")).to_contain_text("w-1")
    expect(page.get_by_role("table")).not_to_contain_text("w-4")
    page.get_by_role("table").get_by_role("button", name="w-1").click()
    page.locator("#map-card").get_by_role("link", name="Its own page").click()
    expect(page).to_have_url(re.compile(r"/api/collections/parcels/items/.*epoch=1"))
    expect(page.locator("main")).to_contain_text("w-1")


def test_an_outline_that_crosses_itself_is_told_so(visitor, parcels):
    page = arrive(visitor, parcels, WIDE)
    open_tool(page, "Select")
    page.get_by_role("button", name="Freehand").click()
    x, y = middle(page)
    page.mouse.click(x - 60, y - 60)
    for dx, dy in ((60, 60), (60, -60), (-60, 60), (-60, -60)):
        page.mouse.move(x + dx, y + dy, steps=12)
    page.mouse.click(x - 60, y - 60)
    expect(page.locator("#map-panel")).to_contain_text("The outline crosses itself")


def test_a_link_opens_the_table_with_its_filter(visitor, parcels):
    page = arrive(visitor, parcels, WIDE)
    open_tool(page, "Table")
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("The filter as text").fill("ref = 'w-3' OR ref = 'A & B#'")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(2)
    again = visitor(**WIDE)
    again.goto(page.url)
    expect(again.get_by_role("table").get_by_role("row")).to_have_count(2)
    expect(again.get_by_role("table")).to_contain_text("w-3")
    expect(again.get_by_label("The filter as text")).to_have_value("ref = 'w-3' OR ref = 'A & B#'")
    again.get_by_role("toolbar").get_by_role("button", name="Table").click()
    expect(again).not_to_have_url(re.compile("tool="))


def test_what_lies_at_a_place_is_seen_as_tree_and_table_and_held_against_another(visitor, parcels):
    page = arrive(visitor, parcels, WIDE)
    page.locator("#map canvas").focus()
    page.keyboard.press("Enter")
    card = page.locator("#map-card")
    expect(card.get_by_role("link", name="History and family")).to_have_attribute("href", re.compile("/story/parcels/"))
    card.get_by_role("button", name="Compare with another").press("Enter")
    expect(card.get_by_role("button", name="Stop comparing with 1/1")).to_be_focused()
    x, y = middle(page)
    page.mouse.click(x + 85, y)
    expect(card.get_by_role("row").filter(has_text="Parcel")).to_contain_text("12≠")
    assert found_by_axe(page) == []


def test_a_filter_is_put_together_line_by_line_and_sorts_by_a_heading(visitor, parcels):
    page = arrive(visitor, parcels, WIDE)
    open_tool(page, "Table")
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(4)
    page.get_by_text("Filter", exact=True).click()
    page.get_by_role("button", name="Add a condition").click()
    page.get_by_label("Field").select_option("ref")
    page.get_by_label("Condition", exact=True).select_option("<>")
    page.get_by_label("Value").fill("w-2")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(3)
    page.get_by_role("button", name="Sort by Ref").click()
    page.get_by_role("button", name="Sort by Ref").click()
    expect(page.get_by_role("table").get_by_role("row").nth(1)).to_contain_text("w-3")


def test_a_row_leads_to_its_place_and_the_map_to_its_row(visitor, parcels):
    page = arrive(visitor, parcels, WIDE)
    open_tool(page, "Table")
    page.get_by_role("button", name="w-3").click()
    expect(page.locator("#map-card")).to_contain_text("w-3")
    expect(page).to_have_url(re.compile("feature=parcels/"))
    expect(page.get_by_role("row").filter(has_text="w-3")).to_have_attribute("aria-current", "")
    again = visitor(**WIDE)
    again.goto(page.url)
    expect(again.locator("#map-card")).to_contain_text("w-3")


@pytest.mark.parametrize("sight", [WIDE, PHONE], ids=["desk", "phone"])
def test_an_area_is_measured_by_keyboard_alone(visitor, parcels, sight):
    page = arrive(visitor, parcels, sight)
    page.locator("#map canvas").focus()
    page.keyboard.press("m")
    page.get_by_role("button", name="Area", exact=True).press("Enter")
    expect(page.locator("#map canvas")).to_be_focused()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft"):
        page.keyboard.press("Space")
        place = page.url
        page.keyboard.press(key)
        expect(page).not_to_have_url(place)
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    facts = page.locator("#map-panel dl")
    expect(facts).to_contain_text("In the plane")
    expect(facts).to_contain_text("On the ellipsoid")
    assert sideways(page) == 0


def test_a_drawing_is_kept_taken_back_and_had_as_a_file(visitor, parcels):
    page = arrive(visitor, parcels, WIDE)
    open_tool(page, "Draw")
    page.get_by_role("button", name="Area", exact=True).click()
    draw_polygon(page)
    expect(page.get_by_text("1 shape is kept.")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.get_by_text("What you draw is kept")).to_be_visible()
    page.keyboard.press("Control+Shift+Z")
    page.reload()
    drawn(page)
    expect(page.get_by_text("1 shape is kept.")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download").click()
    (feature,) = json.loads(coming.value.path().read_text())["features"]
    assert feature["geometry"]["type"] == "Polygon"


@pytest.mark.parametrize("sight", [WIDE, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_in_any_tool(visitor, parcels, sight):
    page = arrive(visitor, parcels, sight)
    for tool in ("Select", "Measure", "Draw"):
        open_tool(page, tool)
        assert found_by_axe(page) == []
        assert sideways(page) == 0


@pytest.mark.parametrize("sight", [WIDE, PHONE], ids=["desk", "phone"])
def test_what_one_sees_has_drawn_or_has_open_is_counted_as_chart_and_table(visitor, parcels, sight):
    page = arrive(visitor, parcels, sight)
    open_tool(page, "Draw")
    page.get_by_role("button", name="Area", exact=True).click()
    draw_polygon(page)
    open_tool(page, "Statistics")
    page.get_by_label("Layer", exact=True).select_option("parcels")
    sheet = page.locator(".map-statistics")
    expect(sheet.get_by_role("row").nth(1)).to_contain_text("2")
    expect(sheet.locator("svg")).to_contain_text("All – 2")
    page.get_by_role("button", name="What I drew").click()
    expect(sheet.get_by_role("row").nth(1)).to_contain_text("1")
    page.get_by_role("button", name="Area", exact=True).click()
    expect(sheet.locator("svg")).to_contain_text("m²")
    page.get_by_role("button", name="The open feature").click()
    expect(sheet).to_contain_text("Open a feature that has an area")
    expect(page).to_have_url(re.compile("tool=statistics/parcels"))
    page.get_by_role("button", name="What I see").click()
    expect(sheet.locator("svg")).to_be_visible()
    assert found_by_axe(page) == []
    assert sideways(page) == 0
    page.emulate_media(media="print")
    expect(page.locator("#map")).to_be_hidden()
    expect(sheet.get_by_role("table")).to_be_visible()

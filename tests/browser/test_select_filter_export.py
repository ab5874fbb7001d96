"""What lies in a polygon, filtered, is taken along as it is shown: by keys alone, and by the thumb on a phone."""

import csv
import io
import re

import pytest
from playwright.sync_api import Download, Page, expect

from tests.browser.axe import found_by_axe, sideways
from tests.browser.keys import tab_to
from tests.browser.test_map import around, drawn
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser
SIGHTS = [
    pytest.param({"viewport": {"width": 1280, "height": 900}}, id="desk"),
    pytest.param({"viewport": {"width": 360, "height": 740}}, id="phone"),
]
TOUCHED = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def parcels(client, database) -> str:
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0), "w-3": square(9, 9)})
    return around(client, "w-1")


def taken(download: Download) -> list[str]:
    rows = csv.DictReader(io.StringIO(download.path().read_text(encoding="utf-8-sig")))
    return [row["ref"] for row in rows]


def shown(page: Page) -> list[str]:
    return [row.strip() for row in page.locator("#map-panel tbody tr td:first-child").all_inner_texts()]


def set_corners(page: Page) -> None:
    """Around the eastern neighbour's border, by arrows and the space bar."""
    for number, key in enumerate(("ArrowRight", "ArrowDown", "ArrowLeft", None), start=1):
        page.keyboard.press("Space")
        expect(page.locator("#map-pen")).to_contain_text(re.compile(rf"{number} corners? (is|are) set"))
        if key is not None:
            place = page.url
            page.keyboard.press(key)
            expect(page).not_to_have_url(place)


@pytest.mark.parametrize("sight", SIGHTS)
def test_by_keyboard_alone(visitor, parcels, sight):
    page = visitor(**sight)
    page.goto(parcels)
    drawn(page)
    panel = page.locator("#map-panel")
    page.locator("#map canvas").focus()
    page.keyboard.press("s")
    expect(panel.locator("h2")).to_have_text("Select")
    tab_to(page, panel.get_by_role("button", name="Polygon"))
    page.keyboard.press("Enter")
    expect(page.locator("#map canvas")).to_be_focused()
    set_corners(page)
    page.keyboard.press("Enter")
    expect(panel.locator("[data-layer=parcels]")).to_contain_text("2 ·")
    tab_to(page, panel.get_by_role("button", name="Table of Parcels"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(3)
    tab_to(page, panel.get_by_role("button", name="Add a condition"))
    page.keyboard.press("Enter")
    expect(panel.get_by_label("Field")).to_be_focused()
    page.keyboard.type("Ref")
    expect(panel.get_by_label("Field")).to_have_value("ref")
    tab_to(page, panel.get_by_label("Value"))
    page.keyboard.type("w-2")
    tab_to(page, panel.get_by_role("button", name="Apply"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(2)
    expect(panel).to_contain_text("1 features")
    tab_to(page, panel.get_by_text("Download", exact=True))
    page.keyboard.press("Enter")
    tab_to(page, panel.get_by_role("link", name="Table (CSV)"))
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    assert taken(coming.value) == shown(page) == ["w-2"]
    assert sideways(page) == 0


def test_by_the_thumb_on_a_phone(visitor, parcels):
    page = visitor(**TOUCHED)
    page.goto(parcels)
    drawn(page)
    panel, pen = page.locator("#map-panel"), page.locator("#map-pen")
    page.get_by_role("toolbar").get_by_role("button", name="Select").tap()
    panel.get_by_role("button", name="Polygon").tap()
    expect(pen).to_be_visible()
    assert found_by_axe(page) == []
    box = page.locator("#map canvas").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for number, (right, down) in enumerate(((-20, -60), (100, -60), (100, -20)), start=1):
        page.touchscreen.tap(x + right, y + down)
        expect(pen).to_contain_text(re.compile(rf"{number} corners? (is|are) set"))
    page.touchscreen.tap(x - 60, y - 20)
    expect(pen).to_contain_text("4 corners are set.")
    pen.get_by_role("button", name="Corner back").tap()
    expect(pen).to_contain_text("3 corners are set.")
    pen.get_by_role("button", name="Corner in the middle").tap()
    expect(pen).to_contain_text("4 corners are set.")
    pen.get_by_role("button", name="Finish").tap()
    row = panel.locator("[data-layer=parcels]")
    expect(row).to_contain_text("2 ·")
    row.get_by_role("button", name="Table of Parcels").tap()
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(3)
    panel.get_by_role("button", name="Add a condition").tap()
    panel.get_by_label("Field").select_option("ref")
    panel.get_by_label("Value").fill("w-2")
    panel.get_by_role("button", name="Apply").tap()
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(2)
    panel.get_by_text("Download", exact=True).tap()
    with page.expect_download() as coming:
        panel.get_by_role("link", name="Table (CSV)").tap()
    assert taken(coming.value) == shown(page) == ["w-2"]
    assert sideways(page) == 0

"""A plot is drawn by what a surveyor reads out: coordinates, lengths, angles; typed, and taken back by keys."""

import json
import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import found_by_axe, sideways
from tests.browser.keys import tab_to
from tests.browser.test_map import around, drawn
from tests.worlds import ORIGIN, WEST, publish_parcels, square

pytestmark = pytest.mark.browser
SIGHTS = [
    pytest.param({"viewport": {"width": 1280, "height": 900}}, id="desk"),
    pytest.param({"viewport": {"width": 360, "height": 740}}, id="phone"),
]
STORAGE = "http://www.opengis.net/def/crs/EPSG/0/5253"


@pytest.fixture
def parcels(client, database) -> str:
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    return around(client, "w-1")


def corners(page: Page, count: int) -> None:
    expect(page.locator("#map-pen .map-pen-says")).to_have_text(re.compile(rf"^{count} corners? (is|are) set"))


def go_on(page: Page, length: str, direction: str) -> None:
    pen = page.locator("#map-pen")
    pen.get_by_label("Length (m)").focus()
    for field, written in (("Length (m)", length), ("Direction", direction)):
        expect(pen.get_by_role("textbox", name=field)).to_be_focused()
        page.keyboard.press("Control+a")
        page.keyboard.type(written)
        page.keyboard.press("Tab")
    pen.get_by_role("textbox", name="Direction").press("Enter")


@pytest.mark.parametrize("sight", SIGHTS)
def test_by_keyboard_alone(visitor, client, parcels, sight):
    page = visitor(**sight)
    page.goto(parcels)
    drawn(page)
    pen = page.locator("#map-pen")
    page.locator("#map canvas").focus()
    page.keyboard.press("d")
    expect(page.locator("#map-panel h2")).to_have_text("Draw")
    tab_to(page, page.get_by_role("button", name="Area", exact=True))
    page.keyboard.press("Enter")
    tab_to(page, pen.get_by_text("By numbers"))
    page.keyboard.press("Enter")
    expect(pen.get_by_label("System")).to_contain_text("TM27")
    assert found_by_axe(page) == []

    pen.get_by_label("System").select_option(STORAGE)
    pen.get_by_label("Coordinates").fill(f"{ORIGIN[1] + 5:.1f} {ORIGIN[0] + 5:.1f}".replace(".", ","))
    pen.get_by_label("Coordinates").press("Enter")
    corners(page, 1)
    go_on(page, "12,5", "100")
    corners(page, 2)
    pen.get_by_role("combobox", name="Direction").select_option("turn")
    go_on(page, "8", "90")
    corners(page, 3)
    go_on(page, "999", "0")
    corners(page, 4)
    tab_to(page, pen.get_by_role("button", name="Corner back"))
    page.keyboard.press("Control+z")
    corners(page, 3)
    page.keyboard.press("Control+Shift+Z")
    corners(page, 4)
    page.keyboard.press("Enter")
    corners(page, 3)
    go_on(page, "12,5", "90")
    corners(page, 4)
    go_on(page, "8", "90")
    expect(pen).to_contain_text("The shape is finished.")

    page.locator("#map-panel h2 button").focus()
    if page.locator("#map-panel h2 button").get_attribute("aria-expanded") == "false":
        page.keyboard.press("Enter")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download").press("Enter")
    (feature,) = json.loads(coming.value.path().read_text())["features"]
    measured = client.post("/api/measure", json={"shape": feature["geometry"]}).get_json()
    assert sorted(round(side["length_m"], 3) for side in measured["segments"]) == [8, 8, 12.5, 12.5]
    assert measured["plane"]["area_m2"] == pytest.approx(100, abs=0.001)
    assert sideways(page) == 0


def test_what_cannot_be_is_told_beside_the_numbers(visitor, parcels):
    page = visitor(viewport={"width": 1280, "height": 900}, is_refused=True)
    page.goto(parcels)
    drawn(page)
    pen = page.locator("#map-pen")
    page.locator("#map canvas").focus()
    page.keyboard.press("d")
    page.get_by_role("button", name="Line", exact=True).click()
    pen.get_by_text("By numbers").click()
    expect(pen.get_by_label("System")).to_contain_text("TM27")
    go_on(page, "12", "")
    expect(pen.get_by_role("alert")).to_contain_text("Write a number under “Direction”")
    go_on(page, "12", "0")
    expect(pen.get_by_role("alert")).to_contain_text("Set the first corner")
    pen.get_by_label("Coordinates").fill("somewhere")
    pen.get_by_label("Coordinates").press("Enter")
    expect(pen.get_by_role("alert")).to_contain_text("Write two numbers")
    pen.get_by_role("button", name="Corner in the middle").click()
    corners(page, 1)
    go_on(page, "500000", "0")
    expect(pen.get_by_role("alert")).to_contain_text("at most 100 km")
    corners(page, 1)


def test_right_angles_hold_for_the_pointer_too(visitor, client, parcels):
    page = visitor(viewport={"width": 1280, "height": 900})
    page.goto(parcels)
    drawn(page)
    pen = page.locator("#map-pen")
    page.locator("#map canvas").focus()
    page.keyboard.press("d")
    page.get_by_role("button", name="Line", exact=True).click()
    pen.get_by_role("button", name="Right angles").click()
    box = page.locator("#map canvas").bounding_box()
    x, y = box["x"] + box["width"] / 2 + 150, box["y"] + 100
    for number, (right, down) in enumerate(((0, 0), (90, 30), (60, 140), (230, 175)), start=1):
        page.mouse.click(x + right, y + down)
        corners(page, number)
    pen.get_by_role("button", name="Finish").click()
    expect(page.get_by_text("1 shape is kept.")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download").click()
    (feature,) = json.loads(coming.value.path().read_text())["features"]
    sides = client.post("/api/measure", json={"shape": feature["geometry"]}).get_json()["segments"]
    turns = [abs(a["bearing_deg"] - b["bearing_deg"]) % 180 for a, b in pairwise(sides)]
    assert turns == pytest.approx([90, 90], abs=0.05)

"""A district reads what was found in its file, on the list and on the map beside it."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import found_by_axe
from tests.browser.district_files import parcels_file
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser

CROSSED = "POLYGON((500000 4250040, 500020 4250060, 500020 4250040, 500000 4250060, 500000 4250040))"


@pytest.fixture
def report(sent, database, tmp_path):
    """`report(**sight)` is an editor before the report of a file with overlaps, a crossing and a missing shape."""
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-9": square(5, 0)})
    parcels = {"w-2": square(1, 0), "w-3": square(1.5, 0), "w-4": square(3, 0), "w-5": CROSSED, "w-6": square(5.5, 0)}
    file = parcels_file(tmp_path / "north.gpkg", parcels)

    return lambda **sight: sent(file, **sight)


def items(page: Page):
    return page.locator(".finding-list > li")


def drawn(page: Page):
    page.locator("#findings").scroll_into_view_if_needed()
    page.locator(".finding-map-canvas[data-ready]").wait_for()
    return page.locator(".finding-map-canvas")


def test_what_is_chosen_on_the_list_is_shown_on_the_map_and_the_other_way_round(report):
    page = report(viewport={"width": 1280, "height": 900})
    canvas = drawn(page)
    first, second = items(page).nth(0), items(page).nth(1)
    first.get_by_role("link", name="Place on the map").click()
    expect(canvas).to_have_attribute("data-selected", first.get_attribute("data-finding"))
    expect(first).to_have_attribute("aria-current", "true")
    expect(page.locator(".finding-map-says")).to_have_text(first.locator(".finding-sentence").inner_text())

    page.get_by_role("button", name="Next", exact=True).click()
    expect(second).to_have_attribute("aria-current", "true")
    expect(first).not_to_have_attribute("aria-current", "true")

    first.get_by_role("link", name="Place on the map").click()
    expect(canvas).to_have_attribute("data-selected", first.get_attribute("data-finding"))
    canvas.locator("canvas").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".finding[aria-current=true] [data-place]")).to_be_focused()


def test_the_exact_shape_of_each_finding_is_to_be_had(report):
    page = report()
    upload = page.url.rpartition("/")[2]
    told = json.loads(page.request.get(f"/api/uploads/{upload}/findings?f=geojson&severity=refusal").text())
    overlap = next(one for one in told["features"] if one["properties"]["rule"] == "no_overlap_within_file")
    assert overlap["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert overlap["properties"]["is_exact"]


def test_a_filter_is_in_the_address_and_counts_stay_those_of_all(report):
    page = report()
    before = items(page).count()
    page.get_by_label("Words or ref").fill("W-5")
    page.get_by_role("button", name="Filter").click()
    page.get_by_text("fits this").or_(page.get_by_text("fit this")).wait_for()
    assert "q=W-5" in page.url
    assert 0 < items(page).count() < before
    expect(page.get_by_role("heading", name=f"Findings ({before})")).to_be_visible()
    page.get_by_role("link", name="Show all").click()
    expect(items(page)).to_have_count(before)


def test_on_a_phone_the_list_comes_first_and_the_map_is_a_sheet(report):
    page = report(viewport={"width": 360, "height": 740})
    sheet = page.locator(".finding-map")
    expect(sheet).to_be_hidden()
    first = items(page).nth(0)
    first.get_by_role("link", name="Place on the map").click()
    expect(sheet).to_be_visible()
    page.locator(".finding-map-canvas[data-ready]").wait_for()
    assert found_by_axe(page) == []
    page.get_by_role("button", name="To the list").click()
    expect(sheet).to_be_hidden()
    expect(first.get_by_role("link", name="Place on the map")).to_be_focused()


def test_without_script_the_list_leads_to_the_map(report):
    page = report(java_script_enabled=False)
    assert items(page).nth(0).get_by_role("link").get_attribute("href").startswith("/map#map=18/")
    expect(page.locator(".finding-map")).to_be_hidden()

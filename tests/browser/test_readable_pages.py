"""From a question to the page of a parcel and of its plan, on a desk and on a phone, by pointer and by keys alone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import found_by_axe, sideways
from tests.browser.test_map import drawn
from tests.web.site.neighbourhood import publish_neighbourhood

pytestmark = pytest.mark.browser
SIGHTS = [
    pytest.param({"viewport": {"width": 1280, "height": 900}}, id="desk"),
    pytest.param({"color_scheme": "dark", "viewport": {"width": 360, "height": 740}}, id="phone"),
]
PARCEL = "/parsel/bati/cinar/7421/5"


def press_to(page: Page, name: str) -> None:
    """Tab until that link has the focus, then follow it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return page.keyboard.press("Enter")
    raise AssertionError(f"Tab never comes to “{name}”.")


@pytest.mark.parametrize("sight", SIGHTS)
def test_a_parcel_is_found_and_its_plan_read_by_keyboard_alone(visitor, database, sight):
    publish_neighbourhood(database)
    page = visitor(**sight)
    page.goto("/")
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.focus()
    page.keyboard.type("Gül Sokak 12")
    page.keyboard.press("Enter")
    page.wait_for_url("**/answer/*")
    press_to(page, page.locator(".long-address a").inner_text())
    page.wait_for_url(f"**{PARCEL}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("7421")
    press_to(page, page.get_by_role("link", name="Plan 1").inner_text())
    page.wait_for_url("**/plan/35-1")
    expect(page.get_by_role("heading", name="Plan 1")).to_be_visible()


@pytest.mark.parametrize("sight", SIGHTS)
def test_axe_finds_nothing_on_the_pages_of_parcels_and_plans(visitor, database, sight):
    publish_neighbourhood(database)
    page = visitor(**sight)
    for address in (PARCEL, f"{PARCEL}?lang=tr", "/parsel/bati/yesil/7421/5", "/plan/35-1", "/plan/nothing"):
        page.goto(address, wait_until="networkidle")
        assert found_by_axe(page) == [], address
        assert sideways(page) == 0, address


def test_a_page_works_without_script_and_leads_to_the_map(visitor, database):
    publish_neighbourhood(database)
    page = visitor(java_script_enabled=False)
    page.goto(PARCEL)
    expect(page.locator("svg.sketch")).to_be_visible()
    href = page.get_by_role("link", name="See it on the map").get_attribute("href")
    reader = visitor()
    reader.goto(href)
    drawn(reader)
    expect(reader.locator("#map-card")).to_contain_text("7421/5")
    reader.locator("#map-card").get_by_role("link", name="Its own page").click()
    reader.wait_for_url(f"**{PARCEL}")

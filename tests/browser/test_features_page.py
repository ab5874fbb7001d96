"""A planner looks at a layer of the feature service: filter, table and map, by mouse, keyboard and without script."""

import pytest

from tests.browser.axe import found_by_axe, sideways
from tests.browser.test_accessibility import SIGHTS
from tests.web.site.neighbourhood import publish_neighbourhood

pytestmark = pytest.mark.browser

ITEMS = "/api/collections/parcels/items"


@pytest.mark.parametrize("sight", SIGHTS)
def test_axe_finds_nothing_on_the_pages_of_the_feature_service(visitor, database, sight):
    publish_neighbourhood(database)
    page = visitor(**sight)
    addresses = (
        "/api",
        "/api/collections",
        "/api/collections/parcels",
        "/api/collections/parcels/schema",
        "/api/conformance",
        "/api/openapi",
        ITEMS,
        f"{ITEMS}?filter=block_no+LIKE+'7%25'&sortby=-parcel_no&limit=2",
        f"{ITEMS}?block_no=none",
        "/api/collections/zones/items?lang=tr",
    )
    for address in addresses:
        page.goto(address, wait_until="networkidle")
        assert found_by_axe(page) == [], address
        assert sideways(page) == 0, address
    page.goto(f"{ITEMS}?lang=en")
    page.get_by_role("link", name="Open ").first.click()
    page.wait_for_load_state("networkidle")
    assert found_by_axe(page) == []
    assert sideways(page) == 0


def test_a_row_is_shown_on_the_map_and_nothing_is_asked_of_strangers(visitor, database, address):
    publish_neighbourhood(database)
    page = visitor(viewport={"width": 1280, "height": 900})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(ITEMS)
    canvas = page.locator(".features-map-canvas[data-ready]")
    canvas.wait_for()
    row = page.locator("[data-feature]").nth(1)
    row.get_by_role("button").press("Enter")
    page.wait_for_function("document.querySelector('.features-map-canvas').dataset.selected !== undefined")
    assert canvas.get_attribute("data-selected") == row.get_attribute("data-feature")
    assert row.get_attribute("aria-current") == "true"
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_the_form_filters_sorts_and_turns_pages_with_and_without_script(visitor, database, java_script_enabled):
    publish_neighbourhood(database)
    page = visitor(java_script_enabled=java_script_enabled, viewport={"width": 360, "height": 740})
    page.goto(f"{ITEMS}?limit=1")
    page.get_by_role("link", name="Next page").first.click()
    page.get_by_role("link", name="Previous page").first.click()
    page.get_by_text("Filter, order, columns").click()
    page.get_by_role("textbox", name="Block", exact=True).fill("7421")
    page.get_by_label("Order by").select_option(label="Parcel")
    page.get_by_label("Direction").select_option("descending")
    page.get_by_role("button", name="Show", exact=True).click()
    assert "block_no+%3D+%277421%27" in page.url
    assert "sortby=-parcel_no" in page.url
    assert page.locator(".asked code").text_content() == "block_no = '7421'"
    page.get_by_text("Filter, order, columns").click()
    assert page.get_by_role("textbox", name="Block", exact=True).input_value() == "7421"
    assert page.locator("[data-feature]").count() == 1, "as many on a page as before"

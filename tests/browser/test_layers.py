"""What a layer is, how old, and what of it is missing here: told in the list of layers."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import found_by_axe, sideways
from tests.browser.test_map import around, drawn, open_tool
from tests.edits import Drawn, open_editor
from tests.worlds import EAST, SIDE, WEST, publish_parcels, square

pytestmark = pytest.mark.browser
SIGHTS = [{"viewport": {"width": 1280, "height": 900}}, {"viewport": {"width": 360, "height": 740}}]
FOLLOWED_WHILE_WRITTEN = """to => {
  const from = location.hash;
  location.hash = to;
  history.replaceState(null, "", from);
}"""
"""Somebody follows a link in the moment in which the map writes down where it is."""


@pytest.fixture
def parcels(client, database) -> str:
    """In the west, whose neighbour has brought nothing but its border."""
    with open_editor(database) as editor:
        for district, name, column in ((WEST, "West", -20), (EAST, "East", 2)):
            editor.publish(
                district, "districts", {f"d-{district}": Drawn(square(column, 0, 22 * SIDE), {"name": name})}
            )
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})
    return around(client, "w-1")


def told_of_parcels(page: Page):
    return page.locator("#about-parcels")


@pytest.mark.parametrize("sight", SIGHTS, ids=["desk", "phone"])
def test_a_layer_tells_by_keyboard_how_old_it_is_and_who_has_not_brought_it(visitor, database, parcels, sight):
    page = visitor(**sight)
    page.goto(parcels)
    drawn(page)
    open_tool(page, "Layers")
    button = page.get_by_role("button", name="About Parcels")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    told = told_of_parcels(page)
    expect(told).to_contain_text(re.compile(r"minute.* \d{4}, publish \d+"))
    expect(told).to_contain_text("TUREF / TM27 (EPSG:5253)")
    expect(told).to_contain_text("Municipality of Trial")
    expect(told).to_contain_text("Not delivered yet: Doğu.")
    told.get_by_text("By district (2)").click()
    expect(told.get_by_role("listitem").filter(has_text="Doğu")).to_contain_text("nothing yet")
    assert found_by_axe(page) == []
    assert sideways(page) == 0
    button.press("Enter")
    expect(told).to_be_hidden()


def test_what_is_missing_is_told_of_what_is_in_view(visitor, parcels):
    page = visitor(**SIGHTS[0])
    page.goto(parcels)
    drawn(page)
    open_tool(page, "Layers")
    page.get_by_role("button", name="About Parcels").click()
    expect(told_of_parcels(page)).to_contain_text("Not delivered yet: Doğu.")
    _, lat, lon = parcels.split("=")[1].split("/")
    page.evaluate(FOLLOWED_WHILE_WRITTEN, f"#map=20/{lat}/{float(lon) - 0.003}")
    expect(told_of_parcels(page)).to_contain_text("The district in view has delivered this layer.")

"""The one box over the map: groups, a look before one goes, and all by keyboard or finger."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import found_by_axe, sideways
from tests.browser.test_layers import SIGHTS
from tests.browser.test_map import around, drawn
from tests.edits import Drawn, open_editor
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser


@pytest.fixture
def town(client, database) -> str:
    """Two parcels, a plan over them and a place called like a layer."""
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})
    with open_editor(database) as editor:
        plan = {"plan_no": "35123456", "name": "Parcel Garden Plan", "status": "in_force"}
        editor.publish(WEST, "plans", {"p-1": Drawn(square(0, 0, 40), plan)})
        garden = Drawn("POINT(503000 4250000)", {"name": "Parcel Garden", "kind": "place"})
        editor.publish(WEST, "places", {"g-1": garden})
    return around(client, "w-1")


def arrive(visitor, town: str, sight: dict[str, object]) -> Page:
    page = visitor(**sight)
    page.goto(town)
    drawn(page)
    return page


def place_of(page: Page) -> str:
    return re.search(r"map=([^&]*)", page.url).group(1)


@pytest.mark.parametrize("sight", SIGHTS, ids=["desk", "phone"])
def test_results_come_in_groups_and_are_looked_at_by_arrows_without_moving_the_map(visitor, town, sight):
    page = arrive(visitor, town, sight)
    box = page.get_by_role("combobox", name="Find a place")
    box.fill("parcel")
    listed = page.get_by_role("listbox", name="Find a place")
    expect(listed.get_by_role("group", name="Places")).to_contain_text("Parcel Garden")
    expect(listed.get_by_role("group", name="Layers")).to_contain_text("Parcels")
    before = place_of(page)
    box.press("ArrowDown")
    expect(listed.get_by_role("option", selected=True)).to_contain_text("Parcel Garden")
    expect(page.locator("#map")).to_have_attribute("data-preview", "Point")
    expect(page.locator(".map-preview-arrow")).to_contain_text("km")
    assert found_by_axe(page) == []
    assert sideways(page) == 0
    box.press("End")
    expect(page.locator("#map")).not_to_have_attribute("data-preview", re.compile(""))
    box.press("Home")
    assert place_of(page) == before
    box.press("Enter")
    expect(page.locator("#map-card").get_by_role("heading")).to_have_text("Parcel Garden")
    expect(page).to_have_url(re.compile("feature=places/"))
    assert place_of(page) != before


def test_a_mouse_over_a_line_shows_its_outline(visitor, town):
    page = arrive(visitor, town, SIGHTS[0])
    page.get_by_role("combobox", name="Find a place").fill("35123456")
    plan = page.get_by_role("group", name="Plans").get_by_role("option").first
    plan.hover()
    expect(page.locator("#map")).to_have_attribute("data-preview", "MultiPolygon")
    page.mouse.move(1000, 600)
    expect(page.locator("#map")).not_to_have_attribute("data-preview", re.compile(""))


def test_a_plan_leads_to_its_page_and_to_its_place(visitor, town):
    page = arrive(visitor, town, SIGHTS[0])
    box = page.get_by_role("combobox", name="Find a place")
    box.fill("35123456")
    page.get_by_role("group", name="Plans").get_by_role("option").first.click()
    expect(page.locator("#map-card").get_by_role("link", name="Its own page")).to_be_visible()
    expect(page).to_have_url(re.compile("feature=plans/"))
    box.fill("35123456")
    page.get_by_role("option", name="Page of").click()
    page.wait_for_url(re.compile(r"/plan/35123456"))


def test_a_finger_switches_a_layer_and_runs_a_command_from_the_box(visitor, town):
    page = arrive(visitor, town, {**SIGHTS[1], "has_touch": True, "is_mobile": True})
    box = page.get_by_role("combobox", name="Find a place")
    box.fill("zones")
    page.get_by_role("group", name="Layers").get_by_role("option", name="Switch off Zones").tap()
    expect(page).to_have_url(re.compile("layers="))
    box.fill("measure")
    page.get_by_role("group", name="Commands").get_by_role("option", name="Measure").tap()
    expect(page.locator("#map-panel h2")).to_have_text("Measure")
    expect(box).to_have_value("")

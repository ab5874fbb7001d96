"""A district looks at a repair before and after, accepts it, and finds the file checked again."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import found_by_axe
from tests.browser.district_files import parcels_file
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser

SPIKED = (
    "POLYGON((500000 4250040, 500020 4250040, 500020 4250050, 500035 4250050.01, 500020 4250050.02, "
    "500020 4250060, 500000 4250060, 500000 4250040))"
)
BESIDE = "POLYGON((500020.06 4250000, 500040 4250000, 500040 4250020, 500020.06 4250020, 500020.06 4250000))"


@pytest.fixture
def report(sent, database, tmp_path):
    """`report(**sight)` is an editor before the report of a file with a spike and two corners beside a neighbour."""
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    file = parcels_file(tmp_path / "south.gpkg", {"w-2": BESIDE, "w-3": SPIKED})

    return lambda **sight: sent(file, **sight)


def repairs(page: Page):
    return page.locator("[data-repair]")


def test_a_repair_is_shown_before_and_after_on_the_map(report):
    page = report(viewport={"width": 1280, "height": 900})
    page.locator("#findings").scroll_into_view_if_needed()
    page.locator(".finding-map-canvas[data-ready]").wait_for()
    spike = repairs(page).filter(has_text="w-3")
    spike.get_by_role("link", name="Place on the map").click()
    canvas = page.locator(".finding-map-canvas")
    expect(canvas).to_have_attribute("data-repair", spike.get_attribute("data-repair"))
    expect(spike).to_have_attribute("aria-current", "true")
    expect(page.locator(".finding-map-says")).to_contain_text("w-3")
    assert found_by_axe(page) == []


def test_it_is_accepted_by_the_keyboard_and_the_file_is_checked_again(report, work_once):
    page = report()
    spike = repairs(page).filter(has_text="w-3")
    spike.get_by_role("button", name="Accept").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 repair is accepted.")).to_be_visible()
    work_once()
    page.reload()
    expect(page.get_by_text("The shape was repaired")).to_be_visible()
    expect(repairs(page).filter(has_text="w-3").get_by_role("button", name="Take back")).to_be_visible()


def test_without_script_both_shapes_are_drawn_and_the_buttons_work(report, work_once):
    page = report(java_script_enabled=False, viewport={"width": 390, "height": 800})
    corner = repairs(page).filter(has_text="w-2")
    expect(corner.get_by_role("img", name="Outline of w-2 before and after")).to_be_visible()
    corner.get_by_role("button", name="Decline").click()
    expect(page.get_by_text("1 repair is declined.")).to_be_visible()
    expect(repairs(page).filter(has_text="w-2")).to_contain_text("Declined")

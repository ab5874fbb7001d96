"""The department looks at a changeset on list and maps, talks about it, and takes part of it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import found_by_axe, sideways
from tests.browser.district_files import parcels_file
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}


@pytest.fixture
def submitted(sent, person, database, tmp_path):
    """`submitted(**sight)` is the department before a changeset that widens one parcel and brings two."""
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-9": square(5, 0)})
    parcels = {"w-1": square(0, 0, width=30), "w-3": square(2, 0), "w-4": square(3, 0)}
    editor = sent(parcels_file(tmp_path / "north.gpkg", parcels))
    editor.get_by_role("link", name="See what it changes and submit it").click()
    editor.get_by_role("button", name="Submit").click()
    editor.get_by_role("heading", name="With the department").wait_for()

    def look(**sight: object) -> Page:
        page = person("department", **sight)
        page.goto(editor.url)
        page.locator(".compare-canvas[data-ready]").nth(1).wait_for()
        return page

    return look


def change(page: Page, ref: str):
    return page.locator(".change", has=page.get_by_role("heading", name=ref, exact=True))


def test_list_and_maps_choose_together_and_the_maps_move_together(submitted):
    page = submitted(**DESK)
    before, after = (
        page.locator("[data-side=before] .compare-canvas"),
        page.locator("[data-side=after] .compare-canvas"),
    )
    expect(before).to_have_attribute("data-drawn", "4")
    change(page, "w-4").locator("[data-place]").click()
    expect(change(page, "w-4")).to_have_attribute("aria-current", "true")
    expect(after).to_have_attribute("data-selected", change(page, "w-4").get_attribute("data-change"))
    expect(page.locator(".compare-says")).to_have_text("w-4")

    was = before.get_attribute("data-center")
    after.locator("canvas").focus()
    page.keyboard.press("ArrowRight")
    expect(before).not_to_have_attribute("data-center", was)
    change(page, "w-3").locator("[data-place]").click()
    expect(page.locator(".compare-says")).to_have_text("w-3")
    after.locator("canvas").focus()
    page.keyboard.press("Enter")
    expect(change(page, "w-3").locator("[data-place]")).to_be_focused()
    assert found_by_axe(page) == []


def test_on_a_phone_one_swipes_by_finger_or_key(submitted):
    page = submitted(**PHONE)
    edge = page.get_by_role("slider", name="Border between before and after")
    edge.focus()
    page.keyboard.press("Home")
    assert page.locator("[data-side=after]").evaluate("side => side.style.clipPath").endswith("0%)")
    page.get_by_role("button", name="Side by side").click()
    expect(edge).to_be_hidden()
    assert sideways(page) == 0
    assert found_by_axe(page) == []


def test_the_department_takes_part_of_it_and_the_district_reads_why(submitted, person):
    page = submitted(**DESK)
    moved = change(page, "w-1")
    moved.get_by_text("Say something about it").click()
    moved.get_by_label("About w-1").fill("The old corner was right.")
    moved.get_by_role("button", name="Say it and return this change").click()
    expect(change(page, "w-1").get_by_text("To be returned")).to_be_visible()
    page.get_by_role("button", name="Accept the others, return these").click()
    expect(page.get_by_role("heading", name="w-1", exact=True)).to_have_count(0)
    page.get_by_role("link", name="What was returned of it").click()
    expect(change(page, "w-1").get_by_text("The old corner was right.")).to_be_visible()
    page.get_by_role("link", name="The other changes were accepted").click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("Published with number 2").wait_for()
    assert page.request.get("/api/collections/parcels/items/w-4").status == 200


def test_without_script_there_is_the_list_with_its_drawings(submitted, person):
    address = submitted(**DESK).url
    page = person("administrator", java_script_enabled=False)
    page.goto(f"{address}?kind=update")
    expect(page.locator(".change .sketch")).to_have_count(1)
    expect(page.locator(".compare")).to_be_hidden()
    page.get_by_label("Part of the ref").fill("nothing is called so")
    page.get_by_role("button", name="Filter").click()
    page.get_by_text("No change fits this.").wait_for()

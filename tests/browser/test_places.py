"""A district is asked where its file lies, on cards and on the map beside them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from importers.pipeline import check
from layers.core.store import WORKER
from tests.browser.axe import found_by_axe
from tests.browser.district_files import shapefile_without_crs
from tests.importing import open_desk, publish_boundary
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser

DESK = {"viewport": {"width": 1280, "height": 900}}
SIGHTS = [
    pytest.param({"color_scheme": "light", **DESK}, id="light, desk"),
    pytest.param({"color_scheme": "dark", "viewport": {"width": 390, "height": 800}}, id="dark, phone"),
]


@pytest.fixture
def work(database) -> Callable[[], None]:
    """What the worker does where half of the cadastre is in another datum."""

    def done() -> None:
        waiting = "SELECT id FROM inbox.upload WHERE state = 'received'"
        with open_desk(database) as desk:
            profile = replace(desk.profile, crs_candidates=(5253, 2319))
            for row in desk.rows(waiting):
                with desk.store.writing(WORKER) as connection:
                    check(connection, desk.registry, profile, row.id)

    return done


@pytest.fixture
def asked(person, work, database, tmp_path):
    """`asked(**sight)` is an editor whose file does not say in which system it is."""
    with open_desk(database) as desk:
        publish_boundary(desk, WEST, columns=60, rows=60, west=-30)
    publish_parcels(database, WEST, {f"n-{n}": square(n, 31) for n in range(4)})
    file = shapefile_without_crs(tmp_path, {f"w-{n}": square(n, 30) for n in range(4)})

    def ask(**sight: object) -> Page:
        page = person("editor", WEST, **sight)
        send(page, file, work)
        page.get_by_role("heading", name="Where does the file lie?").wait_for()
        return page

    return ask


def send(page: Page, file, work) -> None:
    page.goto("/district")
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Send the file").click()
    page.wait_for_url("**/upload/*")
    work()
    page.reload()


def card(page: Page, number: int):
    return page.locator(f"[data-number='{number}']")


def drawn(page: Page):
    page.locator(".places-map-canvas[data-ready]").wait_for()
    return page.locator(".places-map-canvas")


def test_a_place_is_chosen_on_a_card_or_on_the_map(asked):
    page = asked(**DESK)
    canvas = drawn(page)
    assert page.locator("[data-number]").count() > 1
    card(page, 2).get_by_role("button", name="Show on the map").click()
    expect(canvas).to_have_attribute("data-selected", "2")
    expect(card(page, 2)).to_have_attribute("aria-current", "true")
    page.get_by_role("button", name="All places").click()
    canvas.locator("canvas").click(position=northern(canvas))
    expect(card(page, 1)).to_have_attribute("aria-current", "true")
    expect(page.locator(".places-list [aria-current]")).to_have_count(1)


def northern(canvas) -> dict[str, float]:
    """Where the northern place lies once all are in view: 206 m from top to bottom between two margins of 40 pixels."""
    box = canvas.bounding_box()
    pixels_per_metre = (box["height"] - 80) / 206
    return {"x": box["width"] / 2 + 20 * pixels_per_metre, "y": 40 + 10 * pixels_per_metre}


def test_the_keyboard_alone_chooses_and_uses_a_place(asked):
    page = asked(**DESK)
    canvas = drawn(page)
    card(page, 1).get_by_role("button", name="Show on the map").focus()
    page.keyboard.press("Enter")
    expect(card(page, 1)).to_have_attribute("aria-current", "true")
    expect(canvas).to_have_attribute("data-selected", "1")
    canvas.locator("canvas").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".places-list [aria-current] [data-show]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("is being checked").wait_for()


def test_what_was_chosen_is_remembered_and_can_be_changed(asked, work, tmp_path):
    page = asked(**DESK)
    card(page, 1).get_by_role("button", name="Use this").click()
    page.get_by_text("is being checked").wait_for()
    work()
    (tmp_path / "next").mkdir()
    send(page, shapefile_without_crs(tmp_path / "next", {f"w-{n}": square(n, 33) for n in range(3)}), work)
    page.get_by_text("as you said last time").wait_for()
    page.get_by_role("link", name="See the other places").click()
    expect(page.get_by_text("The file is read like this now")).to_have_count(1)
    other = page.locator("[data-number]").filter(has=page.get_by_role("button", name="Use this")).first
    name = other.locator("h3").inner_text().split("\n")[-1].strip()
    other.get_by_role("button", name="Use this").click()
    page.get_by_text("is being checked").wait_for()
    work()
    page.reload()
    expect(page.get_by_text(name).first).to_be_visible()
    expect(page.get_by_text("as you said last time")).to_have_count(0)


def test_without_script_the_cards_are_forms(asked, work):
    page = asked(java_script_enabled=False)
    expect(page.locator(".places-map")).to_be_hidden()
    expect(page.get_by_role("button", name="Show on the map")).to_have_count(0)
    card(page, 1).get_by_role("button", name="Use this").click()
    work()
    page.reload()
    page.get_by_role("heading", name="4 records in the file").wait_for()


@pytest.mark.parametrize("sight", SIGHTS)
def test_axe_finds_nothing_and_nothing_hangs_over(asked, sight):
    page = asked(**sight)
    drawn(page)
    card(page, 1).get_by_role("button", name="Show on the map").click()
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0

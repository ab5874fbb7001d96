"""A map on paper, from the button to the file, measured in the PDF."""

import io
import re

import pdfplumber
import pytest
from playwright.sync_api import Page, expect

from gisserver.print_map import draw
from layers.core.profile import load_profile
from layers.core.store import Store
from tests.application import TEST_PROFILE
from tests.browser.axe import found_by_axe
from tests.browser.test_map import around, drawn, open_tool
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser
MM = 72 / 25.4
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def parcels(client, database) -> str:
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})
    return around(client, "w-1")


@pytest.fixture
def draws_prints(database):
    """What the worker does with prints that wait."""

    def work() -> None:
        worker, web = Store(database.worker), Store(database.web)
        with worker.engine.connect() as connection:
            connection.exec_driver_sql("SELECT set_config('gis.role', 'worker', false)").all()
            waiting = connection.exec_driver_sql("SELECT id FROM ops.print WHERE state = 'waiting'").scalars().all()
        for one in waiting:
            draw(worker, web, load_profile(TEST_PROFILE), one)
        worker.close()
        web.close()

    return work


def before_the_form(page: Page, address: str) -> None:
    """The map with the sheet over it."""
    page.goto(address)
    drawn(page)
    open_tool(page, "Print")
    page.locator(".print-frame").wait_for(state="attached")


def printed(page: Page, draws_prints) -> bytes:
    """Press the button, wait, fetch the file."""
    page.get_by_role("button", name="Print", exact=True).last.click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    draws_prints()
    link = page.get_by_role("link", name="Open the print")
    link.wait_for()
    return page.request.get(link.get_attribute("href")).body()


def squares_in(document: bytes, side_mm: float) -> int:
    """Outlines of that size."""
    with pdfplumber.open(io.BytesIO(document)) as opened:
        shapes = [*opened.pages[0].curves, *opened.pages[0].rects]
    sizes = {
        (round(float(one["x1"] - one["x0"]) / MM, 2), round(float(one["y1"] - one["y0"]) / MM, 2)) for one in shapes
    }
    return sum(all(abs(part - side_mm) <= 0.001 * side_mm for part in size) for size in sizes)


def test_a_planner_prints_at_a_scale_of_their_own_and_measures_the_sheet(visitor, parcels, draws_prints):
    page = visitor()
    before_the_form(page, parcels)
    page.get_by_label("Scale 1:").fill("800")
    page.get_by_label("Title").fill("İki parsel")
    document = printed(page, draws_prints)
    # A parcel of 20 m is 25 mm at 1:800.
    assert squares_in(document, 25) >= 1
    assert found_by_axe(page) == []


def test_the_sheet_is_moved_and_turned_by_keyboard_alone_on_a_phone(visitor, parcels, draws_prints):
    page = visitor(viewport=PHONE, has_touch=True)
    before_the_form(page, parcels)
    before = float(page.get_by_label("longitude").input_value())
    page.get_by_role("button", name="Move the sheet").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("slider", name="Rotation").focus()
    page.keyboard.press("ArrowUp")
    assert float(page.get_by_label("longitude").input_value()) > before
    expect(page.locator("input[name=rotation]")).to_have_value("1")
    page.get_by_label("Scale 1:").fill("1000")
    assert printed(page, draws_prints).startswith(b"%PDF")


def test_a_print_is_given_up_while_it_waits(visitor, parcels, database):
    page = visitor()
    before_the_form(page, parcels)
    page.get_by_role("button", name="Print", exact=True).last.click()
    with page.expect_response(re.compile("/api/prints/.+")) as left:
        page.get_by_role("button", name="Give up").click()
    expect(page.get_by_role("progressbar")).to_be_hidden()
    assert left.value.status in (200, 204)

"""A map on paper, from the button to the file, measured in the PDF."""

import io
import re
from functools import partial

import geopandas
import pdfplumber
import pytest
import shapely
from playwright.sync_api import Page, expect
from pyproj import Transformer

from layers.core.profile import load_profile
from tests.application import TEST_PROFILE
from tests.browser.axe import found_by_axe
from tests.browser.test_map import around, drawn, open_tool
from tests.browser.test_planner import draw_polygon
from tests.browser.waiting_prints import draw_waiting
from tests.worlds import ORIGIN, WEST, publish_parcels, square

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
    return partial(draw_waiting, database, load_profile(TEST_PROFILE))


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


def sizes_in(document: bytes) -> set[tuple[float, float]]:
    """Of all that is outlined."""
    with pdfplumber.open(io.BytesIO(document)) as opened:
        shapes = [*opened.pages[0].curves, *opened.pages[0].rects]
    return {
        (round(float(one["x1"] - one["x0"]) / MM, 2), round(float(one["y1"] - one["y0"]) / MM, 2)) for one in shapes
    }


def squares_in(document: bytes, side_mm: float) -> int:
    """Sizes of outlines that are such squares."""
    return sum(all(abs(part - side_mm) <= 0.001 * side_mm for part in size) for size in sizes_in(document))


def test_a_planner_prints_at_a_scale_of_their_own_and_measures_the_sheet(visitor, parcels, draws_prints):
    page = visitor()
    before_the_form(page, parcels)
    page.get_by_label("Scale 1:").fill("800")
    page.get_by_label("Title").fill("İki parsel")
    document = printed(page, draws_prints)
    # A parcel of 20 m is 25 mm at 1:800.
    assert squares_in(document, 25) >= 1
    assert found_by_axe(page) == []


def in_metres(geometry: dict) -> shapely.Geometry:
    to_storage = Transformer.from_crs(4326, 5253, always_xy=True)
    return shapely.transform(shapely.geometry.shape(geometry), to_storage.transform, interleaved=False)


def test_what_was_drawn_and_a_file_that_was_opened_are_on_paper_at_their_size(visitor, parcels, draws_prints, tmp_path):
    x, y = ORIGIN[0] - 5, ORIGIN[1] - 5
    opened = geopandas.GeoDataFrame({"ad": ["a"]}, geometry=[shapely.box(x, y, x + 30, y + 30)], crs=5253)
    opened.to_file(tmp_path / "own.gpkg")
    page = visitor(viewport={"width": 1280, "height": 900})
    page.goto(parcels)
    drawn(page)
    open_tool(page, "Draw")
    page.get_by_role("button", name="Area", exact=True).click()
    draw_polygon(page)
    expect(page.get_by_text("1 shape is kept.")).to_be_visible()
    drawing = in_metres(page.evaluate("JSON.parse(localStorage['map-drawing']).features[0].geometry"))
    page.get_by_role("button", name="Layers").click()
    page.get_by_role("button", name="Open a file").click()
    page.get_by_label("Files").set_input_files(tmp_path / "own.gpkg")
    expect(page.locator("#map-panel")).to_contain_text("“own.gpkg” is on the map", timeout=30_000)
    open_tool(page, "Print")
    page.get_by_label("Scale 1:").fill("800")
    document = printed(page, draws_prints)
    assert squares_in(document, 30_000 / 800) >= 1
    west, south, east, north = drawing.bounds
    size = (east - west) / 0.8, (north - south) / 0.8
    assert any(abs(one[0] - size[0]) < 0.05 and abs(one[1] - size[1]) < 0.05 for one in sizes_in(document))


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

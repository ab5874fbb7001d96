"""Choosing sides of a conflict, and reading where a parcel came from: at a desk and on a phone, in light and dark."""

from uuid import UUID

import pytest
from playwright.sync_api import expect

from tests.browser.axe import found_by_axe, sideways
from tests.edits import Drawn, open_editor
from tests.importing import open_desk, parcel
from tests.worlds import WEST, square

pytestmark = pytest.mark.browser

SIGHTS = [
    pytest.param({"color_scheme": "light", "viewport": {"width": 1280, "height": 900}}, id="light, desk"),
    pytest.param({"color_scheme": "dark", "viewport": {"width": 360, "height": 740}}, id="dark, phone"),
]


@pytest.fixture
def overtaken(database) -> UUID:
    """A file whose parcel has got another use and another outline in the pool meanwhile."""
    with open_desk(database) as desk:
        desk.publish(desk.send_features([parcel("w-1", 0, 0, land_use_text="Tarla"), parcel("w-2", 3, 0)]))
        with open_editor(database) as elsewhere:
            columns = {"block_no": "1", "parcel_no": "1", "land_use_text": "Arsa", "status": "active"}
            elsewhere.decide(WEST, {"w-1": Drawn(square(0, 0, 24), columns)})
        return desk.send_features([parcel("w-1", 0, 0, 22.0, land_use_text="Bahçe")]).upload_id


@pytest.fixture
def family(database) -> str:
    """A parcel that was divided off, joined with a neighbour and renamed in its use."""
    with open_desk(database) as desk:
        for features in (
            [parcel("w-1", 0, 0, 40.0), parcel("w-9", 2, 0)],
            [parcel("w-2", 0, 0), parcel("w-3", 1, 0)],
            [parcel("w-4", 1, 0, 40.0)],
            [parcel("w-4", 1, 0, 40.0, land_use_text="Bahçeli ev")],
        ):
            desk.publish(desk.send_features(features))
    return "w-4"


@pytest.mark.parametrize("sight", SIGHTS)
def test_a_side_is_chosen_for_each_part_and_the_file_checked_again(person, work_once, overtaken, sight):
    page = person("editor", WEST, **sight)
    page.goto(f"/upload/{overtaken}/conflicts")
    page.wait_for_load_state("networkidle")
    assert found_by_axe(page) == []
    assert sideways(page) == 0
    expect(page.get_by_text("2 choices wait for you.")).to_be_visible()
    page.get_by_role("radio", name="Take this (w-1, Land use, in the file)").check()
    page.get_by_role("radio", name="in the pool)").last.check()
    page.get_by_role("button", name="Keep the choices and check again").click()
    work_once()
    page.goto(f"/upload/{overtaken}/conflicts")
    expect(page.get_by_text("Chosen", exact=True)).to_have_count(2)
    assert found_by_axe(page) == []


@pytest.mark.parametrize("sight", SIGHTS)
def test_where_a_parcel_came_from_is_drawn_and_listed(visitor, family, sight):
    page = visitor(**sight)
    page.goto(f"/story/parcels/{family}")
    expect(page.get_by_role("heading", name="Story of 1/4")).to_be_visible()
    assert found_by_axe(page) == []
    assert sideways(page) == 0
    drawing = page.get_by_role("region", name="Family as a drawing")
    fill = drawing.locator("rect.box").first.evaluate("box => getComputedStyle(box).fill")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert fill == paper, "the drawing follows the page"
    drawing.get_by_role("link", name="1/3").click()
    expect(page.get_by_text("has ended (Amalgamation,")).to_be_visible()
    assert found_by_axe(page) == []


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_department_looks_through_the_acts(person, family, sight):
    page = person("department", **sight)
    page.goto("/department/acts")
    expect(page.get_by_role("heading", name="Who did what, when and why")).to_be_visible()
    assert found_by_axe(page) == []
    assert sideways(page) == 0

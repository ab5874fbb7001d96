"""Tables drawn beside themselves: on the scoreboard and on the department's page."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import found_by_axe, sideways
from tests.worlds import EAST, WEST, publish_parcels, square

pytestmark = pytest.mark.browser

SIGHTS = [
    pytest.param({"color_scheme": "light", "viewport": {"width": 1280, "height": 900}}, id="light, desk"),
    pytest.param({"color_scheme": "dark", "viewport": {"width": 360, "height": 740}}, id="dark, phone"),
]


@pytest.fixture
def parcels(database) -> None:
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})
    publish_parcels(database, EAST, {"e-1": square(20, 0)})


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_scoreboard_is_drawn_as_the_reader_chooses(visitor, parcels, sight):
    page = visitor(**sight)
    page.goto("/districts?lang=en")
    drawing = page.get_by_role("img", name="How the districts stand: Parcels")
    drawing.wait_for()
    assert drawing.locator("rect").count() == 2
    widths = [float(bar.get_attribute("width")) for bar in drawing.locator("rect").all()]
    assert widths[0] == pytest.approx(2 * widths[1], rel=0.01)
    page.get_by_label("Drawn:").select_option(label="Border tasks")
    expect(page.get_by_role("img", name="How the districts stand: Border tasks")).to_be_visible()
    assert page.get_by_role("table").count() == 1
    assert found_by_axe(page) == []
    assert sideways(page) == 0


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_departments_page_draws_publishes_and_districts(person, parcels, sight):
    page = person("department", **sight)
    page.goto("/department?lang=en")
    page.get_by_role("img", name="Publishes of the last weeks: Publishes").wait_for()
    page.get_by_role("img", name="Districts: Parcels").wait_for()
    assert found_by_axe(page) == []
    assert sideways(page) == 0


def test_without_a_script_the_tables_alone_are_there(visitor, parcels):
    page = visitor(java_script_enabled=False)
    page.goto("/districts?lang=en")
    assert page.locator("figure.chart").is_hidden()
    assert page.get_by_role("table").is_visible()

"""axe finds nothing, in light and dark, on a phone and on a desk."""

import pytest

from tests.browser.axe import found_by_axe, sideways
from tests.browser.district_files import parcels_file
from tests.web.site.neighbourhood import publish_neighbourhood
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser

SIGHTS = [
    pytest.param({"color_scheme": "light", "viewport": {"width": 1280, "height": 900}}, id="light, desk"),
    pytest.param({"color_scheme": "dark", "viewport": {"width": 320, "height": 640}}, id="dark, small phone"),
]


@pytest.mark.parametrize("sight", SIGHTS)
def test_a_citizens_pages(visitor, database, sight):
    publish_neighbourhood(database)
    page = visitor(**sight)
    questions = ("/", "/?q=nothing+is+called+so", "/?q=7421/5", "/?q=Gül+Sokak+12")
    for address in (*questions, "/verify", "/signin", "/map", "/docs", "/docs/reference/layers.md"):
        page.goto(address, wait_until="networkidle")
        assert found_by_axe(page) == [], address
        assert sideways(page) == 0, address


@pytest.mark.parametrize("sight", SIGHTS)
def test_an_answer_that_is_checked(visitor, database, sight):
    publish_neighbourhood(database)
    page = visitor(**sight)
    page.goto("/?q=Gül+Sokak+12")
    page.get_by_role("link", name="Link to share").click()
    page.get_by_role("heading", name="This answer is ours and still holds.").wait_for()
    assert found_by_axe(page) == []
    assert sideways(page) == 0


@pytest.mark.parametrize("sight", SIGHTS)
def test_the_pages_of_districts_and_department(person, work_once, database, tmp_path, sight):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    parcels = {"w-1": square(0, 1), "w-3": square(2, 0), "w-4": square(2.5, 0)}
    editor = person("editor", WEST, **sight)
    editor.goto("/district")
    editor.get_by_label("File", exact=True).set_input_files(parcels_file(tmp_path / "north.gpkg", parcels))
    editor.get_by_role("button", name="Send the file").click()
    editor.wait_for_url("**/upload/*")
    work_once()
    report = editor.url
    editor.get_by_role("link", name="See what it changes and submit it").click()
    changeset = editor.url
    for page, address in (
        (editor, "/district"),
        (editor, report),
        (editor, changeset),
        (person("department", **sight), "/department"),
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")  # controls of a map are named once it is drawn
        assert found_by_axe(page) == [], address
        assert sideways(page) == 0, address

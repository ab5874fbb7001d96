"""axe finds nothing, in light and dark, on a phone and on a desk."""

import pytest
from sqlalchemy import text

from gisserver.answer_batch import answer
from layers.core.profile import load_profile
from layers.core.store import WORKER, Store
from tests.application import TEST_PROFILE
from tests.browser.axe import found_by_axe, sideways
from tests.browser.district_files import parcels_file
from tests.db.small_world import EAST, parcel, publish
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


PHONES = [
    pytest.param({"color_scheme": colours, "viewport": {"width": 360, "height": 740}}, id=f"{colours}, phone")
    for colours in ("light", "dark")
]


@pytest.mark.parametrize("sight", PHONES)
def test_a_long_choice_under_its_districts(visitor, database, sight):
    for district, places in ((WEST, range(4)), (EAST, range(4, 7))):
        quarters = [parcel(f"p-{n}", n * 50, 0, "99", "1", cadastral_neighbourhood=f"Mahalle {n}") for n in places]
        publish(database, district, {"parcels": quarters})
    page = visitor(**sight)
    page.goto("/?q=99/1")
    assert page.get_by_role("heading", level=2).count() == 2
    assert found_by_axe(page) == []
    assert sideways(page) == 0


@pytest.mark.parametrize("sight", PHONES)
def test_lists_of_addresses_from_sending_to_taking_the_result(person, database, sight):
    publish_neighbourhood(database)
    planner = person("planner", **sight)
    planner.goto("/addresses")
    assert found_by_axe(planner) == []
    assert sideways(planner) == 0
    for name, table in (
        ("a list with a long name of the municipality.csv", "Adres\nGül Sokak 12\n"),
        ("b.csv", "a,b\n1,2\n"),
    ):
        chosen = {"name": name, "mimeType": "text/csv", "buffer": table.encode()}
        planner.get_by_label("Table", exact=True).set_input_files([chosen])
        planner.get_by_role("button", name="Look them up").click()
        planner.get_by_text(f"“{name}” is being looked up.").wait_for()
    assert found_by_axe(planner) == []
    assert sideways(planner) == 0
    worker = Store(database.worker)
    with worker.reading(WORKER) as connection:
        waiting = connection.execute(text("SELECT id FROM search.batch")).scalars().all()
    for batch in waiting:
        answer(worker, load_profile(TEST_PROFILE), batch)
    worker.close()
    planner.reload()
    planner.get_by_role("link", name="Download (CSV)").wait_for()
    assert planner.get_by_text("Not looked up").count() == 1
    assert found_by_axe(planner) == []
    assert sideways(planner) == 0

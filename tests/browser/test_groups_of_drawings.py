"""Shapes that belong together are put into groups: by keys alone, taken back, shared, and hidden on paper too."""

import json

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import found_by_axe, sideways
from tests.browser.test_map import around, drawn, open_tool
from tests.browser.test_planner import draw_polygon, middle
from tests.browser.test_shared_drawings import PATIENCE_MS, SENT, WIDE, shared
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 360, "height": 740}}


@pytest.fixture
def parcels(client, database) -> str:
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    return around(client, "w-1")


def groups(page: Page) -> Locator:
    return page.get_by_role("region", name="Groups")


def unfold(page: Page) -> None:
    """On a phone the panel makes room while one draws."""
    heading = page.locator("#map-panel-heading")
    if heading.get_attribute("aria-expanded") == "false":
        heading.click()


def add_group(page: Page, name: str) -> None:
    unfold(page)
    groups(page).get_by_label("New group").fill(name)
    groups(page).get_by_label("New group").press("Enter")


def draw_area(page: Page) -> None:
    page.get_by_role("button", name="Area", exact=True).click()
    draw_polygon(page)


def row(page: Page, name: str) -> Locator:
    return groups(page).get_by_role("listitem").filter(has=page.get_by_label(f"More of “{name}”"))


def kept(page: Page) -> dict[str, object]:
    return json.loads(page.evaluate("localStorage.getItem('map-drawing')"))


def before_a_group(page: Page, address: str) -> None:
    """“Option 2”, and an area drawn before it and one drawn into it."""
    page.goto(address)
    drawn(page)
    open_tool(page, "Draw")
    draw_area(page)
    add_group(page, "Option 2")
    draw_area(page)
    unfold(page)
    expect(row(page, "Option 2")).to_contain_text("1 · ", timeout=PATIENCE_MS)


def test_shapes_are_grouped_by_keys_hidden_also_on_paper_and_deleted_with_undo(visitor, parcels):
    page = visitor(is_refused=True, **WIDE)
    before_a_group(page, parcels)
    for name, problem in (("  ", "Write a name"), ("x" * 61, "at most 60"), ("option  2", "already")):
        add_group(page, name)
        expect(groups(page).get_by_role("alert").filter(visible=True)).to_contain_text(problem)
    page.get_by_label("More of “In no group”").press("Enter")
    row(page, "In no group").get_by_role("checkbox").press("Space")
    assert found_by_axe(page) == []
    groups(page).get_by_role("button", name="Move", exact=True).press("Enter")
    expect(groups(page)).to_contain_text("1 shape is in “Option 2” now.")
    expect(row(page, "Option 2")).to_contain_text("2 · ")

    page.get_by_label("More of “Option 2”").press("Enter")
    page.get_by_role("button", name="Delete with its shapes: “Option 2”").press("Enter")
    expect(groups(page)).to_contain_text("is deleted, with 2 shapes.")
    assert (kept(page)["features"], kept(page)["groups"]) == ([], [])
    expect(groups(page).get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_label("Show “Option 2”").press("Space")
    expect(page.get_by_label("Show “Option 2”")).to_be_focused()

    page.reload()
    drawn(page)
    expect(page.get_by_label("Show “Option 2”")).not_to_be_checked()
    assert printed(page) == 0
    open_tool(page, "Draw")
    page.get_by_label("Show “Option 2”").check()
    assert printed(page) == 2


def test_groups_are_shared_and_one_that_another_has_dissolved_is_asked_about(visitor, parcels):
    page = visitor(is_refused=True, **WIDE)
    before_a_group(page, parcels)
    page.get_by_label("Show “Option 2”").uncheck()
    view, edit = shared(page)

    looker = visitor(**WIDE)
    looker.goto(view)
    expect(looker.locator("#map-status")).to_contain_text("to be looked at", timeout=PATIENCE_MS)
    open_tool(looker, "Layers")
    expect(looker.get_by_role("checkbox", name="Shared drawing · Option 2")).not_to_be_checked()
    expect(looker.get_by_role("checkbox", name="Shared drawing", exact=True)).to_be_checked()

    other = visitor(**WIDE)
    other.goto(edit)
    other.get_by_label("More of “Option 2”").press("Enter", timeout=PATIENCE_MS)
    other.get_by_role("button", name="Ungroup: “Option 2”").press("Enter")
    expect(other.get_by_text(SENT)).to_be_visible(timeout=PATIENCE_MS)

    page.get_by_label("More of “In no group”").press("Enter")
    row(page, "In no group").get_by_role("checkbox").check()
    groups(page).get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_text("Somebody else has changed the drawing")).to_be_visible(timeout=PATIENCE_MS)
    page.get_by_role("button", name="Take theirs").click()
    expect(page.get_by_label("More of “Option 2”")).to_have_count(0, timeout=PATIENCE_MS)
    expect(row(page, "In no group")).to_contain_text("2 · ")


def test_one_link_shows_drawings_of_two_people_together(visitor, parcels):
    theirs = visitor(**WIDE)
    before_a_group(theirs, parcels)
    _, edit_of_theirs = shared(theirs)
    page = visitor(**WIDE)
    page.goto(parcels)
    drawn(page)
    open_tool(page, "Draw")
    draw_area(page)
    view, _ = shared(page)
    page.get_by_text("One link to several drawings").click()
    copy = page.get_by_role("button", name="Copy the link to all")
    for pasted, problem in (("hello", "is no link to a drawing"), (view, "at least one other")):
        page.get_by_label("View links of the other drawings").fill(pasted)
        copy.click()
        expect(page.locator(".map-sharing")).to_contain_text(problem)
    page.get_by_label("View links of the other drawings").fill(edit_of_theirs)
    copy.click()
    expect(page.get_by_text("The link to 2 drawings is copied.")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    assert edit_of_theirs.partition("drawing=")[2] not in link
    assert found_by_axe(page) == []

    looker = visitor(**WIDE)
    looker.goto(link)
    expect(looker.locator("#map-status")).to_contain_text("2 drawings of the link", timeout=PATIENCE_MS)
    if not looker.get_by_role("heading", name="Layers").is_visible():
        open_tool(looker, "Layers")
    for name in ("Shared drawing 1", "Shared drawing 2", "Shared drawing 2 · Option 2"):
        expect(looker.get_by_role("checkbox", name=name, exact=True)).to_be_checked()
    looker.reload()
    expect(looker.locator("#map-status")).to_contain_text("2 drawings of the link", timeout=PATIENCE_MS)


def test_a_shape_is_chosen_on_the_map_and_the_delete_key_deletes_it_for_good(visitor, parcels):
    page = visitor(**WIDE)
    before_a_group(page, parcels)
    page.get_by_role("button", name="Change", exact=True).click()
    x, y = middle(page)
    page.mouse.click(x + 15, y - 15)
    expect(groups(page)).to_contain_text("1 shape is chosen.")
    page.keyboard.press("Delete")
    expect(page.get_by_text("1 shape is kept.")).to_be_visible()
    assert len(kept(page)["features"]) == 1
    page.keyboard.press("Control+z")
    expect(page.get_by_text("2 shapes are kept.")).to_be_visible()


def test_groups_have_room_on_a_phone(visitor, parcels):
    page = visitor(has_touch=True, **PHONE)
    before_a_group(page, parcels)
    add_group(page, "Kuzey kesimi ikinci seçenek, komşu parsellerle birlikte")
    page.get_by_label("More of “Option 2”").press("Enter")
    expect(row(page, "Option 2").get_by_label("Name")).to_be_visible()
    assert sideways(page) == 0
    assert found_by_axe(page) == []


def printed(page: Page) -> int:
    """How many drawn shapes an ordered sheet is told of."""
    open_tool(page, "Print")
    with page.expect_request(lambda request: request.method == "POST" and "/prints" in request.url) as asked:
        page.locator("#map-panel-body").get_by_role("button", name="Print", exact=True).click()
    return len(asked.value.post_data_json.get("drawings", {"features": []})["features"])

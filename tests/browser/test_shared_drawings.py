"""Drawings that two people share: one draws, another looks or draws on; nothing is lost on the way."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import found_by_axe
from tests.browser.test_map import around, drawn, open_tool
from tests.browser.test_planner import draw_polygon
from tests.worlds import WEST, publish_parcels, square

pytestmark = pytest.mark.browser
WIDE = {"viewport": {"width": 1280, "height": 900}}
PATIENCE_MS = 30_000
"""A page begins, asks for the drawing and fetches the pen."""
SENT = "The service has everything that is drawn"


@pytest.fixture
def parcels(client, database) -> str:
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    return around(client, "w-1")


def before_the_pen(page: Page, address: str) -> None:
    page.goto(address)
    drawn(page)
    open_tool(page, "Draw")


def draw(page: Page) -> None:
    page.get_by_role("button", name="Area", exact=True).click()
    draw_polygon(page)


def shared(page: Page) -> tuple[str, str]:
    """The view link and the edit link."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#map-panel").get_by_role("button", name="Share").click()
    links = []
    for name in ("Copy the view link", "Copy the edit link"):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_text("The link is copied.")).to_be_visible()
        links.append(page.evaluate("navigator.clipboard.readText()"))
        page.evaluate("navigator.clipboard.writeText('')")
    return links[0], links[1]


def test_a_drawing_is_shared_looked_at_and_drawn_on_by_another(visitor, parcels):
    page = visitor(**WIDE)
    before_the_pen(page, parcels)
    draw(page)
    view, edit = shared(page)
    assert found_by_axe(page) == []
    looker = visitor(**WIDE)
    looker.goto(view)
    expect(looker.locator("#map-status")).to_contain_text("to be looked at", timeout=PATIENCE_MS)
    other = visitor(**WIDE)
    other.goto(edit)
    expect(other.get_by_text("1 shape is kept.")).to_be_visible(timeout=PATIENCE_MS)
    expect(other).to_have_url(re.compile(re.escape(view.partition("drawing=")[2])))
    other.get_by_label("Label of the last shape").fill("Öneri yol")
    other.get_by_label("Label of the last shape").press("Tab")
    expect(other.get_by_text(SENT)).to_be_visible(timeout=PATIENCE_MS)
    page.reload()
    drawn(page)
    expect(page.get_by_label("Label of the last shape")).to_have_value("Öneri yol", timeout=PATIENCE_MS)


def test_who_draws_beside_anothers_drawing_and_shares_goes_on_after_a_reload_and_after_the_end(visitor, parcels):
    page = visitor(**WIDE)
    before_the_pen(page, parcels)
    draw(page)
    theirs, _ = shared(page)
    looker = visitor(is_refused=True, **WIDE)
    looker.goto(theirs)
    expect(looker.locator("#map-status")).to_contain_text("to be looked at", timeout=PATIENCE_MS)
    draw(looker)  # the link opens the tool
    shared(looker)
    looker.reload()
    expect(looker.get_by_text("1 shape is kept.")).to_be_visible(timeout=PATIENCE_MS)
    looker.get_by_role("button", name="Stop sharing").click()
    expect(looker.get_by_role("button", name="Share", exact=True)).to_have_count(2)
    looker.reload()
    expect(looker.locator("#map-status")).to_contain_text("shared no longer", timeout=PATIENCE_MS)
    expect(looker.get_by_text("1 shape is kept.")).to_be_visible()


def test_what_is_drawn_while_the_service_is_away_is_there_afterwards(visitor, parcels):
    page = visitor(is_refused=True, **WIDE)
    before_the_pen(page, parcels)
    draw(page)
    _, edit = shared(page)
    page.route("**/api/drawings/**", lambda route: route.abort())
    page.get_by_label("Label of the last shape").fill("outside")
    page.get_by_label("Label of the last shape").press("Tab")
    expect(page.get_by_text("The service does not answer.")).to_be_visible()
    page.reload()
    drawn(page)
    page.unroute("**/api/drawings/**")
    page.reload()
    drawn(page)
    expect(page.get_by_text(SENT)).to_be_visible(timeout=PATIENCE_MS)
    again = visitor(**WIDE)
    again.goto(edit)
    expect(again.get_by_label("Label of the last shape")).to_have_value("outside", timeout=PATIENCE_MS)


def test_two_who_draw_from_one_version_are_asked_whose_stays(visitor, parcels):
    page = visitor(is_refused=True, **WIDE)
    before_the_pen(page, parcels)
    draw(page)
    _, edit = shared(page)
    other = visitor(**WIDE)
    other.goto(edit)
    expect(other.get_by_text("1 shape is kept.")).to_be_visible(timeout=PATIENCE_MS)
    for one, label in ((other, "theirs"), (page, "mine")):
        one.get_by_label("Label of the last shape").fill(label)
        one.get_by_label("Label of the last shape").press("Tab")
        expect(one.get_by_text(SENT if one is other else "Somebody else has changed the drawing")).to_be_visible(
            timeout=PATIENCE_MS
        )
    page.get_by_role("button", name="Take theirs").click()
    expect(page.get_by_label("Label of the last shape")).to_have_value("theirs", timeout=PATIENCE_MS)
    page.locator("#map canvas").focus()
    page.keyboard.press("Control+z")
    expect(page.get_by_label("Label of the last shape")).to_have_value("mine", timeout=PATIENCE_MS)
    expect(page.get_by_text("Somebody else has changed the drawing")).to_be_visible(timeout=PATIENCE_MS)
    other.reload()
    expect(other.get_by_label("Label of the last shape")).to_have_value("theirs", timeout=PATIENCE_MS)

"""A citizen's question."""

import pytest

from tests.browser.axe import found_by_axe
from tests.web.site.neighbourhood import publish_neighbourhood

pytestmark = pytest.mark.browser

HEADLINE = "The plan in force divides this parcel between several uses"


def test_a_question_becomes_an_answer(visitor, database):
    publish_neighbourhood(database)
    page = visitor()
    page.goto("/")
    page.get_by_label("Address, or block and parcel").fill("Gül Sokak 12")
    page.get_by_role("button", name="Ask").click()
    page.get_by_role("heading", name=HEADLINE).wait_for()
    assert found_by_axe(page) == []


def test_the_same_by_keyboard_alone(visitor, database):
    publish_neighbourhood(database)
    page = visitor()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("7421/5", delay=30)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    box = page.get_by_role("combobox")
    assert box.get_attribute("aria-activedescendant")
    assert found_by_axe(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+A")
    page.keyboard.type("gül sokak 12", delay=30)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=HEADLINE).wait_for()


def test_a_suggested_parcel_is_one_key_away(visitor, database):
    publish_neighbourhood(database)
    page = visitor()
    page.goto("/")
    page.get_by_role("combobox").fill("7421/6")
    page.get_by_role("option", name="Block 7421, parcel 6").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/answer/*")


def test_without_script_the_choice_is_a_list(visitor, database):
    publish_neighbourhood(database)
    page = visitor(java_script_enabled=False)
    page.goto("/")
    page.get_by_label("Address, or block and parcel").fill("7421/5")
    page.get_by_role("button", name="Ask").click()
    page.get_by_role("listitem").filter(has_text="Ilıca").get_by_role("link").click()
    page.get_by_text("Ilıca, block 7421, parcel 5").wait_for()


def test_the_answer_leads_to_its_place_on_the_map(visitor, database):
    publish_neighbourhood(database)
    page = visitor()
    page.goto("/?q=Gül+Sokak+12")
    address = page.get_by_role("link", name="See it on the map").get_attribute("href")
    assert address.startswith("/map?v=1#map=18/38.3")


def test_a_printout_is_checked_by_its_short_code_without_script(visitor, database):
    publish_neighbourhood(database)
    page = visitor(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page.goto("/?q=Gül+Sokak+12")
    code = page.get_by_text("Short code:").locator("b").inner_text()
    page.locator("summary", has_text="TAKS").first.click()
    assert page.get_by_text("The part of the parcel a building may stand on").is_visible()
    page.goto("/verify")
    page.get_by_label("Short code beside the QR code").fill(code.lower())
    page.get_by_role("button", name="Check").first.click()
    page.get_by_role("heading", name="This answer is ours and still holds.").wait_for()

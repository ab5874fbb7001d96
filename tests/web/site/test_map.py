"""The planner's map as it leaves the server; what the browser makes of it is told in tests/browser."""

import json
import re

import pytest


@pytest.fixture
def page(client) -> str:
    return client.get("/map?lang=tr").get_data(as_text=True)


def config_of(page: str) -> dict[str, str]:
    """What the page tells its script."""
    written = re.search(r'<script type="application/json" id="map-config">(.*?)</script>', page, re.DOTALL)
    assert written is not None
    return json.loads(written.group(1))


def test_the_map_is_in_the_navigation(page):
    assert re.search(r'<a href="/map"[^>]*>Harita</a>', page)


@pytest.mark.parametrize("name", ["style", "epoch", "list"])
def test_what_the_script_asks_first_is_answered(client, page, name):
    assert client.get(config_of(page)[name]).status_code == 200


def test_the_style_is_asked_for_in_the_language_of_the_page(client, page):
    style = client.get(config_of(page)["style"]).get_json()
    assert "Parseller" in {entry["title"] for entry in style["metadata"]["pool:layers"]}


def test_a_field_of_the_card_gets_its_title_from_the_schema(client, page):
    schema = client.get(config_of(page)["schema"].replace("{name}", "parcels") + "?lang=tr").get_json()
    assert schema["properties"]["block_no"]["title"] == "Ada"


def test_the_page_has_nothing_inline_that_the_content_policy_refuses(page):
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)
    assert not re.search(r"\son[a-z]+=", page)


def test_who_has_no_script_is_led_to_the_same_data(client, page):
    without_script = re.search(r"<noscript>(.*?)</noscript>", page, re.DOTALL)
    assert without_script is not None
    (address,) = re.findall(r'href="([^"]+)"', without_script.group(1))
    assert client.get(address).status_code == 200

"""What stands around every page."""

import pytest
from sqlalchemy import text

from layers.core.store import Store


def test_the_accent_colour_comes_from_the_profile(client):
    answer = client.get("/theme.css")
    assert answer.content_type.startswith("text/css")
    assert "--accent: #0b5d7a" in answer.text


def test_a_generated_pool_says_so_on_every_page(client, database):
    assert "Sample data" not in client.get("/signin?lang=en").text
    owner = Store(database.owner)
    with owner.engine.begin() as connection:
        connection.execute(text("UPDATE ops.profile SET holds_sample = true"))
    owner.close()
    assert "Sample data" in client.get("/signin?lang=en").text


def test_a_page_changes_its_language_and_keeps_the_question(client):
    page = client.get("/?q=1453+Sokak&lang=en").text
    assert '<html lang="en">' in page
    assert 'href="/?q=1453+Sokak&amp;lang=tr"' in page


def test_the_chosen_language_is_remembered(client):
    client.get("/signin?lang=en")
    assert '<html lang="en">' in client.get("/signin").text


def test_a_wrong_address_gets_a_page_that_leads_on(client):
    answer = client.get("/nowhere", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert 'href="/"' in answer.text


@pytest.mark.parametrize("address", ["/", "/signin"])
def test_pages_carry_neither_inline_script_nor_inline_style(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    page = answer.text
    assert " style=" not in page
    assert "<style" not in page
    assert " onclick=" not in page

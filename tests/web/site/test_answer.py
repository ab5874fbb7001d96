"""What a citizen reads about a parcel."""

import uuid

import pytest

from tests.web.site.neighbourhood import publish_neighbourhood
from tests.worlds import WEST, publish_parcels, square


@pytest.fixture
def page(client, database) -> str:
    """The answer about a parcel that two zones share."""
    publish_neighbourhood(database)
    return client.get("/?q=Gül+Sokak+12&lang=en", follow_redirects=True).text


def test_the_headline_is_the_answer(page):
    headline = page.partition('<h1 class="answer-line">')[2].partition("</h1>")[0]
    assert headline == "The plan in force divides this parcel between several uses: Yerleşik konut alanı 75%, Park 25%."


def test_each_theme_has_a_state_in_words_and_a_sign(page):
    themes = page.partition('<ul class="themes">')[2].partition("</ul>")[0]
    assert themes.count('class="mark') == themes.count("<svg") == 2
    assert "Not affected" in themes
    assert "No data" in themes


def test_the_sketch_is_drawn_without_inline_style(page):
    assert page.count('class="sketch-subject"') == 1
    assert page.count('class="sketch-zone"') == 2
    assert 'fill="#249C22"' in page
    assert " style=" not in page


def test_the_answer_says_who_decides_and_how_old_it_is(page):
    assert "Responsible: municipality of Batı. No telephone or address" in page
    assert "publish number 1" in page
    assert "does not replace the official zoning certificate" in page


def test_a_parcel_that_has_ended_leads_to_what_took_its_place(client, database):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    ended = client.get("/api/collections/parcels/items/w-1").get_json()["id"]
    publish_parcels(database, WEST, {"w-2": square(0, 0)}, retire=["w-1"], operation="renumbering")
    answer = client.get(f"/answer/{ended}?lang=en")
    assert answer.status_code == 410
    assert "This parcel is no more." in answer.text
    heir = client.get("/api/collections/parcels/items/w-2").get_json()["id"]
    assert f'href="/answer/{heir}"' in answer.text


def test_a_parcel_that_never_was_is_not_there(client):
    assert client.get(f"/answer/{uuid.uuid4()}", headers={"Accept": "text/html"}).status_code == 404

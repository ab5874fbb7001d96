"""The citizen's one box."""

import re

from tests.db.small_world import EAST, WEST, parcel, publish
from tests.web.site.neighbourhood import publish_neighbourhood


def test_the_first_page_is_a_question_and_a_box(client):
    answer = client.get("/?lang=en")
    assert answer.status_code == 200
    assert answer.text.count("<h1>") == 1
    assert "What may be built here?" in answer.text
    assert 'name="q"' in answer.text


def test_an_address_leads_straight_to_its_answer(client, database):
    publish_neighbourhood(database)
    answer = client.get("/?q=Gül+Sokak+12&lang=en")
    assert answer.status_code == 303
    page = client.get(answer.location).text
    assert "You asked about “Gül Sokak 12”." in page
    assert "block 7421, parcel 5" in page


def test_a_number_that_two_parcels_have_is_a_choice(client, database):
    publish_neighbourhood(database)
    answer = client.get("/?q=7421/5&lang=en")
    assert answer.status_code == 200
    assert answer.text.count('href="/answer/') == 2
    assert "Çınar" in answer.text
    assert "Ilıca" in answer.text


def test_a_long_choice_stands_under_the_names_of_its_districts(client, database):
    numbered = {WEST: range(4), EAST: range(4, 7)}
    for district, places in numbered.items():
        quarters = [parcel(f"p-{n}", n * 50, 0, "99", "1", cadastral_neighbourhood=f"Mahalle {n}") for n in places]
        publish(database, district, {"parcels": quarters})
    page = client.get("/?q=99/1&lang=en").text
    headings = [heading.split(" <")[0] for heading in re.findall(r"<h2[^>]*>(.*?)</h2>", page)]
    assert headings == ["Batı", "Doğu"]
    west, east = page.split("<h2 ")[1:]
    assert ("4 results" in west, west.count('href="/answer/')) == (True, 4)
    assert ("3 results" in east, east.count('href="/answer/')) == (True, 3)
    assert 'aria-labelledby="district-2"' in east


def test_a_short_choice_or_one_of_one_district_has_no_headings(client, database):
    for district, place in ((WEST, 0), (EAST, 50)):
        publish(database, district, {"parcels": [parcel(f"p-{place}", place, 0, "99", "1")]})
    page = client.get("/?q=99/1&lang=en").text
    assert (page.count('href="/answer/'), "<h2" in page) == (2, False)
    publish(database, WEST, {"parcels": [parcel(f"q-{n}", n * 50, 500, "98", "1") for n in range(7)]})
    page = client.get("/?q=98/1&lang=en").text
    assert (page.count('href="/answer/'), "<h2" in page) == (7, False)


def test_nothing_found_keeps_the_question_and_says_what_to_do(client, database):
    publish_neighbourhood(database)
    answer = client.get("/?q=Nowhere+Street+99&lang=en")
    assert 'value="Nowhere Street 99"' in answer.text
    assert "Check the spelling" in answer.text


def test_markup_in_the_question_stays_text(client):
    page = client.get("/?q=<script>alert(1)</script>").text
    assert "<script>alert" not in page

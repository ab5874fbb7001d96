"""The citizen's one box."""

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


def test_nothing_found_keeps_the_question_and_says_what_to_do(client, database):
    publish_neighbourhood(database)
    answer = client.get("/?q=Nowhere+Street+99&lang=en")
    assert 'value="Nowhere Street 99"' in answer.text
    assert "Check the spelling" in answer.text


def test_markup_in_the_question_stays_text(client):
    page = client.get("/?q=<script>alert(1)</script>").text
    assert "<script>alert" not in page

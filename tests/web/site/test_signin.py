"""Signing in and out."""

from tests.application import PASSWORD
from tests.web.site.paperwork import fill_in


def test_a_person_signs_in_and_lands_on_the_page_of_their_work(signed_in, client):
    signed_in("editor", 1)
    answer = fill_in(client, "/signin", "/signin", email="editor1@example.org", password=PASSWORD)
    assert answer.status_code == 302
    assert answer.location == "/district"
    assert client.get("/district").status_code == 200


def test_the_page_that_was_asked_for_comes_after_signing_in(signed_in, client):
    signed_in("editor", 1)
    asked = client.get("/district?lang=en")
    assert asked.location.startswith("/signin?next=")
    answer = fill_in(
        client, asked.location, "/signin", email="editor1@example.org", password=PASSWORD, next="/district?lang=en"
    )
    assert answer.location == "/district?lang=en"


def test_a_link_cannot_send_a_signed_in_person_to_another_site(signed_in, client):
    signed_in("planner")
    for elsewhere in ("https://example.com/", "//example.com/", "/\\example.com"):
        answer = fill_in(client, "/signin", "/signin", email="planner@example.org", password=PASSWORD, next=elsewhere)
        assert answer.location == "/map"


def test_a_wrong_password_keeps_the_address_and_does_not_say_which_half_is_wrong(signed_in, client):
    signed_in("planner")
    wrong = fill_in(client, "/signin?lang=en", "/signin", email="planner@example.org", password="wrong")
    unknown = fill_in(client, "/signin", "/signin", email="nobody@example.org", password="wrong")
    sentence = "No account has this e-mail address and password."
    assert wrong.status_code == unknown.status_code == 422
    assert 'value="planner@example.org"' in wrong.text
    assert sentence in wrong.text
    assert sentence in unknown.text


def test_signing_out_ends_the_session(signed_in):
    editor = signed_in("editor", 1)
    answer = fill_in(editor, "/district", "/signout")
    assert answer.location == "/"
    assert editor.get("/district").status_code == 302


def test_a_form_without_the_pages_token_is_refused(signed_in, client):
    signed_in("editor", 1)
    answer = client.post("/signin", data={"email": "editor1@example.org", "password": PASSWORD})
    assert answer.status_code == 400


def test_guessing_passwords_is_slowed_down_and_a_right_one_is_not(signed_in, client):
    signed_in("planner")
    for _ in range(12):
        fill_in(client, "/signin", "/signin", email="planner@example.org", password=PASSWORD)
    tries = [fill_in(client, "/signin", "/signin", email="planner@example.org", password="wrong") for _ in range(12)]
    assert [answer.status_code for answer in tries] == [422] * 10 + [429] * 2


def test_only_pages_renew_the_session_so_that_late_answers_take_nothing_away(signed_in, client):
    signed_in("editor", 1)
    fill_in(client, "/signin", "/signin", email="editor1@example.org", password=PASSWORD)
    beside = client.get("/api/collections", headers={"Sec-Fetch-Dest": "empty"})
    assert "Set-Cookie" not in beside.headers
    assert "Expires=" in client.get("/district", headers={"Sec-Fetch-Dest": "document"}).headers["Set-Cookie"]
    assert "Expires=" in client.get("/district").headers["Set-Cookie"]

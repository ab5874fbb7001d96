"""Somebody signed in has a table of addresses looked up without writing a program."""

import io
import re
import uuid
from pathlib import Path

import pytest

from gisserver.answer_batch import answer
from layers.core.profile import load_profile
from layers.core.store import Store
from tests.web.site.neighbourhood import publish_neighbourhood

PROFILE = load_profile(Path(__file__).parents[2] / "data/profiles/test.toml")
PAGE = "/addresses?lang=en"


@pytest.fixture
def worked_off(database):
    """`worked_off(page)` answers the lists of a page as the worker's process does."""
    store = Store(database.worker)

    def work(page: str) -> None:
        for batch in re.findall(r"/addresses/([0-9a-f-]{36})/remove", page):
            answer(store, PROFILE, uuid.UUID(batch))

    yield work
    store.close()


def token(page: str) -> str:
    """What a form of the page sends along."""
    return page.partition('name="csrf_token" value="')[2].partition('"')[0]


def send(client, table: bytes, name: str = "list.csv", **form: str):
    """The form of the page, filled in."""
    data = {"csrf_token": token(client.get(PAGE).text), "file": (io.BytesIO(table), name), **form}
    return client.post("/addresses?lang=en", data=data, follow_redirects=True)


def test_a_table_is_sent_watched_and_taken_away(signed_in, database, worked_off):
    publish_neighbourhood(database)
    planner = signed_in("planner")
    sent = send(planner, "Adres\nGül Sokak 12\n".encode()).text
    assert "“list.csv” is being looked up." in sent
    assert "data-waiting" in sent
    assert "Load the page again" in sent
    worked_off(sent)
    page = planner.get("/addresses?lang=en&fragment=1").text
    assert "data-waiting" not in page
    assert "1 row" in page
    table = planner.get(re.findall(r'href="(/api/search/batches/[^"]+)"', page)[0])
    assert "Gül Sokak 12" in table.get_data().decode("utf-8-sig").splitlines()[1]


def test_a_table_without_addresses_says_what_to_do(signed_in, worked_off):
    planner = signed_in("planner")
    worked_off(send(planner, b"a,b\n1,2\n").text)
    assert "No column of this table holds addresses" in planner.get(PAGE).text


def test_what_is_no_table_is_refused_beside_the_field(signed_in):
    refused = send(signed_in("planner"), b"x", "list.docx")
    assert refused.status_code == 422
    assert 'id="file-error"' in refused.text
    assert "“list.docx” is not a table." in refused.text


def test_lists_are_their_senders_own_and_are_removed_by_them(signed_in):
    planner, other = signed_in("planner"), signed_in("department")
    page = send(planner, b"adres\nx\n").text
    (address,) = re.findall(r"/addresses/[0-9a-f-]{36}/remove", page)
    theirs = other.get(PAGE).text
    assert address not in theirs
    assert other.post(address, data={"csrf_token": token(theirs)}).status_code == 404
    assert planner.post(address, data={"csrf_token": token(page)}).status_code == 303
    assert "You have sent none yet." in planner.get(PAGE).text


def test_who_is_not_signed_in_is_asked_to(client):
    assert client.get("/addresses").location.startswith("/signin?next=/addresses")
    assert "Lists of addresses" not in client.get("/?lang=en").text

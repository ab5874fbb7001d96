"""Tables of addresses, as a program meets them: sent by the web, answered by the worker's process."""

import csv
import io
import uuid
from pathlib import Path

import pytest

from gisserver.answer_batch import answer
from layers.core.profile import load_profile
from layers.core.store import Store
from tests.db.small_world import WEST, door, line, parcel, publish

PROFILE = load_profile(Path(__file__).parents[2] / "data/profiles/test.toml")
BATCHES = "/api/search/batches"


@pytest.fixture
def city(database):
    publish(
        database,
        WEST,
        {
            "roads": [{"ref": "r1", "name": "Gül Sokak", "street_type": "sokak", "geom": line((0, 50), (200, 50))}],
            "parcels": [parcel("a", 0, 0, "12", "3"), parcel("b", 40, 0, "12", "4")],
            "addresses": [door("d1", "Gül Sokak", "3", 10, 10, parcel_ref="a"), door("d2", "Gül Sokak", "7", 50, 10)],
        },
    )
    return database


@pytest.fixture
def acting(app, keyed):
    """`acting("planner")` is a program that shows a key of such an account."""

    def with_key(role: str):
        program = app.test_client()
        program.environ_base["HTTP_AUTHORIZATION"] = keyed(role)["Authorization"]
        return program

    return with_key


def send(client, table: bytes, name: str = "list.csv", **form: str):
    """Over the web."""
    return client.post(BATCHES, data={"file": (io.BytesIO(table), name), **form}, headers={"Accept-Language": "en"})


def worked_off(database, batch_id: str) -> None:
    """As the worker's process does it."""
    store = Store(database.worker)
    answer(store, PROFILE, uuid.UUID(batch_id))
    store.close()


def rows_of(reply) -> list[dict[str, str]]:
    """The table that came back."""
    return list(csv.DictReader(io.StringIO(reply.get_data().decode("utf-8-sig"))))


def test_a_table_comes_back_with_place_and_parcel(city, acting):
    client = acting("planner")
    sent = send(client, "no;Adres\n1;Gül Sk. No:3 Batı\n2;Gül Sokak 5\n3;Olmayan Sokak 9\n".encode())
    assert (sent.status_code, sent.get_json()["state"]) == (202, "waiting")
    where = sent.headers["Location"]
    assert client.get(f"{where}/result.csv").status_code == 503
    worked_off(city, sent.get_json()["id"])
    state = client.get(where).get_json()
    assert (state["state"], state["done"], state["total"]) == ("done", 3, 3)
    rows = rows_of(client.get(state["result"]))
    assert [(row["no"], row["result"]) for row in rows] == [("1", "sure"), ("2", "choose"), ("3", "not found")]
    parcel_uid = client.get("/api/search?q=12/3").get_json()["hits"][0]["parcel_uid"]
    assert (rows[0]["found"], rows[0]["parcel"]) == ("Gül Sokak 3, Batı", parcel_uid)
    assert (rows[1]["parcel"], rows[2]["found"]) == ("", "")


def test_cells_that_would_calculate_are_made_harmless(city, acting):
    client = acting("planner")
    sent = send(client, "Adres,x\nGül Sokak 3,=1+1\n".encode()).get_json()
    worked_off(city, sent["id"])
    assert rows_of(client.get(f"{BATCHES}/{sent['id']}/result.csv"))[0]["x"] == "'=1+1"


@pytest.mark.parametrize(
    ("table", "name", "said"),
    [
        (b"a,b\n1,2\n", "list.csv", "No column of this table holds addresses; its headers: a, b."),
        (b"\x00\x01\x02", "list.xlsx", "cannot be read as a table"),
        (b"adres\n", "list.csv", "The table is empty"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(city, acting, table, name, said):
    client = acting("planner")
    sent = send(client, table, name).get_json()
    worked_off(city, sent["id"])
    state = client.get(f"{BATCHES}/{sent['id']}").get_json()
    assert state["state"] == "failed"
    assert said in state["note"]


def test_a_column_may_be_named(city, acting):
    client = acting("planner")
    sent = send(client, "a,b\nx,Gül Sokak 7\n".encode(), column="b").get_json()
    worked_off(city, sent["id"])
    assert rows_of(client.get(f"{BATCHES}/{sent['id']}/result.csv"))[0]["found"] == "Gül Sokak 7, Batı"


def test_without_an_account_nothing_is_looked_up(client):
    assert send(client, b"adres\nx\n").status_code == 401


def test_a_list_is_its_senders_own(city, acting):
    sent = send(acting("planner"), b"adres\nx\n").get_json()
    other = acting("department")
    assert other.get(f"{BATCHES}/{sent['id']}").status_code == 404
    assert other.delete(f"{BATCHES}/{sent['id']}").status_code == 404


def test_only_a_few_lists_wait_at_a_time(city, acting):
    client = acting("planner")
    answers = [send(client, b"adres\nx\n").status_code for _ in range(4)]
    assert answers == [202, 202, 202, 429]

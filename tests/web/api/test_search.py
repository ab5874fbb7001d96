"""The search box as a program meets it."""

import pytest

from tests.db.small_world import WEST, door, line, parcel, publish


@pytest.fixture
def city(client, database):
    rows = {
        "roads": [{"ref": "r1", "name": "Gül Sokak", "street_type": "sokak", "geom": line((0, 50), (200, 50))}],
        "parcels": [parcel("a", 0, 0, "12", "3", cadastral_neighbourhood="Liman"), parcel("b", 40, 0, "12", "4")],
        "addresses": [door("d1", "Gül Sokak", "3", 10, 10, parcel_ref="a"), door("d2", "Gül Sokak", "7", 50, 10)],
    }
    publish(database, WEST, rows)
    return client


def test_a_hit_has_a_place_a_feature_and_a_parcel(city):
    answer = city.get("/api/search", query_string={"q": "12 ada 3 parsel", "lang": "en"}).get_json()
    (hit,) = answer["hits"]
    assert (answer["query"], answer["ambiguous"], answer["note"]) == ("12 ada 3 parsel", False, "")
    assert (hit["kind"], hit["title"], hit["subtitle"]) == ("parcel", "Block 12, parcel 3", "Liman, Batı")
    assert hit["layer"] == "parcels"
    assert hit["uid"] == hit["parcel_uid"]
    west, south, east, north = hit["bbox"]
    assert west < hit["lon"] < east
    assert south < hit["lat"] < north


def test_the_answer_is_in_the_callers_language(city):
    answer = city.get("/api/search", query_string={"q": "12/3"}, headers={"Accept-Language": "tr"}).get_json()
    assert answer["hits"][0]["title"] == "12 ada 3 parsel"


def test_a_choice_is_announced(city):
    answer = city.get("/api/search?q=Gül Sokak 5&lang=en").get_json()
    assert answer["ambiguous"]
    assert not any(hit["is_exact"] for hit in answer["hits"])
    assert "nearest: 3, 7" in answer["note"]


def test_the_list_is_as_long_as_asked(city):
    assert len(city.get("/api/search?q=Gül Sokak 5&limit=1").get_json()["hits"]) == 1


@pytest.mark.parametrize("text", ["", "😀", "' OR 1=1 --", "<b>x</b>", "x" * 10_000, "%00", "\\"])
def test_any_text_is_answered(city, text):
    answer = city.get("/api/search", query_string={"q": text})
    assert answer.status_code == 200
    assert answer.get_json()["hits"] == []
    assert answer.get_json()["note"]


@pytest.mark.parametrize(
    ("address", "parameter"), [("/api/search?query=x", "query"), ("/api/search?q=x&limit=0", "limit")]
)
def test_a_wrong_parameter_is_named(city, address, parameter):
    answer = city.get(address)
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, parameter)


def test_suggestions_come_while_typing(city):
    assert [hit["title"] for hit in city.get("/api/suggest?q=gül s").get_json()["hits"]] == ["Gül Sokak"]
    assert city.get("/api/suggest?q=").get_json()["hits"] == []

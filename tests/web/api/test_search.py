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


def test_a_place_says_what_stands_there(city):
    hit = city.get("/api/search", query_string={"q": "Gül Sokak 3"}).get_json()["hits"][0]
    answer = city.get(f"/api/reverse?lon={hit['lon']}&lat={hit['lat']}&lang=en").get_json()
    assert [door["title"] for door in answer["doors"]] == ["Gül Sokak 3", "Gül Sokak 7"]
    assert [door["is_exact"] for door in answer["doors"]] == [True, False]
    assert answer["doors"][1]["metres"] == pytest.approx(40, abs=0.1)
    assert answer["place"]["parcel_uid"] == hit["parcel_uid"]


def test_a_place_outside_the_pool_says_so(city):
    answer = city.get("/api/reverse?lon=2.35&lat=48.85&lang=en").get_json()
    assert (answer["place"], answer["doors"]) == (None, [])
    assert "outside the area" in answer["note"]


def test_a_place_without_numbers_is_refused_with_an_example(city):
    answer = city.get("/api/reverse?lon=x&lat=48.85")
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, "lon")


def test_a_machine_that_asks_without_end_is_slowed_down_and_no_other(app, city):
    app.config["SEARCH_LIMIT"] = "3 per minute"
    family, machine = {"REMOTE_ADDR": "192.0.2.7"}, {"REMOTE_ADDR": "192.0.2.8"}
    answers = [city.get("/api/suggest?q=", environ_overrides=machine).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    assert city.get("/api/search?q=12/3", environ_overrides=family).status_code == 200
    assert city.get("/api/search?q=12/3").status_code == 200

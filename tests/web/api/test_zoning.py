"""The zoning answer as a program meets it."""

import pytest
from sqlalchemy import text

from tests.db.small_world import EAST, WEST, add, door, parcel, publish, publishing, rectangle

EVERYWHERE = rectangle(-500, -500, 3000, 3000)


@pytest.fixture
def city(client, database):
    rows = {
        "plans": [{"ref": "p", "plan_no": "35", "name": "Plan", "status": "in_force", "geom": EVERYWHERE}],
        "parcels": [parcel("a", 0, 0, "12", "3", cadastral_neighbourhood="Liman"), parcel("b", 40, 0, "12", "4")],
        "zones": [
            {"ref": "z", "plan_ref": "p", "use_key": "park", "use_label": "Park", "geom": rectangle(0, 0, 5, 20)}
        ],
        "addresses": [door("d1", "Gül Sokak", "3", 10, 10)],
        "coverage": [{"theme": "flood", "geom": EVERYWHERE}],
    }
    publish(database, WEST, rows)
    publish(database, EAST, {"parcels": [parcel("c", 2000, 0, "12", "3", cadastral_neighbourhood="Liman")]})
    return client


def asked(client, **parameters):
    """What comes back for these parameters."""
    return client.get("/api/zoning", query_string={"lang": "en", **parameters})


def test_the_answer_has_a_fixed_shape(city):
    body = asked(city, parcel="a").get_json()
    assert body["kind"] == "answer"
    answer = body["answer"]
    assert set(answer) == {
        *("schema", "parcel", "zoning", "constraints", "states", "epoch", "published_at", "answered_by", "disclaimers"),
        *("sums", "sketch", "profile", "is_sample"),
    }
    assert answer["parcel"]["block_no"] == "12"
    assert answer["zoning"]["state"] == "affected"
    assert answer["zoning"]["zones"][0]["share"] == {"area_m2": 100.0, "percent": 25.0}
    assert answer["zoning"]["zones"][0]["floors"] == {"state": "unknown", "number": None, "unit": ""}
    assert answer["zoning"]["unzoned"] == {"area_m2": 300.0, "percent": 75.0}
    assert {one["theme"]: one["state"] for one in answer["constraints"]} == {
        "protected_site": "no_coverage",
        "flood": "not_affected",
    }
    assert answer["answered_by"] == {
        "district_id": 1,
        "name": "Batı",
        "contact": "",
        "ask_at": {
            "tr": "Batı Belediyesinin telefonu ya da adresi burada kayıtlı değil; "
            "sorularınızı belediyenin imar birimine yöneltin.",
            "en": "No telephone or address of the municipality of Batı is recorded here; ask at its zoning office.",
        },
    }


def test_a_parcel_may_be_named_in_four_ways(city):
    answer = asked(city, parcel="a").get_json()["answer"]
    place = answer["parcel"]
    assert asked(city, parcel=place["uid"]).get_json()["answer"] == answer
    assert asked(city, lon=place["lon"], lat=place["lat"]).get_json()["answer"] == answer
    assert asked(city, q="Gül Sokak 3").get_json()["answer"] == answer
    assert asked(city, q="12 ada 3 parsel Batı").get_json()["answer"] == answer


def test_an_ambiguous_text_is_answered_with_choices(city):
    reply = asked(city, q="12 ada 3 parsel")
    body = reply.get_json()
    assert (reply.status_code, body["kind"]) == (200, "choices")
    assert [choice["subtitle"] for choice in body["choices"]] == ["Liman, Batı", "Liman, Doğu"]
    assert all(choice["parcel_uid"] for choice in body["choices"])


def test_a_door_that_does_not_exist_gets_choices_and_never_an_answer(city):
    body = asked(city, q="Gül Sokak 5").get_json()
    assert body["kind"] == "choices"
    assert "no door 5" in body["note"]


def test_a_name_that_is_no_parcel_is_no_answer(city):
    body = asked(city, q="Gül Sokak").get_json()
    assert (body["kind"], body["choices"][0]["kind"]) == ("choices", "street")
    assert body["note"]


@pytest.mark.parametrize(
    "parameters",
    [
        {"parcel": "nobody"},
        {"parcel": "\x00"},
        {"parcel": "00000000-0000-0000-0000-000000000000"},
        {"lon": 27.0, "lat": 38.0},
        {"q": "nothing of the kind"},
    ],
)
def test_where_there_is_no_parcel_it_says_so(city, parameters):
    reply = asked(city, **parameters)
    assert reply.status_code == 404
    assert reply.get_json()["detail"]


def test_a_place_elsewhere_says_to_check_the_order_of_the_numbers(city):
    reply = asked(city, lon=2.35, lat=48.85, lang="en")
    assert reply.status_code == 404
    assert "Check the order" in reply.get_json()["detail"]


@pytest.mark.parametrize(
    "parameters", [{}, {"parcel": "a", "q": "a"}, {"lon": "x", "lat": 1}, {"lon": 27}, {"parcels": "a"}]
)
def test_a_question_that_cannot_be_read_is_refused(city, parameters):
    reply = asked(city, **parameters)
    assert reply.status_code == 400
    assert reply.get_json()["parameter"]


def test_an_ended_parcel_leads_to_its_successors_and_to_its_past(city, database):
    before = asked(city, parcel="a").get_json()["answer"]
    with publishing(database, WEST) as connection:
        parent = connection.execute(text("DELETE FROM pool.parcels WHERE ref = 'a' RETURNING uid")).scalar_one()
        add(connection, WEST, "parcels", [parcel("a2", 0, 0, "12", "9")])
        connection.execute(
            text(
                "INSERT INTO pool.lineage (parent_uid, child_uid, district_id, epoch, operation, area_m2) "
                "SELECT :parent, uid, 1, CAST(current_setting('gis.epoch') AS bigint), 'renumber', 400 "
                "FROM pool.parcels WHERE ref = 'a2'"
            ),
            {"parent": parent},
        )
    reply = asked(city, parcel="a")
    assert reply.status_code == 410
    assert [heir["ref"] for heir in reply.get_json()["successors"]] == ["a2"]
    assert asked(city, parcel=before["parcel"]["uid"], epoch=before["epoch"]).get_json()["answer"] == before

"""The life of a feature, and Memento (RFC 7089): the same feature as of a moment."""

import datetime
import re
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text
from werkzeug.http import http_date, parse_date

from layers.core.store import Actor
from tests.edits import Drawn, Editor, open_editor
from tests.worlds import WEST, publish_parcels, square

BLOCK = {"block_no": "1", "parcel_no": "1"}
HOUR = datetime.timedelta(hours=1)
ITEM = "/api/collections/parcels/items/w-1"


@pytest.fixture
def editor(database) -> Iterator[Editor]:
    with open_editor(database) as opened:
        yield opened


@pytest.fixture
def life(editor, database) -> list[datetime.datetime]:
    """Added, given a day, moved, ended, an hour apart; returns when."""
    editor.publish(WEST, "parcels", {"w-1": Drawn(square(0, 0), BLOCK)})
    dated = {**BLOCK, "valid_from": "2026-01-01", "registry_id": "77"}
    editor.publish(WEST, "parcels", {"w-1": Drawn(square(0, 0), dated)})
    editor.publish(WEST, "parcels", {"w-1": Drawn(square(1, 0), dated)})
    editor.publish(WEST, "parcels", {}, retire=["w-1"])
    begin = datetime.datetime(2026, 5, 1, 12, tzinfo=datetime.UTC)
    _date_publishes(database, begin)
    return [begin + number * HOUR for number in range(1, 5)]


def _date_publishes(database, begin: datetime.datetime) -> None:
    owner = create_engine(database.owner)
    with owner.begin() as connection:
        connection.execute(
            text("UPDATE pool.epoch SET published_at = :begin + epoch * interval '1 hour' + interval '0.4 s'"),
            {"begin": begin},
        )
    owner.dispose()


def told(client, feature: str = "w-1", query: str = "") -> dict:
    answer = client.get(f"/api/collections/parcels/items/{feature}/history{query}", headers={"Accept-Language": "en"})
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def test_every_version_says_what_it_changed_and_how_long_it_held(life, client):
    first, second, third = told(client)["versions"]
    assert [one["change"] for one in (first, second, third)] == ["added", "modified", "modified"]
    assert first["changed"] == []
    assert second["changed"] == [{"field": "valid_from", "title": "Valid from", "before": None, "after": "2026-01-01"}]
    assert (second["shape_changed"], third["shape_changed"], third["changed"]) == (False, True, [])
    assert (third["begun"]["epoch"], third["ended"]["epoch"], second["valid_from"]) == (3, 4, "2026-01-01")
    assert client.get(second["href"]).get_json()["properties"]["version"] == 2


def test_fields_of_another_audience_are_in_nobody_elses_history(life, client, signed_in):
    assert "registry_id" not in client.get(f"{ITEM}/history").text
    seen = told(signed_in("department"))["versions"][1]["changed"]
    assert [one["field"] for one in seen] == ["registry_id", "valid_from"]


def test_who_decided_is_told_to_those_whose_changeset_it_is(editor, client, signed_in):
    department = signed_in("department")
    actor = Actor("department", account_id=1)
    changeset = editor.decide(WEST, {"w-1": Drawn(square(0, 0), BLOCK)}, actor=actor)
    for caller, sees in ((department, True), (signed_in("editor", WEST), True), (signed_in("editor", 2), False),
                         (signed_in("planner"), False), (client, False)):  # fmt: skip
        begun = told(caller)["versions"][0]["begun"]
        assert begun["changeset"] == changeset
        assert ("decision" in begun) == sees
    assert told(department)["versions"][0]["begun"]["decision"]["published_by"] == "department"


def test_operations_lead_from_parents_to_children_and_back(database, client):
    publish_parcels(database, WEST, {"w-1": square(0, 0, 40)})
    publish_parcels(database, WEST, {"w-2": square(0, 0), "w-3": square(1, 0)}, retire=["w-1"], operation="subdivision")
    parent = told(client)
    assert [(one["ref"], one["operation"]) for one in parent["successors"]] == [
        ("w-2", "subdivision"), ("w-3", "subdivision")
    ]  # fmt: skip
    assert parent["versions"][0]["ended"]["operation"] == "subdivision"
    child = client.get(parent["successors"][0]["href"]).get_json()
    assert [(one["ref"], one["uid"]) for one in child["predecessors"]] == [("w-1", parent["uid"])]
    assert child["versions"][0]["begun"]["operation"] == "subdivision"


def test_what_comes_back_is_restored_under_the_same_lasting_number(editor, client):
    editor.publish(WEST, "parcels", {"w-1": Drawn(square(0, 0), BLOCK)})
    before = told(client)["uid"]
    editor.undo(editor.decide(WEST, {}, retire=["w-1"]))
    after = told(client)
    assert after["uid"] == before
    assert [one["change"] for one in after["versions"]] == ["added", "restored"]


def test_a_long_life_comes_in_pages_that_compare_across_their_edge(life, client):
    page = told(client, query="?limit=1&lang=en")
    seen = page["versions"]
    while following := [link["href"] for link in page["links"] if link["rel"] == "next"]:
        page = client.get(following[0]).get_json()
        seen += page["versions"]
    assert seen == told(client)["versions"]


def test_a_moment_leads_to_the_version_that_was_published_then(life, client):
    for number, moment in enumerate(life[:3], start=1):
        for wished in (moment, moment + datetime.timedelta(minutes=59)):
            answer = client.get(ITEM, headers={"Accept-Datetime": http_date(wished)})
            assert answer.status_code == 302
            assert "accept-datetime" in answer.headers["Vary"].lower()
            assert 'rel="original timegate"' in answer.headers["Link"]
            memento = client.get(answer.headers["Location"])
            assert memento.get_json()["properties"]["version"] == number
            assert parse_date(memento.headers["Memento-Datetime"]) == moment
            assert 'rel="timemap"' in memento.headers["Link"]


def test_a_moment_before_the_first_version_leads_to_it_and_one_after_the_end_is_told(life, client):
    answer = client.get(ITEM, headers={"Accept-Datetime": http_date(life[0] - 9 * HOUR)})
    assert "epoch=1" in answer.headers["Location"]
    over = client.get(ITEM, headers={"Accept-Datetime": http_date(life[3] + HOUR), "Accept-Language": "en"})
    assert over.status_code == 410
    assert client.get(over.get_json()["history"]).status_code == 200


def test_the_list_of_versions_is_a_timemap(life, client):
    answer = client.get(f"{ITEM}/history", headers={"Accept": "application/link-format"})
    assert answer.content_type == "application/link-format"
    listed = re.findall(r'<([^>]+)>; rel="((?:first |last )*memento)"; datetime="([^"]+)"', answer.text)
    assert [rel for _, rel, _ in listed] == ["first memento", "memento", "last memento"]
    assert [parse_date(moment) for _, _, moment in listed] == life[:3]
    for href, _, moment in listed:
        assert client.get(href).headers["Memento-Datetime"] == moment


def test_a_feature_of_now_names_its_time_gate_and_is_no_memento(editor, client):
    editor.publish(WEST, "parcels", {"w-1": Drawn(square(0, 0), BLOCK)})
    answer = client.get(ITEM)
    assert "Memento-Datetime" not in answer.headers
    assert 'rel="original timegate"' in answer.headers["Link"]
    assert {"rel": "version-history", "type": "application/json", "href": f"http://localhost{ITEM}/history"} in (
        answer.get_json()["links"]
    )


def test_bad_wishes_are_refused(life, client):
    for wrong in ("yesterday", "", "2026-05-01"):
        answer = client.get(ITEM, headers={"Accept-Datetime": wrong})
        assert (answer.status_code, answer.get_json()["parameter"]) == (400, "Accept-Datetime")
    assert client.get("/api/collections/parcels/items/nobody/history").status_code == 404
    assert client.get("/api/collections/zones/items/w-1/history").status_code == 404
    assert client.get("/api/collections/water_lines/items/w-1/history").status_code == 404
    nobody = client.get("/api/collections/parcels/items/nobody", headers={"Accept-Datetime": http_date(life[0])})
    assert nobody.status_code == 404
    for query, parameter in (("limit=0", "limit"), ("after=x", "after"), ("f=csv", "f"), ("from=1", "from")):
        answer = client.get(f"{ITEM}/history?{query}")
        assert (answer.status_code, answer.get_json()["parameter"]) == (400, parameter)
    assert client.get(f"{ITEM}/history", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/api/collections/parcels/items/%00/history").status_code == 404

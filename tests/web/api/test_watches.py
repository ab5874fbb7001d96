"""Watching a piece of ground, a parcel or a layer: by an address with a secret, or by a receiver of one's own."""

import json
import math
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from gisserver.app import entry_of
from layers.core.store import Store
from tests.edits import Drawn, Editor, open_editor
from tests.event_stream import open_stream
from tests.http_server import listening
from tests.worlds import WEST, square

BLOCK = {"block_no": "1", "parcel_no": "1"}
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def editor(database) -> Iterator[Editor]:
    with open_editor(database) as opened:
        yield opened


@pytest.fixture
def parcel(editor, client) -> dict:
    """One of two, as GeoJSON."""
    editor.publish(WEST, "parcels", {"w-1": Drawn(square(0, 0), BLOCK), "w-2": Drawn(square(30, 0), BLOCK)})
    return client.get("/api/collections/parcels/items/w-1").get_json()["geometry"]


def watch(client: FlaskClient, **said: object) -> dict:
    answer = client.post("/api/watches", json=said, headers=ENGLISH)
    assert answer.status_code == 201, answer.text
    return answer.get_json()


def epochs(client: FlaskClient, made: dict) -> list[int]:
    return [one["epoch"] for one in client.get(made["events"]).get_json()["events"]]


def test_a_piece_of_ground_is_told_at_an_address_of_its_own(parcel, editor, client, database):
    made = watch(client, area=parcel)
    editor.publish(WEST, "parcels", {"w-2": Drawn(square(31, 0), BLOCK)})
    editor.publish(WEST, "parcels", {"w-1": Drawn(square(40, 0), BLOCK)})
    assert epochs(client, made) == [3, 1]
    assert "<entry>" in client.get(made["atom"]).text
    assert client.get(made["href"]).get_json()["watched"]["area"]["type"] == "MultiPolygon"
    owner = Store(database.owner)
    with owner.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM watch.subscription").mappings().one()
    owner.close()
    assert made["href"].rpartition("/")[2] not in str(dict(kept))
    assert kept["account_id"] is None


def test_the_address_is_also_a_stream(parcel, editor, app, client):
    path = watch(client, layers=["parcels"], feature="w-1")["events"].removeprefix("http://localhost")
    with listening(entry_of(app)) as address, open_stream(address, path=path) as listener:
        editor.publish(WEST, "parcels", {"w-2": Drawn(square(31, 0), BLOCK)})
        editor.publish(WEST, "parcels", {}, retire=["w-1"])
        event = listener.event()
    assert (event["epoch"], event["layers"][0]["removed"]) == (3, 1)


def test_who_has_the_address_may_end_it_and_nobody_else_can_guess_it(parcel, client):
    made = watch(client, layers=["parcels"])
    assert client.delete(made["href"]).status_code == 204
    for address in (made["href"], made["events"], made["atom"], "/api/watches/x", "/api/watches/%00"):
        assert client.get(address).status_code == 404
    assert client.delete(made["href"]).status_code == 404


def test_an_address_shows_what_its_owner_may_see_today(parcel, editor, client, signed_in, database):
    made = watch(signed_in("planner"), layers=["water_lines"])
    line = "MULTILINESTRING((500000 4250000, 500010 4250000))"
    editor.publish(WEST, "water_lines", {"l-1": Drawn(line, {"feature_class": "main"})})
    assert epochs(client, made) == [2]
    owner = Store(database.owner)
    with owner.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE auth.account SET is_active = false")
    owner.close()
    assert client.get(made["events"]).status_code == 404


RING = [[27.0, 38.0], [27.1, 38.0], [27.1, 38.1], [27.0, 38.0]]
CIRCLE = [[27 + math.cos(n / 50_000 * math.pi) / 9, 38.4 + math.sin(n / 50_000 * math.pi) / 9] for n in range(100_001)]


@pytest.mark.parametrize(
    ("said", "parameter"),
    [
        ({"area": {"type": "Polygon", "coordinates": [CIRCLE]}}, "area"),
        ({"area": {"type": "Polygon", "coordinates": [[[2, 48], [3, 48], [3, 49], [2, 48]]]}}, "area"),
        ({"area": {"type": "Polygon", "coordinates": [[[38, 27], [38.1, 27], [38.1, 27.1], [38, 27]]]}}, "area"),
        ({"area": {"type": "Polygon", "coordinates": [[[27, 38], [28, 39], [28, 38], [27, 39], [27, 38]]]}}, "area"),
        (
            {"area": {"type": "Polygon", "coordinates": [[[500000, 4e6], [6e5, 4e6], [6e5, 5e6], [500000, 4e6]]]}},
            "area",
        ),
        ({"area": {"type": "Polygon", "coordinates": [[["a", 38], [28, 39], [28, 38], ["a", 38]]]}}, "area"),
        ({"area": {"type": "Polygon", "coordinates": [[[math.nan, 38], [28, 39], [28, 38], [math.nan, 38]]]}}, "area"),
        ({"area": {"type": "Polygon", "coordinates": []}}, "area"),
        ({"area": {"type": "Polygon"}}, "area"),
        ({"area": {"type": "Point", "coordinates": [27, 38]}}, "area"),
        ({"area": "everywhere"}, "area"),
        ({"layers": ["water_lines"]}, "layers"),
        ({"layers": []}, "layers"),
        ({"layers": {"parcels": 1}}, "layers"),
        ({"layers": ["zones"], "feature": "w-1"}, "feature"),
        ({"layers": ["parcels"], "feature": "nobody"}, "feature"),
        ({"feature": "w-1"}, "feature"),
        ({"layers": ["parcels"], "feature": "\0"}, "feature"),
        ({"district_id": 999_999}, "district_id"),
        ({"district_id": True}, "district_id"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_watched_is_refused_with_the_reason(parcel, client, said, parameter):
    answer = client.post("/api/watches", data=json.dumps(said), content_type="application/json", headers=ENGLISH)
    assert answer.status_code == 400, answer.text
    assert answer.get_json()["parameter"] == parameter


def test_bodies_that_are_no_object_or_far_too_long_are_refused(client):
    for body in ("[]", "", "{", "null"):
        assert client.post("/api/watches", data=body, content_type="application/json").status_code == 400
    long = client.post("/api/watches", data=b'"' + b"x" * 9_000_000, content_type="application/json")
    assert long.status_code == 413


@pytest.fixture
def allowing(app):
    """The operator allows one host."""
    built = app.extensions["gisserver"]
    settings = replace(built.settings, webhook_hosts="hooks.example.org")
    app.extensions["gisserver"] = replace(built, settings=settings)
    app.config["WTF_CSRF_ENABLED"] = False


def test_a_receiver_is_its_owners_and_the_departments_and_its_secret_is_told_once(allowing, client, signed_in):
    planner, other, department = signed_in("planner"), signed_in("editor", WEST), signed_in("department")
    answer = planner.post("/api/webhooks", json={"url": "https://hooks.example.org/in", "layers": ["parcels"]})
    assert answer.status_code == 201, answer.text
    made = answer.get_json()
    assert made["secret"].startswith("whsec_")
    for caller, sees in ((planner, True), (department, True), (other, False)):
        found = caller.get("/api/webhooks")
        assert [one["id"] for one in found.get_json()["webhooks"]] == ([made["id"]] if sees else [])
        assert "whsec_" not in found.text
    assert client.get("/api/webhooks").status_code == 401
    assert other.delete(f"/api/webhooks/{made['id']}").status_code == 404
    assert other.post(f"/api/webhooks/{made['id']}/test").status_code == 404
    assert planner.post(f"/api/webhooks/{made['id']}/test").status_code == 202
    assert planner.delete(f"/api/webhooks/{made['id']}").status_code == 204
    assert planner.get(f"/api/webhooks/{made['id']}").status_code == 404


def test_the_web_process_cannot_read_a_secret(allowing, signed_in, database):
    signed_in("planner").post("/api/webhooks", json={"url": "https://hooks.example.org/in"})
    web = Store(database.web)
    with pytest.raises(Exception, match="permission denied"), web.engine.connect() as connection:
        connection.exec_driver_sql("SELECT * FROM watch.secret")
    web.close()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://hooks.example.org/",
        "https://other.example/",
        "https://127.0.0.1/",
        "https://hooks.example.org@x/",
        7,
    ],
)
def test_receivers_that_are_not_allowed_are_refused(allowing, signed_in, url):
    answer = signed_in("planner").post("/api/webhooks", json={"url": url}, headers=ENGLISH)
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, "url")
    assert "hooks.example.org" in answer.get_json()["detail"]


def test_without_hosts_of_the_operators_there_are_no_receivers(app, signed_in):
    app.config["WTF_CSRF_ENABLED"] = False
    answer = signed_in("planner").post("/api/webhooks", json={"url": "https://hooks.example.org/"}, headers=ENGLISH)
    assert answer.status_code == 400
    assert "GIS_WEBHOOK_HOSTS" in answer.get_json()["detail"]

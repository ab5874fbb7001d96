"""Publishes as events: listed, as a feed, and as they happen, over real HTTP."""

import json
import threading
import xml.etree.ElementTree as Xml
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import text

from gisserver.app import entry_of
from gisserver.events import EventFeed
from gisserver.events import stream as streams
from tests.edits import Drawn, Editor, open_editor
from tests.event_stream import open_stream
from tests.http_server import Browser, listening, wait_until
from tests.web.test_serving import cut_connections
from tests.worlds import EAST, ORIGIN, WEST, square

BLOCK = {"block_no": "1", "parcel_no": "1"}
PLACE = {"name": "x", "kind": "school"}


@pytest.fixture
def editor(database) -> Iterator[Editor]:
    with open_editor(database) as opened:
        yield opened


@pytest.fixture
def four(editor) -> Editor:
    """Parcels in the west, a place in the east, a water line, and parcels once more."""
    editor.publish(WEST, "parcels", {"w-1": Drawn(square(0, 0), BLOCK), "w-2": Drawn(square(1, 0), BLOCK)})
    editor.publish(EAST, "places", {"p-1": Drawn(f"POINT({ORIGIN[0] + 5000} {ORIGIN[1]})", PLACE)})
    line = f"MULTILINESTRING(({ORIGIN[0]} {ORIGIN[1]}, {ORIGIN[0] + 9} {ORIGIN[1]}))"
    editor.publish(WEST, "water_lines", {"l-1": Drawn(line, {"feature_class": "main", "pressure_class": "PN10"})})
    editor.publish(WEST, "parcels", {"w-1": Drawn(square(2, 0), BLOCK)}, retire=["w-2"])
    return editor


@pytest.fixture
def address(app) -> Iterator[str]:
    with listening(entry_of(app)) as found:
        yield found


def feed_of(app):
    return app.extensions["gisserver"].events


def test_each_publish_is_one_event_with_counts_place_and_its_changes(four, client):
    told = client.get("/api/events").get_json()["events"]
    assert [one["epoch"] for one in told] == [4, 2, 1]
    newest, (parcels,) = told[0], told[0]["layers"]
    assert (newest["district_id"], parcels["layer"]) == (WEST, "parcels")
    assert (parcels["added"], parcels["modified"], parcels["removed"]) == (0, 1, 1)
    west, south, east, north = parcels["bbox"]
    assert 26 < west < east < 28.5
    assert 38 < south < north < 39
    changes = client.get(parcels["changes"]).get_json()
    assert (changes["from"], changes["to"], changes["numberReturned"]) == (3, 4, 2)
    assert client.get(newest["href"]).get_json() == newest


def test_publishes_of_layers_that_one_may_not_see_are_not_told(four, client, signed_in):
    assert client.get("/api/events/3").status_code == 404
    seen = signed_in("planner").get("/api/events").get_json()["events"]
    assert [one["epoch"] for one in seen] == [4, 3, 2, 1]


def test_layer_district_and_box_narrow_what_is_told(four, client):
    epochs = lambda query: [one["epoch"] for one in client.get(f"/api/events?{query}").get_json()["events"]]  # noqa: E731
    assert epochs("layer=places") == [2]
    assert epochs("layer=places,parcels") == [4, 2, 1]
    assert epochs(f"district_id={WEST}") == [4, 1]
    whole = client.get("/api/events/1").get_json()["layers"][0]["bbox"]
    left = [whole[0] - 0.001, whole[1], whole[0] + (whole[2] - whole[0]) / 4, whole[3]]
    (last, first) = client.get(f"/api/events?bbox={','.join(map(str, left))}").get_json()["events"]
    assert (last["layers"][0]["modified"], last["layers"][0]["removed"]) == (1, 0)
    assert first["layers"][0]["added"] == 1


def test_lists_go_on_page_by_page_both_ways(four, client):
    for way, whole in (("", [4, 2, 1]), ("&after=0", [1, 2, 4])):
        address, seen = f"/api/events?limit=1{way}", []
        while address:
            page = client.get(address).get_json()
            seen += [one["epoch"] for one in page["events"]]
            address = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
        assert seen == whole


def test_a_feed_reader_gets_entries_with_lasting_ids(four, client):
    answer = client.get("/api/events.atom?limit=2", headers={"Accept-Language": "en"})
    assert answer.content_type == "application/atom+xml"
    names = {"a": "http://www.w3.org/2005/Atom"}
    feed = Xml.fromstring(answer.data)
    assert [one.text for one in feed.findall("a:entry/a:id", names)] == [
        "http://localhost/api/events/4", "http://localhost/api/events/2"
    ]  # fmt: skip
    assert "Parcels: 0 added, 1 modified, 1 removed" in feed.find("a:entry/a:title", names).text
    following = feed.find("a:link[@rel='next']", names).get("href")
    older = Xml.fromstring(client.get(following).data)
    assert [one.text for one in older.findall("a:entry/a:id", names)] == ["http://localhost/api/events/1"]
    assert client.get("/api/events", headers={"Accept": "application/atom+xml"}).content_type == answer.content_type


def test_a_listener_hears_of_publishes_as_they_happen(editor, app, address):
    with open_stream(address) as listener:
        assert listener.answer.status == 200
        assert listener.answer.headers["Content-Type"].startswith("text/event-stream")
        assert listener.answer.headers["X-Accel-Buffering"] == "no"
        assert listener.answer.headers["Cache-Control"] == "no-store"
        for epoch in (1, 2):
            editor.publish(WEST, "parcels", {f"w-{epoch}": Drawn(square(epoch, 0), BLOCK)})
            message = listener.next()
            assert (message["id"], message["event"]) == (str(epoch), "publish")
            assert json.loads(message["data"])["layers"][0]["added"] == 1


def test_who_comes_back_hears_first_what_was_missed(four, address):
    with open_stream(address, Last_Event_ID="1") as listener:
        assert [listener.event()["epoch"] for _ in range(2)] == [2, 4]
        four.publish(EAST, "places", {}, retire=["p-1"])
        assert listener.event()["epoch"] == 5
    with open_stream(address, "?after=0&layer=places") as listener:
        assert [listener.event()["epoch"] for _ in range(2)] == [2, 5]


def test_silence_is_filled_with_heartbeats_that_carry_the_position(four, address, monkeypatch):
    monkeypatch.setattr(streams, "HEARTBEAT_S", 0.05)
    with open_stream(address, "?layer=places") as listener:
        lines = [listener.answer.readline().decode() for _ in range(5)]
    assert lines == ["retry: 3000\n", "\n", ": nothing new\n", "id: 4\n", "\n"]


def test_listeners_hold_no_threads_and_no_connections(editor, app, address):
    engine = app.extensions["gisserver"].store.engine
    with open_stream(address) as first:
        threads = threading.active_count()
        others = [open_stream(address) for _ in range(40)]
        listeners = [first, *(one.__enter__() for one in others)]
        wait_until(lambda: feed_of(app).listeners == 41 and engine.pool.checkedout() == 0)
        assert threading.active_count() <= threads + 16  # those of requests, which there are anyway
        editor.publish(WEST, "parcels", {"w-1": Drawn(square(0, 0), BLOCK)})
        assert {listener.event()["epoch"] for listener in listeners} == {1}
        with Browser(address) as browser:
            assert browser.ask("/health").status == 200
        for one in others:
            one.__exit__(None, None, None)
    wait_until(lambda: feed_of(app).listeners == 0)


def test_a_place_is_free_again_when_its_listener_has_left(app, address):
    built = app.extensions["gisserver"]
    feed = EventFeed(built.events.read, most=1)
    app.extensions["gisserver"] = replace(built, events=feed)
    with open_stream(address) as first:
        assert first.answer.status == 200
        wait_until(lambda: feed_of(app).is_full)
        with open_stream(address) as second:
            assert second.answer.status == 503
            assert second.answer.headers["Retry-After"] == "1"
    wait_until(lambda: not feed_of(app).is_full)
    with open_stream(address) as third:
        assert third.answer.status == 200


def test_a_stream_outlives_the_connections_that_fed_it(four, database, app, address):
    with open_stream(address, "?layer=places") as listener:
        wait_until(lambda: feed_of(app).listeners == 1)
        cut_connections(database)
        four.publish(EAST, "places", {}, retire=["p-1"])
        assert listener.event()["epoch"] == 5


def test_a_stream_outlives_a_connection_cut_in_the_middle_of_a_read(four, app, address):
    built = app.extensions["gisserver"]
    cut = []

    def read(interest, position):
        if not cut:
            cut.append(position)
            with built.store.reading() as connection:
                connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        return built.events.read(interest, position)

    app.extensions["gisserver"] = replace(built, events=EventFeed(read, most=1))
    with open_stream(address, "?layer=places", Last_Event_ID="1") as listener:
        assert listener.event()["epoch"] == 2
    assert cut


@pytest.mark.parametrize(
    ("query", "headers", "parameter"),
    [
        ("", {"Last-Event-ID": "yesterday"}, "Last-Event-ID"),
        ("", {"Last-Event-ID": "-1"}, "Last-Event-ID"),
        ("", {"Last-Event-ID": "5"}, "Last-Event-ID"),
        ("", {"Last-Event-ID": "9" * 40}, "Last-Event-ID"),
        ("?layer=trees", {}, "layer"),
        ("?layer=water_lines", {}, "layer"),
        ("?district_id=west", {}, "district_id"),
        ("?bbox=1,2,3", {}, "bbox"),
        ("?bbox=nan,2,3,4", {}, "bbox"),
        ("?after=x", {}, "after"),
        ("?after=1&before=2", {}, "before"),
        ("?since=1", {}, "since"),
        ("?f=rss", {}, "f"),
    ],
)
def test_what_makes_no_sense_is_a_problem_that_names_the_parameter(four, client, query, headers, parameter):
    wanted = {"Accept": "text/event-stream, application/json;q=0.1", **headers}
    answer = client.get(f"/api/events{query}", headers=wanted)
    assert (answer.status_code, answer.content_type) == (400, "application/problem+json"), answer.text
    assert answer.get_json()["parameter"] == parameter


def test_numbers_without_a_publish_are_not_there(four, client):
    for number in (0, 3, 5, 10**30):
        assert client.get(f"/api/events/{number}").status_code == 404

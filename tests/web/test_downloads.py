"""Whole layers over the real server: in bounded numbers, and only as long as somebody listens."""

from contextlib import ExitStack
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, text

from gisserver.app import entry_of
from gisserver.downloads.places import DownloadPlaces, TooManyDownloads
from tests.db.small_world import WEST, publishing
from tests.http_server import Browser, listening, raw, wait_until

MANY = 20_000
SEQUENCE = "/api/collections/places/items?f=geojsonseq"
_UNDER_WAY = text(
    "SELECT count(*) FROM pg_stat_activity WHERE usename = 'gis_web' AND datname = current_database() "
    "AND state <> 'idle'"
)


@pytest.fixture
def owner(database):
    """Sees what the web's role is doing."""
    engine = create_engine(database.owner.replace("gis_owner@", "postgres@"), isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


@pytest.fixture
def places(database) -> int:
    """More of them than fit into the buffers of a connection."""
    with publishing(database, WEST) as connection:
        connection.execute(
            text(
                "INSERT INTO pool.places (ref, district_id, name, kind, geom) SELECT 'p-' || n, :district, "
                "repeat('Çınar ', 80), 'market', ST_SetSRID(ST_MakePoint(500000 + n, 4250000), 5253) "
                "FROM generate_series(1, :many) AS n"
            ),
            {"district": WEST, "many": MANY},
        )
    return MANY


@pytest.fixture
def address(app):
    with listening(entry_of(app)) as root:
        yield root


def under_way(owner) -> int:
    """Transactions that the web has not finished."""
    with owner.connect() as connection:
        return connection.execute(_UNDER_WAY).scalar_one()


def ask(connection, path: str) -> None:
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())


def test_a_whole_layer_arrives_whole(address, places):
    with Browser(address) as browser:
        answer = browser.ask(SEQUENCE)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/geo+json-seq")
    assert answer.body.count(b"\x1e") == places


def test_the_reading_ends_when_the_reader_goes_away_in_the_middle(address, places, owner):
    with raw(address) as connection:
        ask(connection, SEQUENCE)
        assert connection.recv(1000).startswith(b"HTTP/1.1 200")
        assert under_way(owner) == 1
    wait_until(lambda: under_way(owner) == 0, patience=5)


@pytest.mark.parametrize("word", ["geojsonseq", "gpkg"])
def test_a_statement_nobody_waits_for_is_cancelled_in_the_database(address, places, owner, word):
    locking = create_engine(owner.url)
    with locking.begin() as another:
        another.execute(text("LOCK TABLE pool.places IN ACCESS EXCLUSIVE MODE"))
        with raw(address) as connection:
            ask(connection, f"/api/collections/places/items?f={word}")
            wait_until(lambda: under_way(owner) == 1)
        wait_until(lambda: under_way(owner) == 0, patience=5)
    locking.dispose()
    with Browser(address) as browser:
        assert browser.ask(f"{SEQUENCE}&limit=3").status == 200


def test_when_every_place_is_taken_the_next_is_asked_to_come_again(app, client, places):
    built = app.extensions["gisserver"]
    with ExitStack() as taken:
        for _ in range(built.settings.downloads):
            taken.enter_context(built.downloads.one())
        answer = client.get(f"{SEQUENCE}&lang=en")
        assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
        assert "Try again" in answer.get_json()["detail"]
        assert client.get(f"{SEQUENCE}&limit=3").status_code == 200, "a part is no whole layer"
    assert client.get(SEQUENCE, buffered=True).status_code == 200


def test_a_file_that_would_be_too_large_is_refused_and_leaves_nothing(app, client, places):
    built = app.extensions["gisserver"]
    app.extensions["gisserver"] = replace(built, settings=replace(built.settings, download_limit_mb=1))
    answer = client.get("/api/collections/places/items?f=gpkg&lang=en")
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, "f")
    assert "1 MB" in answer.get_json()["detail"]
    assert list((built.settings.data / "downloads").iterdir()) == []


def test_a_file_that_takes_too_long_is_given_up(app, client, places, owner):
    built = app.extensions["gisserver"]
    app.extensions["gisserver"] = replace(built, settings=replace(built.settings, download_seconds=1))
    locking = create_engine(owner.url)
    with locking.begin() as another:
        another.execute(text("LOCK TABLE pool.places IN ACCESS EXCLUSIVE MODE"))
        answer = client.get("/api/collections/places/items?f=gpkg&lang=en")
    locking.dispose()
    assert (answer.status_code, answer.get_json()["parameter"]) == (503, "f")
    wait_until(lambda: under_way(owner) == 0, patience=5)


def test_a_place_is_given_back_whatever_happens():
    places = DownloadPlaces(1)
    with pytest.raises(ZeroDivisionError), places.one():
        raise ZeroDivisionError
    with places.one(), pytest.raises(TooManyDownloads), places.one():
        raise AssertionError("there was no second place")

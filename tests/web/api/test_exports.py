"""Files of public tiles over HTTP."""

import datetime
from functools import partial

import pytest

from gisserver.settings import Settings
from tests.application import TEST_PROFILE
from tests.db.small_world import EAST, WEST, line, parcel
from tests.tile_files import NOON, publish_layers, put_on_shelf, small_city
from tests.worlds import publish_parcels, square

PMTILES = "/api/exports/pool.pmtiles"


@pytest.fixture
def client(app):
    """A caller who reads to the end: the file is closed then, as a server does."""
    caller = app.test_client()
    caller.open = partial(caller.open, buffered=True)
    return caller


@pytest.fixture
def epoch(app, database) -> int:
    number = small_city(database)
    put_on_shelf(app, database)
    return number


@pytest.fixture
def whole(client, epoch) -> bytes:
    return client.get(PMTILES).data


def test_the_list_says_what_each_file_is(client, epoch, whole):
    first, second = client.get("/api/exports").get_json()["exports"]
    assert {first["format"], second["format"]} == {"PMTiles 3", "MBTiles 1.3"}
    (pmtiles,) = (file for file in (first, second) if file["name"].endswith(".pmtiles"))
    assert pmtiles["epoch"] == epoch
    assert pmtiles["size_bytes"] == len(whole)
    assert pmtiles["made_at"] == NOON.isoformat()
    assert client.get(pmtiles["href"]).data == whole


def test_a_whole_file_has_a_strong_tag_and_a_time(client, whole):
    answer = client.get(PMTILES)
    assert answer.headers["ETag"].startswith('"')
    assert answer.headers["Last-Modified"] == "Fri, 01 May 2026 12:00:00 GMT"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Type"] == "application/vnd.pmtiles"
    assert client.get(PMTILES, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("bytes=0-6", 0, 7), ("bytes=100-", 100, None), ("bytes=-20", -20, None), ("bytes=5-99999999", 5, None)],
)
def test_a_part_is_answered_with_just_that_part(client, whole, asked, start, stop):
    answer = client.get(PMTILES, headers={"Range": asked})
    assert (answer.status_code, answer.data) == (206, whole[start:stop])
    assert answer.headers["Content-Range"].endswith(f"/{len(whole)}")
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_a_part_beyond_the_end_is_told_the_length(client, whole):
    answer = client.get(PMTILES, headers={"Range": f"bytes={len(whole)}-"})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(whole)}"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "lines=1-2", "bytes=six"])
def test_a_range_that_need_not_be_heeded_gets_the_whole(client, whole, asked):
    answer = client.get(PMTILES, headers={"Range": asked})
    assert (answer.status_code, answer.data) == (200, whole)


def test_a_part_of_a_file_that_has_changed_since_is_the_new_file(client, whole):
    tag = client.get(PMTILES).headers["ETag"]
    same = client.get(PMTILES, headers={"Range": "bytes=0-6", "If-Range": tag})
    other = client.get(PMTILES, headers={"Range": "bytes=0-6", "If-Range": '"another"'})
    assert (same.status_code, other.status_code) == (206, 200)


def test_a_head_request_says_how_long_the_file_is(client, whole):
    answer = client.head(PMTILES, headers={"Range": "bytes=0-6"})
    assert (answer.status_code, answer.data) == (200, b"")
    assert int(answer.headers["Content-Length"]) == len(whole)


def test_a_page_from_elsewhere_may_read_parts(client, epoch):
    asked = client.options(
        PMTILES, headers={"Origin": "https://example.org", "Access-Control-Request-Headers": "range"}
    )
    assert "Range" in asked.headers["Access-Control-Allow-Headers"]
    shown = client.get(PMTILES).headers["Access-Control-Expose-Headers"]
    assert {"ETag", "Content-Range", "Accept-Ranges"} <= set(shown.split(", "))


def test_the_newest_file_has_the_lasting_name_and_the_one_before_can_be_read_to_its_end(app, client, database, whole):
    before = client.get("/api/exports").get_json()["exports"][0]
    later = publish_layers(database, EAST, {"parcels": [parcel("e-2", 22_000, 500, "3", "1")]})
    put_on_shelf(app, database, NOON + datetime.timedelta(hours=1))
    assert client.get(PMTILES).headers["Gis-Epoch"] == str(later)
    assert client.get(before["href"]).status_code == 200
    assert len(client.get("/api/exports").get_json()["exports"]) == 4


def test_restricted_layers_are_in_no_file_for_download(app, client, database):
    publish_layers(
        database, WEST, {"water_lines": [{"ref": "p-1", "feature_class": "main", "geom": line((0, 0), (500, 0))}]}
    )
    publish_layers(database, WEST, {"parcels": [parcel("w-1", 0, 0, "1", "1")]})
    put_on_shelf(app, database)
    assert all("water_lines" not in file["layers"] for file in client.get("/api/exports").get_json()["exports"])
    assert b"water_lines" not in client.get("/api/exports/pool.mbtiles").data


def test_before_the_first_export_one_is_told_when_it_comes(client, database):
    answer = client.get(PMTILES, headers={"Accept-Language": "en"})
    assert "after the next publish" in answer.get_json()["detail"]
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    answer = client.get(PMTILES)
    assert answer.status_code == 404
    begins = datetime.datetime.fromisoformat(answer.get_json()["begins_at"])
    assert begins - datetime.datetime.now(datetime.UTC) < datetime.timedelta(minutes=6)
    assert client.get("/api/exports").get_json()["exports"] == []


def test_where_no_exports_are_made_one_is_told_so(database, tmp_path):
    from gisserver.app import create_app

    environment = {"GIS_DATA": str(tmp_path), "GIS_PROFILE": str(TEST_PROFILE), "GIS_EXPORT_INTERVAL_MINUTES": "0"}
    app = create_app(Settings.load(environment, tmp_path / ".env"), database.web)
    assert "GIS_EXPORT_INTERVAL_MINUTES=0" in app.test_client().get(PMTILES).get_json()["detail"]
    app.extensions["gisserver"].tiles.close()
    app.extensions["gisserver"].store.close()


@pytest.mark.parametrize("name", ["pool.zip", "../secret_key", "pool-99.pmtiles"])
def test_any_other_name_is_told_the_known_ones(client, epoch, name):
    answer = client.get(f"/api/exports/{name}")
    assert answer.status_code == 404

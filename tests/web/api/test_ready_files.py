"""Ready-made files over HTTP: listed, whole, in part, and gone on with after a line broke."""

import datetime
import hashlib
from functools import partial

import pytest

from gisserver.downloads.making import Maker
from gisserver.downloads.ready import ready_shelf
from layers.core.store import Store
from tests.tile_files import NOON
from tests.worlds import EAST, WEST, publish_parcels, square

PARCELS = "/api/collections/parcels"
NEWEST = f"{PARCELS}/downloads/parcels.fgb"


@pytest.fixture
def client(app):
    """A caller who reads to the end: the file is closed then, as a server does."""
    caller = app.test_client()
    caller.open = partial(caller.open, buffered=True)
    return caller


@pytest.fixture
def make(app, database):
    """`make(when)` is what the worker does after a publish."""

    def run(when: datetime.datetime = NOON) -> None:
        settings = app.extensions["gisserver"].settings
        store = Store(database.worker, pool_size=1)
        Maker(store, settings, ready_shelf(settings), lambda: when).run()
        store.close()

    return run


@pytest.fixture
def whole(client, database, make) -> bytes:
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    publish_parcels(database, EAST, {"e-1": square(100, 0)})
    make()
    return client.get(NEWEST).data


def test_a_collection_links_to_its_files_with_length_publish_and_format(client, whole):
    links = [link for link in client.get(f"{PARCELS}?lang=en").get_json()["links"] if link["rel"] == "enclosure"]
    assert len(links) == 9, "three formats of the layer and of two districts"
    (link,) = (link for link in links if link["href"].endswith("/parcels-e2.fgb"))
    assert (link["length"], link["epoch"], link["type"]) == (len(whole), 2, "application/flatgeobuf")
    assert link["title"] == "Parcels, FlatGeobuf"
    assert link["published_at"] is not None
    assert client.get(link["href"]).data == whole


def test_the_page_of_a_layer_lists_them_by_district(client, whole):
    page = client.get(PARCELS, headers={"Accept": "text/html"}).text
    assert page.count("/downloads/parcels-2-e2.") == 3
    assert "Doğu" in page


def test_the_list_says_how_to_prove_a_file_whole(client, whole):
    listed = client.get(f"{PARCELS}/downloads").get_json()["downloads"]
    (file,) = (one for one in listed if one["name"] == "parcels-e2.fgb")
    assert file["sha256"] == hashlib.sha256(whole).hexdigest()
    assert file["newest"].endswith(NEWEST)


def test_a_file_has_a_strong_tag_and_head_says_the_same_without_the_bytes(client, whole):
    answer = client.head(NEWEST)
    assert (answer.status_code, answer.data) == (200, b"")
    assert int(answer.headers["Content-Length"]) == len(whole)
    assert answer.headers["ETag"] == f'"{hashlib.sha256(whole).hexdigest()}"'
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Gis-Epoch"] == "2"
    assert client.get(NEWEST, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_a_download_over_a_poor_line_goes_on_where_it_stopped(client, whole):
    tag = client.head(NEWEST).headers["ETag"]
    half = len(whole) // 2
    first = client.get(NEWEST, headers={"Range": f"bytes=0-{half - 1}"})
    rest = client.get(NEWEST, headers={"Range": f"bytes={half}-", "If-Range": tag})
    assert (first.status_code, rest.status_code) == (206, 206)
    assert first.data + rest.data == whole
    assert rest.headers["Content-Range"] == f"bytes {half}-{len(whole) - 1}/{len(whole)}"
    beyond = client.get(NEWEST, headers={"Range": f"bytes={len(whole)}-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{len(whole)}")


def test_after_a_publish_the_rest_is_of_the_old_file_or_the_new_one_comes_whole(client, whole, database, make):
    old = client.head(NEWEST).headers["ETag"]
    publish_parcels(database, EAST, {"e-2": square(101, 0)})
    make(NOON + datetime.timedelta(hours=1))
    answer = client.get(NEWEST, headers={"Range": "bytes=10-", "If-Range": old})
    assert answer.status_code == 200, "the new file, whole"
    assert answer.headers["ETag"] != old
    rest = client.get(f"{PARCELS}/downloads/parcels-e2.fgb", headers={"Range": "bytes=10-", "If-Range": old})
    assert (rest.status_code, rest.data) == (206, whole[10:])


def test_what_is_not_there_is_answered_with_what_there_is(client, whole):
    answer = client.get(f"{PARCELS}/downloads/nothing.gpkg?lang=en")
    assert answer.status_code == 404
    assert "parcels-e2.fgb" in answer.get_json()["detail"]
    assert client.get("/api/collections/zones/downloads/zones.gpkg?lang=en").status_code == 404
    assert client.get(f"{PARCELS}/downloads/..%2Fparcels.json").status_code == 404


def test_nobody_but_the_department_sees_that_there_could_be_files_of_its_layers(app, client, whole):
    restricted = [layer.id for layer in app.extensions["gisserver"].registry if layer.audience]
    assert restricted
    for layer in restricted:
        assert client.get(f"/api/collections/{layer}/downloads").status_code == 404
        assert not (ready_shelf(app.extensions["gisserver"].settings).place(f"{layer}.json")).exists()

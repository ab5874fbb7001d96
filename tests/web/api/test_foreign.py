"""Layers of another server on our map; the other server is our own on another port, or one that answers badly."""

import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from urllib.parse import urlencode
from urllib.request import urlopen

import morecantile
import pytest
from PIL import Image
from pyproj import Transformer

from gisserver.app import create_app, entry_of
from gisserver.foreign.fetching import AT_ONCE, fetched
from gisserver.service import Service
from gisserver.settings import Settings
from layers.core.hosts import Hosts, NotAllowed
from tests.application import TEST_PROFILE
from tests.feature_town import PARCELS, town  # noqa: F401
from tests.http_server import listening, wait_until
from tests.source_server import gives, giving

ALL_REFS = sorted(ref for ref, *_ in PARCELS)
LON, LAT = Transformer.from_crs(5253, 4326, always_xy=True).transform(500_010, 4_250_010)
PNG = b"\x89PNG\r\n\x1a\n"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture(scope="module")
def other(town):  # noqa: F811
    """Somebody else's server."""
    with listening(entry_of(town.client.application)) as address:
        yield address


@pytest.fixture(scope="module")
def ours(town, tmp_path_factory):  # noqa: F811
    """A service whose map may take layers from this machine."""
    folder = tmp_path_factory.mktemp("ours")
    said = {"GIS_DATA": str(folder), "GIS_PROFILE": str(TEST_PROFILE)}
    allowed = {"GIS_MAP_HOSTS": "127.0.0.1", "GIS_MAP_PRIVATE": "yes"}
    theirs: Service = town.client.application.extensions["gisserver"]
    app = create_app(Settings.load({**said, **allowed}, folder / ".env"), theirs.store.url)
    yield app.test_client()
    built: Service = app.extensions["gisserver"]
    built.tiles.close()
    built.edits.close()
    built.store.close()


def offered(client, kind: str, address: str):
    reply = client.get(f"/api/foreign?{urlencode({'kind': kind, 'address': address})}", headers=ENGLISH)
    return reply.get_json()


def layer(client, kind: str, address: str, name: str = "parcels") -> dict:
    return next(one for one in offered(client, kind, address)["layers"] if one["name"].removeprefix("pool:") == name)


def tile(client, template: str, z: int = 17):
    """Over the parcels."""
    at = morecantile.tms.get("WebMercatorQuad").tile(LON, LAT, z)
    return client.get(f"/api/foreign/tile?{urlencode({'address': template, 'z': z, 'x': at.x, 'y': at.y})}")


@pytest.mark.parametrize(("kind", "path"), [("wms", "/ows"), ("wmts", "/wmts")])
def test_pictures_of_wms_and_wmts_come_through_us(ours, other, kind, path):
    got = tile(ours, layer(ours, kind, f"{other}{path}")["pictures"])
    assert got.status_code == 200
    assert len(Image.open(BytesIO(got.data)).convert("RGBA").getcolors(1 << 20)) > 1, "something is drawn on it"


def test_vector_tiles_of_an_ogc_api_come_through_us(ours, other):
    template = layer(ours, "ogcapi", f"{other}/api")["tiles"]
    at = morecantile.tms.get("WebMercatorQuad").tile(LON, LAT, 16)
    theirs = urlopen(template.format(z=16, x=at.x, y=at.y))
    assert tile(ours, template, z=16).status_code == theirs.status
    with giving() as bad:
        bad.answers["/tile"] = [gives(b"\x1a\x02x\x02", Content_Type="application/vnd.mapbox-vector-tile")]
        got = tile(ours, f"{bad.address}/tile")
    assert (got.status_code, got.mimetype) == (200, "application/vnd.mapbox-vector-tile")


@pytest.mark.parametrize(("kind", "path"), [("wfs", "/ows"), ("ogcapi", "/api")])
def test_features_of_wfs_and_ogc_api_become_a_layer(ours, other, kind, path):
    there = layer(ours, kind, f"{other}{path}")
    asked = urlencode({"kind": kind, "address": there["features"]})
    (told,) = ours.get(f"/api/foreign/features?{asked}").get_json()["layers"]
    assert sorted(feature["properties"]["ref"] for feature in told["features"]) == ALL_REFS
    lon, lat = told["features"][0]["geometry"]["coordinates"][0][0][0][:2]
    assert abs(lon - LON) < 0.01
    assert abs(lat - LAT) < 0.01


def test_a_wms_that_answers_with_a_page_is_a_sentence(ours):
    with giving() as bad:
        bad.answers["/wms"] = [gives(b"<!DOCTYPE html><html>Sign in</html>", Content_Type="text/html")]
        told = offered(ours, "wms", f"{bad.address}/wms")
        assert "answered with a web page instead of data" in told["detail"]
        got = tile(ours, f"{bad.address}/wms?BBOX={{bbox}}")
    assert got.status_code == 502


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"<?xml version='1.0'?><ServiceExceptionReport/>", "text/xml"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "image/svg+xml"),
        (b"alert(1)", "image/png"),
    ],
    ids=["exception", "svg", "script"],
)
def test_what_is_no_picture_never_reaches_the_page(ours, body, media_type):
    with giving() as bad:
        bad.answers["/tile"] = [gives(body, Content_Type=media_type)]
        got = tile(ours, f"{bad.address}/tile")
    assert (got.status_code, got.mimetype) == (502, "application/problem+json")


def test_a_document_type_is_not_read(ours):
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><WMS_Capabilities><Layer><Name>&b;</Name></Layer></WMS_Capabilities>'
    with giving() as bad:
        bad.answers["/wms"] = [gives(bomb, Content_Type="text/xml")]
        assert "is no WMS 1.3" in offered(ours, "wms", f"{bad.address}/wms")["detail"]


def test_what_leads_on_and_on_is_a_sentence(ours):
    with giving() as bad:
        bad.answers["/wms"] = [gives(b"", status=302, Location="/wms")] * 9
        told = offered(ours, "wms", f"{bad.address}/wms")
    assert "without end" in told["detail"]


def test_an_answer_without_end_is_a_sentence(ours):
    with giving() as bad:
        bad.answers["/wms"] = [gives(b"<a>" + b" " * 9_000_000 + b"</a>", Content_Type="text/xml")]
        assert "more than 8 MB" in offered(ours, "wms", f"{bad.address}/wms")["detail"]


def test_a_slow_server_holds_only_some_of_our_threads(ours):
    go_on = threading.Event()
    picture = gives(PNG, Content_Type="image/png")

    def slow(handler: BaseHTTPRequestHandler) -> None:
        go_on.wait(15)
        picture(handler)

    with giving() as bad, ThreadPoolExecutor(AT_ONCE) as people:
        bad.answers["/slow"], bad.answers["/quick"] = [slow], [picture]
        waiting = [people.submit(tile, ours.application.test_client(), f"{bad.address}/slow") for _ in range(AT_ONCE)]
        wait_until(lambda: len(bad.asked) == AT_ONCE)
        refused = tile(ours, f"{bad.address}/quick")
        go_on.set()
        assert [one.result().status_code for one in waiting] == [200] * AT_ONCE
        assert (refused.status_code, refused.get_json()["code"]) == (502, "servers_busy")
        assert tile(ours, f"{bad.address}/quick").status_code == 200


def test_who_sends_the_map_to_a_host_of_our_own_network_is_refused():
    """Also where the host that was named is allowed, and only then leads there."""
    with giving() as bad:
        bad.answers["/wms"] = [gives(b"secret")]
        with pytest.raises(NotAllowed, match="private addresses"):
            fetched(
                Hosts(("*",), may_be_private=False), f"https://127.0.0.1:{bad.address.rpartition(':')[2]}/wms", "", 9
            )
        assert bad.asked == []


def test_each_step_of_a_way_is_looked_at(ours):
    with giving() as bad:
        bad.answers["/wms"] = [gives(b"", status=302, Location="http://localhost:1/inside")]
        reply = ours.get(f"/api/foreign?{urlencode({'kind': 'wms', 'address': f'{bad.address}/wms'})}", headers=ENGLISH)
    assert (reply.status_code, "this host is not among those allowed" in reply.get_json()["detail"]) == (403, True)


def test_without_the_operators_word_nobody_is_called(town):  # noqa: F811
    with giving() as bad:
        reply = town.client.get(
            f"/api/foreign?{urlencode({'kind': 'wms', 'address': f'{bad.address}/wms'})}", headers=ENGLISH
        )
        assert bad.asked == []
    assert reply.status_code == 403
    assert "GIS_MAP_HOSTS" in reply.get_json()["detail"]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/", "127.0.0.1", "http://" + "a" * 2001])
def test_only_addresses_of_the_web_are_taken(ours, address):
    reply = ours.get(f"/api/foreign?{urlencode({'kind': 'wms', 'address': address})}")
    assert (reply.status_code, reply.get_json()["parameter"]) == (400, "address")

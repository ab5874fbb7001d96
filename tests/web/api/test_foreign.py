"""Layers of another server on our map; the other server is our own on another port, or one that answers badly."""

import json
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from urllib.parse import parse_qsl, urlencode, urlsplit
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
        assert "is no WMS 1.3.0" in offered(ours, "wms", f"{bad.address}/wms")["detail"]


@pytest.fixture
def old(other):
    """`old("WMS", "1.1.1")` is a server before ours that knows that version and no newer one."""
    with giving() as server:

        def speaks(service: str, version: str) -> str:
            def answer(handler: BaseHTTPRequestHandler) -> None:
                words = dict(parse_qsl(urlsplit(handler.path).query, keep_blank_values=True))
                words["VERSION"] = min(words["VERSION"], version)
                with urlopen(f"{other}/ows?{urlencode(words)}") as theirs:
                    gives(theirs.read(), Content_Type=theirs.headers["Content-Type"])(handler)

            server.answers[f"/{service}"] = [answer]
            return f"{server.address}/{service}"

        yield speaks


def test_a_wms_of_before_1_3_is_asked_in_its_own_words(ours, old):
    template = layer(ours, "wms", old("WMS", "1.1.1"))["pictures"]
    assert "VERSION=1.1.1" in template
    assert "SRS=EPSG:3857" in template
    got = tile(ours, template)
    assert len(Image.open(BytesIO(got.data)).convert("RGBA").getcolors(1 << 20)) > 1, "something is drawn on it"


@pytest.mark.parametrize("version", ["1.1.0", "1.0.0"])
def test_a_wfs_of_before_2_0_gives_its_features(ours, old, version):
    address = layer(ours, "wfs", old("WFS", version))["features"]
    assert "VERSION=1.0.0" in address, "in which the order of axes is no question"
    told = ours.get(f"/api/foreign/features?{urlencode({'kind': 'wfs', 'address': address})}").get_json()
    (found,) = told["layers"]
    assert sorted(feature["properties"]["ref"] for feature in found["features"]) == ALL_REFS
    lon, lat = found["features"][0]["geometry"]["coordinates"][0][0][0][:2]
    assert (lon, lat) == (pytest.approx(LON, abs=0.01), pytest.approx(LAT, abs=0.01))
    assert (told["matched"], told["is_whole"]) == (None, True)


@pytest.mark.parametrize(("kind", "root"), [("wms", "WMT_MS_Capabilities"), ("wfs", "WFS_Capabilities")])
def test_a_version_that_is_not_understood_is_named_beside_those_that_are(ours, kind, root):
    with giving() as bad:
        bad.answers["/old"] = [gives(f"<{root} version='0.9.7'/>".encode(), Content_Type="text/xml")]
        told = offered(ours, kind, f"{bad.address}/old")
    assert f"speaks {kind.upper()} 0.9.7. Understood are WMS 1.3.0 and 1.1.1" in told["detail"]
    assert told["code"] == "server_speaks_other"


def page_of(handler: BaseHTTPRequestHandler, all_in_all: int | None) -> None:
    """Two points to a page, however many are asked for."""
    at = int(dict(parse_qsl(urlsplit(handler.path).query)).get("from", 0))
    features = [
        {"type": "Feature", "properties": {"n": n}, "geometry": {"type": "Point", "coordinates": [LON, LAT]}}
        for n in (at, at + 1)
    ]
    links = [{"rel": "next", "href": f"items?from={at + 2}"}] if at < 4 else []
    total = {} if all_in_all is None else {"numberMatched": all_in_all}
    body = json.dumps({"type": "FeatureCollection", "features": features, "links": links, **total}).encode()
    gives(body, Content_Type="application/geo+json")(handler)


@pytest.mark.parametrize(("matched", "is_whole"), [(6, True), (None, True), (9, False)])
def test_links_to_further_pages_are_followed(ours, matched, is_whole):
    with giving() as server:
        server.answers["/c/items"] = [lambda handler: page_of(handler, matched)]
        asked = urlencode({"kind": "ogcapi", "address": f"{server.address}/c/items"})
        told = ours.get(f"/api/foreign/features?{asked}").get_json()
    assert [feature["properties"]["n"] for feature in told["layers"][0]["features"]] == [*range(6)]
    assert (told["matched"], told["is_whole"]) == (matched, is_whole)


def test_a_page_that_breaks_leaves_those_before_it(ours):
    with giving() as server:
        server.answers["/c/items"] = [lambda handler: page_of(handler, 6), gives(b"broken", status=500)]
        asked = urlencode({"kind": "ogcapi", "address": f"{server.address}/c/items"})
        told = ours.get(f"/api/foreign/features?{asked}").get_json()
    assert (told["layers"][0]["count"], told["matched"], told["is_whole"]) == (2, 6, False)


def test_a_wfs_is_asked_page_by_page(ours, other):
    address = layer(ours, "wfs", f"{other}/ows")["features"]
    few = re.sub(r"COUNT=\d+", "COUNT=2", address)
    told = ours.get(f"/api/foreign/features?{urlencode({'kind': 'wfs', 'address': few})}").get_json()
    refs = [feature["properties"]["ref"] for feature in told["layers"][0]["features"]]
    assert (sorted(refs), told["is_whole"]) == (ALL_REFS, True)


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

"""Programs that speak WFS 2.0, WMS 1.3 and WMTS read the pool by MapServer, each with the rights of who asks."""

import json
import subprocess
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import pytest
from owslib.wfs import WebFeatureService
from owslib.wms import WebMapService
from owslib.wmts import WebMapTileService
from PIL import Image

from gisserver.app import entry_of
from gisserver.ows.process import MapServer
from tests.feature_town import PARCELS, town  # noqa: F401
from tests.http_server import listening
from tests.whole_gdal import gdal_environment

WEST_1 = (500_000.0, 4_250_000.0)
"""East and north of the corner of w-1, in the storage system."""
ALL_REFS = sorted(ref for ref, *_ in PARCELS)


@pytest.fixture(scope="module")
def root(town):  # noqa: F811
    """Of the town's own server."""
    with listening(entry_of(town.client.application)) as address:
        yield address


def ask(town, **asked: str):  # noqa: F811
    return town.client.get("/ows", query_string=asked, headers={"Accept-Language": "en"}, buffered=True)


def features(town, **asked: str) -> list[dict]:  # noqa: F811
    """By WFS as GeoJSON."""
    answer = ask(
        town, service="WFS", version="2.0.0", request="GetFeature", typenames="parcels", outputformat="geojson", **asked
    )
    assert answer.status_code == 200, answer.text
    return json.loads(answer.data)["features"]


def refs(found: list[dict]) -> list[str]:
    return [feature["properties"]["ref"] for feature in found]


def run(*command: str) -> str:
    done = subprocess.run(command, env=gdal_environment(), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def same(name: str, value: str) -> str:
    """A filter of WFS 2.0."""
    return (
        '<fes:Filter xmlns:fes="http://www.opengis.net/fes/2.0"><fes:PropertyIsEqualTo>'
        f"<fes:ValueReference>{name}</fes:ValueReference><fes:Literal>{value}</fes:Literal>"
        "</fes:PropertyIsEqualTo></fes:Filter>"
    )


def test_owslib_reads_the_capabilities_and_fields_of_the_features(root):
    service = WebFeatureService(f"{root}/ows", version="2.0.0")
    assert {"parcels", "zones", "places"} <= {name.removeprefix("pool:") for name in service.contents}
    name = next(name for name in service.contents if name.endswith("parcels"))
    schema = service.get_schema(name)
    assert schema["properties"]["block_no"] == "string"
    assert "registry_id" not in schema["properties"]


def test_debians_gdal_reads_all_pages_of_a_wfs_in_the_storage_system(root, tmp_path):
    target = tmp_path / "parcels.geojson"
    run(
        "ogr2ogr", "-f", "GeoJSON", str(target),
        f"WFS:{root}/ows?service=WFS&version=2.0.0", "parcels",
        "--config", "OGR_WFS_PAGING_ALLOWED", "ON", "--config", "OGR_WFS_PAGE_SIZE", "1",
    )  # fmt: skip
    found = json.loads(target.read_text(encoding="utf-8"))["features"]
    assert sorted(refs(found)) == ALL_REFS
    corners = [corner for feature in found for corner in feature["geometry"]["coordinates"][0][0]]
    assert min(x for x, _ in corners) == pytest.approx(WEST_1[0], abs=0.01)
    assert min(y for _, y in corners) == pytest.approx(WEST_1[1], abs=0.01)


@pytest.mark.parametrize(
    ("system", "is_north_first"),
    [("urn:ogc:def:crs:EPSG::5253", True), ("urn:ogc:def:crs:EPSG::4326", True), ("urn:ogc:def:crs:EPSG::3857", False)],
)
def test_gml_writes_the_axes_in_the_order_of_the_registry(town, system, is_north_first):  # noqa: F811
    answer = ask(
        town, service="WFS", version="2.0.0", request="GetFeature", typenames="parcels", srsname=system,
        filter=same("ref", "w-1"),
    )  # fmt: skip
    tree = ElementTree.fromstring(answer.data)
    first = next(tree.iter("{http://www.opengis.net/gml/3.2}posList")).text.split()[:2]
    east, north = sorted(map(float, first)) if system.endswith(("5253", "4326")) else (3_005_000, 4_640_000)
    if not system.endswith("3857"):
        assert [float(number) for number in first] == ([north, east] if is_north_first else [east, north])
    else:
        assert float(first[0]) == pytest.approx(3_005_600, abs=2_000)


def test_pages_of_a_wfs_neither_repeat_nor_leave_out(town):  # noqa: F811
    found = [refs(features(town, count="1", startindex=str(start))) for start in range(len(PARCELS))]
    assert sorted(ref for page in found for ref in page) == ALL_REFS


def test_a_filter_selects(town):  # noqa: F811
    assert sorted(refs(features(town, filter=same("block_no", "101")))) == ["w-1", "w-2"]
    assert refs(features(town, bbox="4249999,499999,4250010,500010,urn:ogc:def:crs:EPSG::5253")) == ["w-1"]


@pytest.mark.parametrize(
    "literal", ["x' OR '1'='1", "'); DROP TABLE pool.parcels; --", "\\' OR 1=1 --", "$$ || version()"]
)
def test_sql_in_a_filter_is_a_text_like_any_other(town, literal):  # noqa: F811
    escaped = literal.replace("&", "&amp;").replace("<", "&lt;")
    assert features(town, filter=same("block_no", escaped)) == []
    assert len(features(town)) == len(PARCELS)


@pytest.mark.parametrize("name", ["registry_id", "source_change_id", "version() OR block_no"])
def test_fields_of_other_readers_are_as_if_absent(town, name):  # noqa: F811
    answer = ask(
        town, service="WFS", version="2.0.0", request="GetFeature", typenames="parcels", filter=same(name, "1")
    )
    assert b"Exception" in answer.data
    assert b"w-1" not in answer.data
    assert b"SELECT" not in answer.data.upper().replace(b"SELECTED", b""), "no SQL is shown to strangers"


def test_a_layer_is_there_only_for_its_readers(town):  # noqa: F811
    restricted = next(layer.id for layer in town.client.application.extensions["gisserver"].registry if layer.audience)
    for asked in ({"typenames": restricted}, {"typenames": "nothing"}):
        answer = ask(town, service="WFS", version="2.0.0", request="GetFeature", **asked)
        assert b"Exception" in answer.data
    capabilities = ask(town, service="WMS", version="1.3.0", request="GetCapabilities").text
    assert f"<Name>{restricted}</Name>" not in capabilities
    picture = ask(town, **picture_of(restricted))
    assert b"Exception" in picture.data


def picture_of(layer: str, **more: str) -> dict[str, str]:
    """North first, as WMS 1.3 wants it in this system."""
    box = {"crs": "EPSG:5253", "bbox": "4249990,499990,4250030,500090", "width": "200", "height": "80"}
    return {
        "service": "WMS", "version": "1.3.0", "request": "GetMap", "layers": layer, "styles": "", "format": "image/png",
        **box, **more,
    }  # fmt: skip


def dark_columns(png: bytes) -> list[int]:
    """Where something is drawn, from the west."""
    image = Image.open(BytesIO(png)).convert("L")
    return [x for x in range(image.width) if any(image.getpixel((x, y)) < 200 for y in range(image.height))]


def test_a_picture_shows_the_parcels_where_they_lie(town):  # noqa: F811
    answer = ask(town, **picture_of("parcels"))
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    drawn = dark_columns(answer.data)
    assert drawn[0] == pytest.approx(20, abs=3), "ten metres of a hundred, in a picture of 200"
    assert drawn[-1] == pytest.approx(180, abs=3)


def test_a_swapped_box_shows_something_else(town):  # noqa: F811
    assert dark_columns(ask(town, **picture_of("parcels", bbox="499990,4249990,500090,4250030")).data) == []


@pytest.mark.parametrize("size", ["1000000", "-1", "4097", "0", "many"])
def test_a_huge_picture_is_refused(town, size):  # noqa: F811
    answer = ask(town, **picture_of("parcels", width=size, height=size))
    assert b"Exception" in answer.data
    assert answer.mimetype != "image/png"


def test_what_lies_at_a_place_is_told(town):  # noqa: F811
    asked = picture_of(
        "parcels", request="GetFeatureInfo", query_layers="parcels", i="30", j="40", info_format="geojson"
    )
    assert refs(json.loads(ask(town, **asked).data)["features"]) == ["w-1"]


def test_owslib_and_gdal_draw_by_wms(root, tmp_path):
    service = WebMapService(f"{root}/ows", version="1.3.0")
    assert "EPSG:5253" in service["parcels"].crsOptions
    picture = service.getmap(
        layers=["parcels"], srs="EPSG:5253", bbox=(499990, 4249990, 500090, 4250030), size=(200, 80), format="image/png"
    )
    assert dark_columns(picture.read())[0] == pytest.approx(20, abs=3)
    target = tmp_path / "parcels.png"
    run(
        "gdal_translate", "-of", "PNG", "-projwin", "499990", "4250030", "500090", "4249990", "-outsize", "200", "80",
        f"WMS:{root}/ows?SERVICE=WMS&VERSION=1.3.0&REQUEST=GetMap&LAYERS=parcels&CRS=EPSG:5253"
        "&BBOX=4180000,425000,4370000,636000&FORMAT=image/png",
        str(target),
    )  # fmt: skip
    assert dark_columns(target.read_bytes())[0] == pytest.approx(20, abs=4)


def test_owslib_reads_tiles_and_their_address_fits_the_map(root):
    service = WebMapTileService(f"{root}/wmts/1.0.0/WMTSCapabilities.xml")
    assert "parcels" in service.contents
    tile = service.gettile(
        layer="parcels", tilematrixset="GoogleMapsCompatible", tilematrix="18", row=101_115, column=150_732,
        format="image/png",
    )  # fmt: skip
    assert Image.open(BytesIO(tile.read())).size == (256, 256)


def test_tiles_outside_the_grid_and_other_readers_tiles_are_refused(town):  # noqa: F811
    restricted = next(layer.id for layer in town.client.application.extensions["gisserver"].registry if layer.audience)
    for layer, place in ((restricted, "18/1/1"), ("nothing", "18/1/1"), ("parcels", "3/9/0"), ("parcels", "99/0/0")):
        answer = town.client.get(f"/wmts/1.0.0/{layer}/default/GoogleMapsCompatible/{place}.png")
        assert (answer.status_code, answer.mimetype) == (400, "text/xml")


def test_addresses_in_capabilities_are_those_of_the_proxy_in_front(town):  # noqa: F811
    forwarded = {"X-Forwarded-Host": "gis.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/pool"}
    for name, version in (("WFS", "2.0.0"), ("WMS", "1.3.0")):
        asked = {"service": name, "version": version, "request": "GetCapabilities"}
        text = town.client.get("/ows", query_string=asked, headers=forwarded, buffered=True).text
        assert "https://gis.example.org/pool/ows?" in text
        assert "localhost" not in text
    text = town.client.get("/wmts?request=GetCapabilities", headers=forwarded).text
    assert "https://gis.example.org/pool/wmts/1.0.0/parcels/" in text


@pytest.mark.parametrize("name", ["SLD", "sld_body"])
def test_nobody_makes_the_server_fetch_an_address(town, name):  # noqa: F811
    answer = ask(town, **picture_of("parcels", **{name: "http://127.0.0.1:9/style.xml"}))
    assert (answer.status_code, answer.mimetype) == (400, "text/xml")
    assert name.lower() in answer.text


@pytest.mark.parametrize(
    "more", [{"map": "/etc/passwd"}, {"map.layer[0]": "DATA x"}, {"map_web": "x"}, {"mode": "map"}]
)
def test_nobody_names_another_mapfile(town, more):  # noqa: F811
    assert dark_columns(ask(town, **picture_of("parcels", **more)).data) != []


def test_a_question_in_xml_is_answered_unless_it_brings_definitions(town):  # noqa: F811
    body = (
        '<wfs:GetFeature xmlns:wfs="http://www.opengis.net/wfs/2.0" service="WFS" version="2.0.0" '
        'outputFormat="geojson"><wfs:Query typeNames="parcels">'
        + same("block_no", "7")
        + "</wfs:Query></wfs:GetFeature>"
    )
    answer = town.client.post("/ows", data=body, content_type="text/xml", buffered=True)
    assert refs(json.loads(answer.data)["features"]) == ["e-1"]
    evil = '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>' + body
    assert town.client.post("/ows", data=evil, content_type="text/xml").status_code == 400
    assert town.client.post("/ows", data=" " * 70_000, content_type="text/xml").status_code == 413


def test_nothing_is_written_by_transactions(town):  # noqa: F811
    body = (
        '<wfs:Transaction xmlns:wfs="http://www.opengis.net/wfs/2.0" service="WFS" version="2.0.0">'
        '<wfs:Delete typeName="parcels"/></wfs:Transaction>'
    )
    assert b"Exception" in town.client.post("/ows", data=body, content_type="text/xml", buffered=True).data
    assert len(features(town)) == len(PARCELS)


def test_without_mapserver_the_service_says_so(town, monkeypatch):  # noqa: F811
    monkeypatch.setattr("gisserver.ows.process._PLACES", ())
    answer = ask(town, service="WMS", request="GetCapabilities")
    assert (answer.status_code, answer.mimetype) == (501, "text/xml")
    assert "cgi-mapserver" in answer.text
    assert town.client.get("/api/collections/parcels/items").status_code == 200


def test_no_more_processes_than_there_are_places(town):  # noqa: F811
    application = town.client.application
    built = application.extensions["gisserver"]
    crowded = MapServer(built.store.engine.url, built.settings.data / "ows", 1, 10, patience_s=0.1)
    application.extensions["gisserver"] = replace(built, mapserver=crowded)
    with crowded.place():
        answer = ask(town, service="WMS", request="GetCapabilities")
        assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
    assert ask(town, service="WMS", request="GetCapabilities").status_code == 200
    application.extensions["gisserver"] = built

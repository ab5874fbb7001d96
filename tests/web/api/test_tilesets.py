"""Tiles as OGC API – Tiles 1.0 has them."""

import gzip
from urllib.parse import urlsplit

import mapbox_vector_tile
import pytest

from layers.core.layer import Audience
from layers.core.registry import Registry
from layers.core.tiles import tile_parts
from layers.core.tiles.address import tile_at
from tests.worlds import WEST, publish_parcels, square

LAYERS = list(Registry.of_folder())
PUBLIC = [layer for layer in LAYERS if layer.audience == Audience.PUBLIC]
GRID = "WebMercatorQuad"
REL = "http://www.opengis.net/def/rel/ogc/1.0"


def link_of(document: dict, rel: str) -> dict:
    (link,) = [link for link in document["links"] if link["rel"] == rel]
    return link


@pytest.fixture
def parcel_tile(client, database):
    """Row, column and epoch of the tile of zoom 16 that holds a published parcel."""
    epoch = publish_parcels(database, WEST, {"w-1": square(0, 0)})
    corner = client.get("/api/collections/parcels/items/w-1").get_json()["geometry"]["coordinates"][0][0][0]
    address = tile_at(corner[0] + 0.0001, corner[1] + 0.0001, 16)
    return address.y, address.x, epoch


def test_the_way_from_the_landing_page_to_a_tile_is_links_alone(client, parcel_tile):
    row, column, epoch = parcel_tile
    collections = client.get(link_of(client.get("/api").get_json(), "data")["href"]).get_json()["collections"]
    (parcels,) = [entry for entry in collections if entry["id"] == "parcels"]
    (listed,) = client.get(link_of(parcels, f"{REL}/tilesets-vector")["href"]).get_json()["tilesets"]
    metadata = client.get(link_of(listed, "self")["href"]).get_json()
    template = link_of(metadata, "item")
    assert template["templated"] is True
    assert template["href"].endswith(f"?v={epoch}")
    address = template["href"].format(tileMatrix=16, tileRow=row, tileCol=column)
    answer = client.get(address)
    assert answer.content_type == template["type"]
    assert mapbox_vector_tile.decode(answer.data)["parcels"]["features"]


def test_row_comes_before_column(client, parcel_tile):
    row, column, _ = parcel_tile
    ours = client.get(f"/tiles/parcels/16/{column}/{row}")
    theirs = client.get(f"/api/collections/parcels/tiles/{GRID}/16/{row}/{column}")
    assert theirs.data == ours.data != b""
    assert theirs.headers["ETag"] == ours.headers["ETag"]
    assert client.get(f"/api/collections/parcels/tiles/{GRID}/16/{column}/{row}").status_code == 204


def test_a_tile_can_be_had_as_it_was(client, database, parcel_tile):
    row, column, epoch = parcel_tile
    publish_parcels(database, WEST, {"w-2": square(1, 0)})
    address = f"/api/collections/parcels/tiles/{GRID}/16/{row}/{column}"
    before, now = (client.get(f"{address}{asked}").data for asked in (f"?epoch={epoch}", ""))
    assert len(mapbox_vector_tile.decode(before)["parcels"]["features"]) == 1
    assert len(mapbox_vector_tile.decode(now)["parcels"]["features"]) == 2
    assert client.get(f"{address}?datetime=2000-01-01").status_code == 204, "there was nothing yet"


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.id)
def test_a_tileset_says_what_it_holds_and_covers(layer, signed_in):
    metadata = signed_in("planner").get(f"/api/collections/{layer.id}/tiles/{GRID}").get_json()
    assert metadata["dataType"] == "vector"
    assert metadata["crs"].endswith("/3857")
    assert metadata["tileMatrixSetURI"].endswith(GRID)
    assert [limit["tileMatrix"] for limit in metadata["tileMatrixSetLimits"]] == [str(z) for z in layer.tile_zooms]
    described = {entry["id"]: entry for entry in metadata["layers"]}
    assert set(described) == {part.id for part in tile_parts(layer)}
    for part in tile_parts(layer):
        entry = described[part.id]
        assert entry["geometryDimension"] == {"Point": 0, "MultiLineString": 1, "MultiPolygon": 2}[part.shape]
        assert set(entry["propertiesSchema"]["properties"]) == set(part.fields)
        assert all(field["title"] and field["type"] for field in entry["propertiesSchema"]["properties"].values())


def test_the_limits_hold_the_profiles_envelope(client):
    metadata = client.get(f"/api/collections/parcels/tiles/{GRID}").get_json()
    west, south = metadata["boundingBox"]["lowerLeft"]
    east, north = metadata["boundingBox"]["upperRight"]
    for limit in metadata["tileMatrixSetLimits"]:
        zoom = int(limit["tileMatrix"])
        first, last = tile_at(west, north, zoom), tile_at(east, south, zoom)
        assert (limit["minTileCol"], limit["minTileRow"]) == (first.x, first.y)
        assert (limit["maxTileCol"], limit["maxTileRow"]) == (last.x, last.y)
        assert 0 <= limit["minTileRow"] <= limit["maxTileRow"] < 2**zoom


def test_the_grid_is_the_standards(client):
    (listed,) = client.get("/api/tileMatrixSets").get_json()["tileMatrixSets"]
    grid = client.get(link_of(listed, "self")["href"]).get_json()
    assert grid["id"] == listed["id"] == GRID
    assert grid["uri"] == listed["uri"] == f"http://www.opengis.net/def/tilematrixset/OGC/1.0/{GRID}"
    matrices = {matrix["id"]: matrix for matrix in grid["tileMatrices"]}
    assert matrices["16"]["matrixWidth"] == 2**16
    assert matrices["0"]["pointOfOrigin"] == pytest.approx([-20037508.342789244, 20037508.342789244])
    assert matrices["0"]["scaleDenominator"] == pytest.approx(559082264.028717)


def test_all_public_layers_come_in_one_tile(client, parcel_tile):
    row, column, _ = parcel_tile
    address = f"/api/tiles/{GRID}/16/{row}/{column}"
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert "parcels" in mapbox_vector_tile.decode(gzip.decompress(packed.data))
    assert packed.headers["ETag"] != client.get(address).headers["ETag"]
    again = client.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]})
    assert again.status_code == 304
    assert client.get(f"{address}?collections=roads,zones").status_code == 204
    assert "parcels" in mapbox_vector_tile.decode(client.get(f"{address}?collections=roads,parcels").data)


def test_the_whole_pools_tileset_describes_every_public_layer(signed_in):
    """A planner sees no more of it than a citizen, so that any cache may keep its tiles."""
    planner = signed_in("planner")
    (listed,) = planner.get("/api/tiles").get_json()["tilesets"]
    metadata = planner.get(link_of(listed, "self")["href"]).get_json()
    assert {entry["id"] for entry in metadata["layers"]} == {part.id for layer in PUBLIC for part in tile_parts(layer)}
    some = planner.get(f"/api/tiles/{GRID}?collections=roads").get_json()
    assert {entry["id"] for entry in some["layers"]} == {part.id for part in tile_parts(Registry.of_folder()["roads"])}
    assert urlsplit(link_of(some, "item")["href"]).query == "collections=roads"


def test_a_restricted_layer_has_no_tilesets_for_a_citizen(client, signed_in):
    for below in ("", f"/{GRID}", f"/{GRID}/14/0/0"):
        assert client.get(f"/api/collections/water_lines/tiles{below}").status_code == 404
    asked = signed_in("planner").get(f"/api/collections/water_lines/tiles/{GRID}/14/0/0")
    assert asked.status_code == 204
    assert "private" in asked.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/api/tileMatrixSets/Moon", 404, GRID),
        ("/api/tiles/Moon", 404, GRID),
        ("/api/collections/parcels/tiles/Moon/14/0/0", 404, GRID),
        (f"/api/collections/moon/tiles/{GRID}", 404, "parcels"),
        (f"/api/collections/parcels/tiles/{GRID}/17/0/0", 404, "5"),
        (f"/api/collections/parcels/tiles/{GRID}/14/16384/0", 404, "5"),
        (f"/api/collections/parcels/tiles/{GRID}/14/0/-1", 404, None),
        (f"/api/collections/parcels/tiles/{GRID}/fourteen/0/0", 404, None),
        (f"/api/collections/parcels/tiles/{GRID}/14/0/0?datetime=yesterday", 400, "2026-05-01"),
        (f"/api/collections/parcels/tiles/{GRID}/14/0/0?when=now", 400, "datetime"),
        (f"/api/tiles/{GRID}/14/0/0?collections=parcels,water_lines", 400, "water_lines"),
        (f"/api/tiles/{GRID}/25/0/0", 404, None),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(client, address, status, says):
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert says is None or says in answer.get_json()["detail"]


def test_the_conformance_classes_are_declared_and_the_paths_described(client):
    classes = client.get("/api/conformance").get_json()["conformsTo"]
    for name in ("core", "tileset", "tilesets-list", "geodata-tilesets", "dataset-tilesets", "mvt"):
        assert f"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/{name}" in classes
    paths = client.get("/api/openapi").get_json()["paths"]
    assert "/collections/{collection}/tiles/{tileMatrixSet}/{tileMatrix}/{tileRow}/{tileCol}" in paths


@pytest.mark.parametrize("layer", PUBLIC, ids=lambda layer: layer.id)
def test_tilejson_has_what_version_3_wants(layer, client):
    answer = client.get(f"/tiles/{layer.id}.json")
    document = answer.get_json()
    assert document["tilejson"] == "3.0.0"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    west, south, east, north = document["bounds"]
    lon, lat, zoom = document["center"]
    assert west < lon < east
    assert south < lat < north
    assert document["minzoom"] <= zoom <= document["maxzoom"]
    (template,) = document["tiles"]
    asked = urlsplit(template.format(z=document["maxzoom"], x=0, y=0))
    assert client.get(f"{asked.path}?{asked.query}").status_code == 204
    for part in document["vector_layers"]:
        assert document["minzoom"] <= part["minzoom"] <= part["maxzoom"] <= document["maxzoom"]
        assert all(part["fields"].values())

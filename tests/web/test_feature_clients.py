"""The programs that people really use read our features."""

import json
from urllib.request import urlopen

import geopandas
import pytest
from owslib.ogcapi.features import Features

from gisserver.app import entry_of
from tests.feature_town import town  # noqa: F401
from tests.http_server import listening
from tests.whole_gdal import read_by_gdal


@pytest.fixture(scope="module")
def address(town):  # noqa: F811
    """Of the town's own server."""
    with listening(entry_of(town.client.application)) as root:
        yield f"{root}/api"


def test_gdal_reads_all_pages(address):
    found = read_by_gdal(f"OAPIF:{address}", layer="parcels", PAGE_SIZE="1")
    assert found["refs"] == ["e-1", "w-1", "w-2", "w-3"]
    assert found["epsg"] == 5253, "the storage system, so that nothing is moved twice"


def test_gdal_lets_the_service_filter(address):
    assert read_by_gdal(f"OAPIF:{address}", layer="parcels", where="registered_area_m2 > 100")["refs"] == ["e-1", "w-1"]
    elsewhere = (600_000, 4_300_000, 600_010, 4_300_010)
    assert read_by_gdal(f"OAPIF:{address}", layer="parcels", bbox=elsewhere)["refs"] == []


def test_gdal_gets_degrees_with_longitude_first_from_crs84(address):
    found = read_by_gdal(f"OAPIF:{address}", layer="parcels", CRS="http://www.opengis.net/def/crs/OGC/1.3/CRS84")
    assert 26.9 < found["bounds"][0] < 27.1 < 38 < found["bounds"][1] < 39


def test_gdal_asks_in_a_north_first_system_and_gets_its_axes_right(address):
    found = read_by_gdal(f"OAPIF:{address}", layer="parcels", CRS="http://www.opengis.net/def/crs/EPSG/0/5253")
    assert found["epsg"] == 5253
    assert found["bounds"] == pytest.approx([500_000, 4_250_000, 500_080, 4_250_020], abs=0.01)


def test_owslib_reads_collections_queryables_and_filtered_items(address):
    service = Features(address)
    assert "parcels" in service.feature_collections()
    assert "block_no" in service.collection_queryables("parcels")["properties"]
    found = service.collection_items("parcels", filter="block_no = '101'", limit=1)
    assert found["numberReturned"] == 1
    feature = service.collection_item("parcels", found["features"][0]["id"])
    assert feature["properties"]["block_no"] == "101"


def test_geopandas_reads_a_page_by_its_address(address):
    found = geopandas.read_file(f"{address}/collections/parcels/items?filter=registered_area_m2%20%3E%20100")
    assert sorted(found["ref"]) == ["e-1", "w-1"]
    assert found.crs.to_epsg() == 4326


@pytest.mark.parametrize("word", ["gpkg", "fgb"])
def test_geopandas_reads_a_download_with_its_system(address, word, tmp_path):
    stored = "http://www.opengis.net/def/crs/EPSG/0/5253"
    saved = tmp_path / f"parcels.{word}"
    with urlopen(f"{address}/collections/parcels/items?f={word}&crs={stored}") as answer:
        saved.write_bytes(answer.read())
    found = geopandas.read_file(saved)
    assert sorted(found["ref"]) == ["e-1", "w-1", "w-2", "w-3"]
    assert found.crs.to_epsg() == 5253
    assert found.total_bounds == pytest.approx([500_000, 4_250_000, 500_080, 4_250_020], abs=0.01)


def test_owslib_asks_in_another_system_and_by_a_json_filter(address):
    service = Features(address)
    assert "http://www.opengis.net/def/crs/EPSG/0/5253" in service.collection("parcels")["crs"]
    told = {"op": "=", "args": [{"property": "block_no"}, "101"]}
    found = service.collection_items("parcels", **{"filter": json.dumps(told), "filter-lang": "cql2-json"})
    assert {feature["properties"]["block_no"] for feature in found["features"]} == {"101"}

"""Whole layers as files, read back by the programs that others have."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from gisserver.formats import Filed, feature_formats
from tests.db.small_world import WEST, point, publish
from tests.feature_town import PARCELS, town  # noqa: F401
from tests.whole_gdal import gdal_environment

EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
FILES = [one.word for one in feature_formats() if isinstance(one.how, Filed)]
IN_ANY_SYSTEM = [word for word in FILES if word != "kml"]
NATIVE = {"crs": f"{EPSG}5253"}
SUFFIXES = {one.word: one.suffix for one in feature_formats()}
_READ = """
import json, sys, geopandas, pyogrio
path = sys.argv[1]
found = geopandas.read_parquet(path) if path.endswith("parquet") else pyogrio.read_dataframe(path)
told = {
    "columns": [name for name in found.columns if name != "geometry"],
    "rows": json.loads(found.drop(columns=found.geometry.name).to_json(orient="records", date_format="iso")),
    "epsg": found.crs and found.crs.to_epsg(),
    "bounds": found.total_bounds.tolist(),
    "area": float(found.area.sum()),
}
print(json.dumps(told))
"""


def read_back(body: bytes, word: str, folder: Path) -> dict[str, Any]:
    """What GDAL and geopandas find in a file, in a process of its own with all formats."""
    path = folder / f"read.{SUFFIXES[word]}"
    path.write_bytes(body)
    environment = gdal_environment() | {"GML_FIELDTYPES": "ALWAYS_STRING"}
    done = subprocess.run([sys.executable, "-c", _READ, path], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("word", IN_ANY_SYSTEM)
def test_a_file_in_the_storage_system_has_all_parcels_with_their_ground(town, word, tmp_path):  # noqa: F811
    answer = town.ask("parcels", f=word, **NATIVE)
    assert answer.status_code == 200, answer.text
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert answer.headers["Content-Disposition"].endswith(f'-{answer.headers["Gis-Epoch"]}.{SUFFIXES[word]}"')
    found = read_back(answer.data, word, tmp_path)
    assert sorted(row["ref"] for row in found["rows"]) == sorted(parcel[0] for parcel in PARCELS)
    assert found["area"] == pytest.approx(len(PARCELS) * 400, abs=0.01)
    assert found["epsg"] == 5253
    assert found["bounds"] == pytest.approx([500_000, 4_250_000, 500_080, 4_250_020], abs=0.01)
    assert "12/A" in [row["parcel_no"] for row in found["rows"]]
    assert not any(name.startswith("registry") for name in found["columns"])


@pytest.mark.parametrize("word", FILES)
def test_a_file_in_degrees_lies_where_it_should(town, word, tmp_path):  # noqa: F811
    found = read_back(town.ask("parcels", f=word).data, word, tmp_path)
    assert len(found["rows"]) == len(PARCELS)
    assert 26.9 < found["bounds"][0] < 27.1 < 38 < found["bounds"][1] < 39


@pytest.mark.parametrize("word", IN_ANY_SYSTEM)
def test_latitude_first_is_read_back_right_too(town, word, tmp_path):  # noqa: F811
    found = read_back(town.ask("parcels", f=word, crs=f"{EPSG}4326").data, word, tmp_path)
    assert found["epsg"] == 4326
    assert 26.9 < found["bounds"][0] < 27.1 < 38 < found["bounds"][1] < 39


def test_gml_writes_north_first_where_the_registry_says_so(town):  # noqa: F811
    written = town.ask("parcels", f="gml", ref="w-1", **NATIVE).text
    assert "EPSG/0/5253" in written
    first = written.partition("posList>")[2].split()[0]
    assert float(first) == pytest.approx(4_250_000, abs=25)
    assert (
        float(town.ask("parcels", f="gml", ref="w-1", crs=f"{EPSG}4326").text.partition("posList>")[2].split()[0]) > 38
    )


@pytest.mark.parametrize("word", FILES)
def test_letters_are_kept_and_nothing_is_not_zero(client, database, word, tmp_path):
    names = {"a": ('Çınarlı Ağaç, İŞÇİ "ğ"', 0), "b": ("ıüöşç", None), "c": ("ÖĞÜT", 7)}
    publish(
        database,
        WEST,
        {
            "places": [
                {"ref": ref, "name": name, "kind": "market", "capacity": capacity, "geom": point(n, 0)}
                for n, (ref, (name, capacity)) in enumerate(names.items())
            ]
        },
    )
    answer = client.get(f"/api/collections/places/items?f={word}", buffered=True)
    rows = {row["ref"]: row for row in read_back(answer.data, word, tmp_path)["rows"]}
    label = "Name" if word == "kml" else "name"
    read = {ref: (row[label], row.get("capacity") and float(row["capacity"])) for ref, row in rows.items()}
    read = {
        ref: (name, 0.0 if rows[ref].get("capacity") in (0, "0") else capacity)
        for ref, (name, capacity) in read.items()
    }
    assert read == names


@pytest.mark.parametrize("word", FILES)
def test_the_same_publish_is_the_same_file(town, word):  # noqa: F811
    first = town.ask("parcels", f=word)
    again = town.ask("parcels", f=word)
    assert first.data == again.data
    assert first.headers["ETag"] == again.headers["ETag"]
    kept = {"If-None-Match": first.headers["ETag"], "Accept-Language": "en"}
    assert town.client.get(f"/api/collections/parcels/items?f={word}", headers=kept).status_code == 304


def test_a_file_takes_questions_and_the_department_s_fields_only_for_the_department(town, signed_in, tmp_path):  # noqa: F811
    asked = {"filter": "registered_area_m2 > 100", "properties": "ref,block_no", "sortby": "-ref", **NATIVE}
    found = read_back(town.ask("parcels", f="gpkg", **asked).data, "gpkg", tmp_path)
    assert [row["ref"] for row in found["rows"]] == ["w-1", "e-1"]
    assert found["columns"] == ["uid", "ref", "block_no"]
    own = signed_in("department").get("/api/collections/parcels/items?f=gpkg", buffered=True)
    assert own.status_code == 200


def test_a_layer_without_features_is_a_file_without_rows(town, tmp_path):  # noqa: F811
    for word in ("gpkg", "fgb", "parquet"):
        answer = town.ask("parcels", f=word, ref="nobody")
        assert read_back(answer.data, word, tmp_path)["rows"] == []


def test_the_short_names_of_a_shapefile_are_explained_in_its_zip(town):  # noqa: F811
    with ZipFile(io.BytesIO(town.ask("parcels", f="shp").data)) as archive:
        assert {name.rpartition(".")[2] for name in archive.namelist()} == {"shp", "shx", "dbf", "prj", "cpg", "csv"}
        told = archive.read("parcels-fields.csv").decode("utf-8-sig").splitlines()
    assert "registered,registered_area_m2,Tapu alanı,Registered area,m²" in told


def test_kml_is_refused_in_another_system(town):  # noqa: F811
    answer = town.ask("parcels", f="kml", **NATIVE)
    assert (answer.status_code, answer.get_json()["parameter"]) == (400, "crs")

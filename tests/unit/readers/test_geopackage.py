"""GeoPackage: names, types, heights and curves, and files that are none."""

import datetime
import sqlite3

import geopandas
import numpy as np
import pandas
import pytest
import shapely

from importers.broken import UnreadableFile
from importers.gdal import pyogrio
from importers.readers.geopackage import READER
from tests.geodata import NAMES, are_the_parcels, described, is_told_as, only_layer, parcels, values


def test_records_letters_columns_and_system_are_read_and_heights_left_out(tmp_path):
    parcels(height=12.5).to_file(tmp_path / "a.gpkg")
    source, records = only_layer(READER, tmp_path / "a.gpkg")
    assert source.fields == ("ref", "mahalle", "alan", "kat")
    assert is_told_as(source, 5253)
    assert [record.line for record in records] == [1, 2, 3, 4, 5]
    assert values(records, "mahalle") == NAMES
    assert values(records, "kat") == (1, 2, None, 4, 5)
    assert are_the_parcels(records)


def test_values_keep_their_kind(tmp_path):
    frame = parcels().assign(
        day=pandas.to_datetime(["2031-04-01", None, "2031-04-03", "2031-04-04", "2031-04-05"]),
        registered=[True, False, True, True, False],
        count=np.arange(5, dtype="int64") + 2**53,
    )
    frame.to_file(tmp_path / "a.gpkg")
    _, (first, second, *_) = only_layer(READER, tmp_path / "a.gpkg")
    assert first.attributes["day"] == datetime.date(2031, 4, 1)
    assert second.attributes["day"] is None
    assert first.attributes["registered"] is True
    assert second.attributes["count"] == 2**53 + 1


def test_layers_stand_beside_each_other_and_tables_without_shapes_are_none(tmp_path):
    parcels().to_file(tmp_path / "a.gpkg", layer="parseller")
    parcels().set_geometry(parcels().geometry.centroid).to_file(tmp_path / "a.gpkg", layer="noktalar")
    pyogrio.write_dataframe(pandas.DataFrame({"a": [1]}), tmp_path / "a.gpkg", layer="notlar")
    assert {(source.name, source.geometry_type) for source in described(READER, tmp_path / "a.gpkg")} == {
        ("parseller", "Polygon"),
        ("noktalar", "Point"),
    }


def test_curves_become_lines(tmp_path):
    """An arc over a chord of 20 m, written by hand: no Python library writes curves."""
    frame = geopandas.GeoDataFrame({"ref": ["a"]}, geometry=[shapely.LineString([(0, 0), (20, 0)])], crs=5253)
    frame.to_file(tmp_path / "a.gpkg")
    arc = (
        np.array([1], "u1").tobytes()
        + np.array([8, 3], "<u4").tobytes()
        + np.array([0, 0, 10, 10, 20, 0], "<f8").tobytes()
    )
    with sqlite3.connect(tmp_path / "a.gpkg") as database:
        (written,) = database.execute("SELECT geom FROM a").fetchone()
        database.execute("DROP TRIGGER IF EXISTS rtree_a_geom_update1")
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in names:
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE a SET geom = ?", (written[:40] + arc,))
    database.close()
    _, (record,) = only_layer(READER, tmp_path / "a.gpkg")
    assert record.geometry is not None
    assert record.geometry.geom_type == "LineString"
    assert record.geometry.length == pytest.approx(np.pi * 10, rel=0.001)


def test_missing_and_empty_shapes_keep_their_line(tmp_path):
    frame = parcels()
    frame.loc[1, "geometry"] = None
    frame.loc[2, "geometry"] = shapely.Polygon()
    frame.to_file(tmp_path / "a.gpkg")
    _, records = only_layer(READER, tmp_path / "a.gpkg")
    assert [record.geometry is None or record.geometry.is_empty for record in records] == [
        False,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
def test_a_file_cut_short_is_no_shorter_file(tmp_path, share):
    path = tmp_path / "a.gpkg"
    parcels().to_file(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(UnreadableFile):
        only_layer(READER, path)


def test_an_empty_layer_is_empty(tmp_path):
    parcels().iloc[:0].to_file(tmp_path / "a.gpkg")
    source, records = only_layer(READER, tmp_path / "a.gpkg")
    assert source.count == 0
    assert records == []


def test_lines_are_counted_from_one_across_batches(tmp_path, monkeypatch):
    monkeypatch.setattr("importers.readers._ogr.AT_ONCE", 2)
    parcels().to_file(tmp_path / "a.gpkg")
    _, records = only_layer(READER, tmp_path / "a.gpkg")
    assert [record.line for record in records] == [1, 2, 3, 4, 5]

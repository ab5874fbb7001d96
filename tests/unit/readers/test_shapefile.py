"""Shapefile: four files that must agree, letters that nobody declared."""

import struct

import geopandas
import pytest
import shapely

from importers.broken import IncompleteSet, UnequalSet, UnreadableFile
from importers.readers.shapefile import READER
from tests.geodata import NAMES, are_the_parcels, is_told_as, only_layer, parcels, values


def written(folder, encoding="UTF-8", says=None):
    """A set whose table does not say how it is written, unless the .cpg does."""
    path = folder / "a.shp"
    parcels(height=3).to_file(path, encoding=encoding)
    path.with_suffix(".cpg").unlink(missing_ok=True)
    table = bytearray(path.with_suffix(".dbf").read_bytes())
    table[29] = 0  # the language mark, which many programs leave empty
    path.with_suffix(".dbf").write_bytes(table)
    if says:
        path.with_suffix(".cpg").write_text(says)
    return path


def test_records_columns_and_system_are_read_and_heights_left_out(tmp_path):
    source, records = only_layer(READER, written(tmp_path))
    assert source.fields == ("ref", "mahalle", "alan", "kat")
    assert is_told_as(source, 5253)
    assert values(records, "kat") == (1, 2, None, 4, 5)
    assert are_the_parcels(records)


@pytest.mark.parametrize("encoding", ["UTF-8", "CP1254", "ISO-8859-9", "CP857"])
def test_letters_are_read_right_though_the_file_does_not_say_how_they_are_written(tmp_path, encoding):
    source, records = only_layer(READER, written(tmp_path, encoding))
    assert values(records, "mahalle") == NAMES
    assert source.encoding.is_guessed


def test_a_wrong_word_about_the_encoding_is_not_believed(tmp_path):
    source, records = only_layer(READER, written(tmp_path, "CP1254", says="UTF-8"))
    assert values(records, "mahalle") == NAMES
    assert source.encoding.is_guessed


@pytest.mark.parametrize("says", ["857", "CP857", "cp857\r\n"])
def test_a_right_word_about_the_encoding_is_believed(tmp_path, says):
    source, records = only_layer(READER, written(tmp_path, "CP857", says))
    assert values(records, "mahalle") == NAMES
    assert not source.encoding.is_guessed


def test_a_word_that_is_no_encoding_is_not_believed(tmp_path):
    _, records = only_layer(READER, written(tmp_path, "CP1254", says="../../etc/passwd"))
    assert values(records, "mahalle") == NAMES


@pytest.mark.parametrize("missing", ["shx", "dbf"])
def test_a_set_that_lacks_a_file_says_which(tmp_path, missing):
    path = written(tmp_path)
    path.with_suffix(f".{missing}").unlink()
    with pytest.raises(IncompleteSet, match=rf"\.{missing} is missing"):
        only_layer(READER, path)


def test_without_prj_no_system_is_made_up(tmp_path):
    path = written(tmp_path)
    path.with_suffix(".prj").unlink()
    source, _ = only_layer(READER, path)
    assert source.crs is None


@pytest.mark.parametrize("rows", [3, 7])
def test_a_table_with_fewer_or_more_rows_than_shapes_is_found_out(tmp_path, rows):
    path = written(tmp_path)
    (tmp_path / "b").mkdir()
    frame = parcels()
    longer = geopandas.GeoDataFrame({**frame.drop(columns="geometry"), "geometry": frame.geometry}, crs=5253)
    while len(longer) < rows:
        longer = geopandas.pd.concat([longer, frame.iloc[:1]], ignore_index=True)
    longer.iloc[:rows].to_file(tmp_path / "b/a.shp")
    path.with_suffix(".dbf").write_bytes((tmp_path / "b/a.dbf").read_bytes())
    with pytest.raises(UnequalSet, match=f"holds 5 shapes and its .dbf {rows} rows"):
        only_layer(READER, path)


@pytest.mark.parametrize("claimed", [3, 7, 2**31 - 1])
def test_a_table_that_miscounts_its_rows_is_found_out(tmp_path, claimed):
    path = written(tmp_path)
    table = bytearray(path.with_suffix(".dbf").read_bytes())
    table[4:8] = struct.pack("<I", claimed)
    path.with_suffix(".dbf").write_bytes(table)
    with pytest.raises((UnequalSet, UnreadableFile)):
        only_layer(READER, path)


@pytest.mark.parametrize("batch", [2, 20_000])
def test_a_row_marked_as_deleted_is_left_out_as_the_sender_wants(tmp_path, monkeypatch, batch):
    monkeypatch.setattr("importers.readers._ogr.AT_ONCE", batch)
    path = written(tmp_path)
    table = bytearray(path.with_suffix(".dbf").read_bytes())
    header_bytes, row_bytes = struct.unpack("<HH", table[8:12])
    table[header_bytes + row_bytes] = ord("*")
    path.with_suffix(".dbf").write_bytes(table)
    _, records = only_layer(READER, path)
    assert values(records, "ref") == ("w-0", "w-2", "w-3", "w-4")


@pytest.mark.parametrize("part", ["shp", "shx", "dbf"])
@pytest.mark.parametrize("share", [0, 0.3, 0.9, 0.99])
def test_a_set_cut_short_is_no_shorter_set(tmp_path, part, share):
    path = written(tmp_path)
    cut = path.with_suffix(f".{part}")
    cut.write_bytes(cut.read_bytes()[: int(cut.stat().st_size * share)])
    if (part, share) == ("shp", 0):
        assert not READER.sniff(path, b"")
        return
    with pytest.raises((UnequalSet, UnreadableFile)):
        only_layer(READER, path)


def test_a_null_shape_keeps_its_line(tmp_path):
    frame = parcels()
    frame.loc[2, "geometry"] = None
    frame.to_file(tmp_path / "a.shp")
    _, records = only_layer(READER, tmp_path / "a.shp")
    assert [record.geometry is None for record in records] == [False, False, True, False, False]


def test_holes_and_parts_come_back_whole(tmp_path):
    ringed = shapely.box(0, 0, 10, 10).difference(shapely.box(4, 4, 6, 6))
    parted = shapely.MultiPolygon([shapely.box(20, 0, 30, 10), shapely.box(40, 0, 50, 10)])
    geopandas.GeoDataFrame({"ref": ["a", "b"]}, geometry=[ringed, parted], crs=5253).to_file(tmp_path / "a.shp")
    _, (first, second) = only_layer(READER, tmp_path / "a.shp")
    assert first.geometry.equals(ringed)
    assert second.geometry.equals(parted)

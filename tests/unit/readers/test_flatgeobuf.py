"""FlatGeobuf: one layer, with and without an index."""

import struct

import pytest

from importers.broken import UnreadableFile
from importers.readers.flatgeobuf import READER
from tests.geodata import NAMES, are_the_parcels, is_told_as, only_layer, parcels, values


@pytest.mark.parametrize("has_index", ["YES", "NO"])
def test_records_letters_columns_and_system_are_read_and_heights_left_out(tmp_path, has_index):
    parcels(height=3).to_file(tmp_path / "a.fgb", SPATIAL_INDEX=has_index)
    source, records = only_layer(READER, tmp_path / "a.fgb")
    assert source.fields == ("ref", "mahalle", "alan", "kat")
    assert is_told_as(source, 5253)
    assert set(values(records, "mahalle")) == set(NAMES)
    assert [record.line for record in records] == [1, 2, 3, 4, 5]
    assert are_the_parcels(records)


@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
def test_a_file_cut_short_is_no_shorter_file(tmp_path, share):
    path = tmp_path / "a.fgb"
    parcels().to_file(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(UnreadableFile):
        only_layer(READER, path)


@pytest.mark.parametrize("claimed", [3, 7, 2**40])
def test_a_header_that_miscounts_is_found_out(tmp_path, claimed):
    path = tmp_path / "a.fgb"
    parcels().to_file(path, SPATIAL_INDEX="NO")
    content = bytearray(path.read_bytes())
    header_bytes = struct.unpack("<I", content[8:12])[0]
    at = content.rindex(struct.pack("<Q", 5), 12, 12 + header_bytes)
    content[at : at + 8] = struct.pack("<Q", claimed)
    path.write_bytes(content)
    with pytest.raises(UnreadableFile):
        only_layer(READER, path)


def test_an_empty_layer_is_empty(tmp_path):
    parcels().iloc[:0].to_file(tmp_path / "a.fgb", SPATIAL_INDEX="NO")
    source, records = only_layer(READER, tmp_path / "a.fgb")
    assert source.count == 0
    assert records == []

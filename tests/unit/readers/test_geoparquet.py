"""GeoParquet: column types of its own, coordinate system as PROJJSON."""

import datetime
import decimal

import pandas
import pyarrow
import pyarrow.parquet
import pytest

from importers.broken import UnreadableFile
from importers.readers.geoparquet import READER
from tests.geodata import NAMES, are_the_parcels, described, is_told_as, only_layer, parcels, values


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0"])
def test_records_letters_columns_and_system_are_read_and_heights_left_out(tmp_path, version):
    parcels(height=3).to_parquet(tmp_path / "a.parquet", schema_version=version)
    source, records = only_layer(READER, tmp_path / "a.parquet")
    assert source.fields == ("ref", "mahalle", "alan", "kat")
    assert is_told_as(source, 5253)
    assert values(records, "mahalle") == NAMES
    assert values(records, "kat") == (1, 2, None, 4, 5)
    assert are_the_parcels(records)


def test_missing_numbers_and_rich_values_become_what_a_report_can_show(tmp_path):
    frame = parcels().assign(
        when=pandas.to_datetime(["2031-04-01"] * 5),
        price=[decimal.Decimal("12.50")] * 5,
        tags=[["a", "b"]] * 5,
    )
    frame.to_parquet(tmp_path / "a.parquet")
    _, (first, *_) = only_layer(READER, tmp_path / "a.parquet")
    assert first.attributes["when"] == datetime.datetime(2031, 4, 1)  # noqa: DTZ001
    assert first.attributes["price"] == decimal.Decimal("12.50")
    assert first.attributes["tags"] == '["a", "b"]'


def test_a_file_that_names_no_system_is_in_degrees(tmp_path):
    parcels().to_crs("OGC:CRS84").to_parquet(tmp_path / "a.parquet")
    (source,) = described(READER, tmp_path / "a.parquet")
    assert "CRS84" in (source.crs or "")


def test_a_table_without_shapes_has_no_layer(tmp_path):
    pyarrow.parquet.write_table(pyarrow.table({"a": [1]}), tmp_path / "a.parquet")
    assert described(READER, tmp_path / "a.parquet") == ()


def test_columns_of_one_name_are_refused(tmp_path):
    parcels().to_parquet(tmp_path / "b.parquet")
    table = pyarrow.parquet.read_table(tmp_path / "b.parquet")
    twice = table.append_column("ref", table.column("ref"))
    pyarrow.parquet.write_table(twice, tmp_path / "a.parquet")
    with pytest.raises(UnreadableFile):
        only_layer(READER, tmp_path / "a.parquet")


@pytest.mark.parametrize("share", [0.3, 0.9, 0.999])
def test_a_file_cut_short_is_no_shorter_file(tmp_path, share):
    path = tmp_path / "a.parquet"
    parcels().to_parquet(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(UnreadableFile):
        only_layer(READER, path)

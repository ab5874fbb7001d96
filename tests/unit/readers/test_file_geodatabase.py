"""File geodatabase: a folder of tables that GDAL knows by its ending."""

import pytest

from importers.broken import UnreadableFile
from importers.readers.file_geodatabase import READER
from tests.geodata import NAMES, are_the_parcels, described, is_told_as, only_layer, parcels, values

FIRST_TABLE = "a00000001.gdbtable"


def test_records_letters_columns_and_system_are_read_and_heights_left_out(tmp_path):
    parcels(height=3).to_file(tmp_path / "kadastro.gdb", driver="OpenFileGDB", layer="parseller")
    source, records = only_layer(READER, tmp_path / "kadastro.gdb" / FIRST_TABLE)
    assert source.name == "parseller"
    assert source.fields == ("ref", "mahalle", "alan", "kat")
    assert is_told_as(source, 5253)
    assert values(records, "mahalle") == NAMES
    assert are_the_parcels(records)


def test_feature_classes_stand_beside_each_other(tmp_path):
    folder = tmp_path / "kadastro.gdb"
    parcels().to_file(folder, driver="OpenFileGDB", layer="parseller")
    parcels().to_file(folder, driver="OpenFileGDB", layer="adalar")
    assert {source.name for source in described(READER, folder / FIRST_TABLE)} == {"parseller", "adalar"}


def test_only_the_list_of_tables_stands_for_the_folder(tmp_path):
    folder = tmp_path / "kadastro.gdb"
    parcels().to_file(folder, driver="OpenFileGDB")
    known = [path.name for path in folder.iterdir() if READER.sniff(path, path.read_bytes()[:4096])]
    assert known == [FIRST_TABLE]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_table_cut_short_is_no_shorter_table(tmp_path, share):
    folder = tmp_path / "kadastro.gdb"
    parcels().to_file(folder, driver="OpenFileGDB")
    table = max(folder.glob("*.gdbtable"), key=lambda path: path.name)
    table.write_bytes(table.read_bytes()[: int(table.stat().st_size * share)])
    with pytest.raises(UnreadableFile):
        only_layer(READER, folder / FIRST_TABLE)

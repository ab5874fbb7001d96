"""KML: placemarks, folders, extended data."""

import pytest

from importers.broken import UnreadableFile
from importers.readers.kml import READER
from tests.geodata import NAMES, are_the_parcels, described, is_told_as, only_layer, parcels, values

PLACEMARK = """<Placemark id="p1"><name>101/5</name><description>Bağlar</description><Polygon><outerBoundaryIs>
<LinearRing><coordinates>27,38,5 27.001,38,5 27.001,38.001,5 27,38,5</coordinates></LinearRing></outerBoundaryIs>
</Polygon></Placemark>"""


def kml(*folders: str) -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{"".join(folders)}</Document></kml>""".encode()


def test_records_letters_and_extended_data_are_read_and_heights_left_out(tmp_path):
    parcels(height=3).to_crs(4326).to_file(tmp_path / "a.kml", driver="LIBKML")
    source, records = only_layer(READER, tmp_path / "a.kml")
    assert source.fields == ("Name", "description", "ref", "mahalle", "alan", "kat")
    assert is_told_as(source, 4326)
    assert values(records, "mahalle") == NAMES
    assert are_the_parcels(records, within=1e-8, srid=4326)


def test_the_words_beside_a_placemark_are_columns_and_how_it_is_drawn_is_none(tmp_path):
    (tmp_path / "a.kml").write_bytes(kml(PLACEMARK))
    source, (record,) = only_layer(READER, tmp_path / "a.kml")
    assert source.fields == ("Name", "description")
    assert dict(record.attributes) == {"Name": "101/5", "description": "Bağlar"}
    assert record.geometry is not None
    assert not record.geometry.has_z


def test_each_folder_is_a_layer(tmp_path):
    (tmp_path / "a.kml").write_bytes(
        kml(f"<Folder><name>Ada</name>{PLACEMARK}</Folder>", f"<Folder><name>Parsel</name>{PLACEMARK * 2}</Folder>")
    )
    assert {source.name: source.count for source in described(READER, tmp_path / "a.kml")} == {"Ada": 1, "Parsel": 2}


@pytest.mark.parametrize("share", [0.5, 0.9, 0.999])
def test_a_file_cut_short_is_no_shorter_file(tmp_path, share):
    content = kml(PLACEMARK * 10)
    (tmp_path / "a.kml").write_bytes(content[: int(len(content) * share)])
    with pytest.raises(UnreadableFile):
        only_layer(READER, tmp_path / "a.kml")

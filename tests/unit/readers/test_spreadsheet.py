"""Workbooks: each sheet is a list; numbers come as numbers."""

import datetime

import openpyxl
import pytest
import shapely

from importers.broken import UnreadableCell, UnreadableFile
from importers.readers.spreadsheet import READER
from tests.geodata import NAMES, SOUTH, WEST, described, records_of, values

SQUARE = shapely.box(WEST, SOUTH, WEST + 20, SOUTH + 20)
CORNERS = ((500000.0, 4250000.0), (500020.0, 4250000.0), (500020.0, 4250020.0), (500000.0, 4250020.0))
HEADER = ("No", "Y", "X", "Z", "Ada", "Parsel")


def workbook(folder, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def corners(parcel):
    return [(n, y, x, 12.5, 101, parcel) for n, (y, x) in enumerate(CORNERS, start=1)]


def read(path, shape="Polygon"):
    (source,) = [source for source in described(READER, path) if source.geometry_type == shape]
    records = records_of(READER, path, source)
    assert len(records) == source.count
    return source, records


def test_corners_of_a_parcel_become_its_outline_and_heights_are_left_out(tmp_path):
    source, (first, second) = read(workbook(tmp_path, liste=[HEADER, *corners(5), *corners(6)]))
    assert source.fields == ("Ada", "Parsel")
    assert first.geometry.equals(SQUARE)
    assert not first.geometry.has_z
    assert (first.line, second.line) == (2, 6)
    assert second.attributes["Parsel"] == 6


def test_what_is_said_once_holds_for_the_rows_below(tmp_path):
    rows = [row if n % 4 == 0 else (*row[:4], None, None) for n, row in enumerate([*corners(5), *corners(6)])]
    _, records = read(workbook(tmp_path, liste=[HEADER, *rows]))
    assert values(records, "Parsel") == (5, 6)
    assert all(record.geometry.equals(SQUARE) for record in records)


def test_rows_and_titles_above_the_header_are_passed_over(tmp_path):
    path = workbook(tmp_path, liste=[("Koordinat özet çizelgesi",), (), ("Ada", 101, "Parsel", 5), HEADER, *corners(7)])
    _, (record,) = read(path)
    assert record.geometry.equals(SQUARE)
    assert record.line == 5


def test_each_sheet_is_a_layer_of_its_own_and_one_without_places_is_none(tmp_path):
    path = workbook(tmp_path, bir=[HEADER, *corners(5)], iki=[HEADER, *corners(6)], not_=[("yalnızca metin",)])
    assert {source.name.split(":")[0] for source in described(READER, path)} == {"bir", "iki"}


def test_points_keep_letters_and_dates(tmp_path):
    day = datetime.date(2031, 4, 1)
    rows = [(name, day, 500000.5 + n, 4250000.25) for n, name in enumerate(NAMES)]
    _, records = read(workbook(tmp_path, noktalar=[("Adı", "Tarih", "Y", "X"), *rows]), "Point")
    assert values(records, "Adı") == NAMES
    assert values(records, "Tarih") == (day,) * 5
    assert records[0].geometry.equals(shapely.Point(500000.5, 4250000.25))


def test_shapes_as_wkt_are_read(tmp_path):
    path = workbook(tmp_path, wkt=[("ref", "geom"), ("a", SQUARE.wkt), ("b", None)])
    (source,) = described(READER, path)
    first, second = records_of(READER, path, source)
    assert first.geometry.equals(SQUARE)
    assert second.geometry is None


def test_a_coordinate_that_is_no_number_is_told_with_its_line(tmp_path):
    rows = corners(5)
    rows[2] = (3, "yok", 4250020.0, 12.5, 101, 5)
    with pytest.raises(UnreadableCell, match="In line 4, “yok” in column Y"):
        read(workbook(tmp_path, liste=[HEADER, *rows]))


@pytest.mark.parametrize("share", [0.3, 0.9, 0.99])
def test_a_file_cut_short_is_no_shorter_file(tmp_path, share):
    path = workbook(tmp_path, liste=[HEADER, *corners(5)])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(UnreadableFile):
        read(path)

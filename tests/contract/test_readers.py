"""Every reader reads its sample, and the process apart says the same as the reader itself."""

from pathlib import Path

import ezdxf
import openpyxl
import pytest

from importers.apart.room import ReadingRoom
from importers.file_layers import known_readers
from tests.geodata import LETTERS, NAMES, SOUTH, WEST, parcels, records_of


def _drawn(path: Path) -> None:
    document = ezdxf.new("R2010")
    space = document.modelspace()
    for number, (name, shape) in enumerate(zip(NAMES, parcels().geometry, strict=True)):
        space.add_lwpolyline(list(shape.exterior.coords), close=True, dxfattribs={"layer": "PARSEL"})
        label = space.add_text(name, height=1, dxfattribs={"layer": "MAHALLE"})
        label.set_placement((WEST + 5 + 20 * number, SOUTH + 10))
    document.saveas(path)


def _rows() -> list[tuple[object, ...]]:
    corners = [
        (name, x, y) for name, shape in zip(NAMES, parcels().geometry, strict=True) for x, y in shape.exterior.coords
    ]
    return [("MAHALLE", "Y", "X"), *corners]


def _listed(path: Path) -> None:
    path.write_text("\n".join(";".join(map(str, row)) for row in _rows()), encoding="utf-8")


def _in_a_workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in _rows():
        book.active.append(row)
    book.save(path)


def _in_a_geodatabase(path: Path) -> None:
    parcels().to_file(path.parent, driver="OpenFileGDB", layer="parseller")


def _walked(path: Path) -> None:
    points = parcels()[["mahalle", "geometry"]].rename(columns={"mahalle": "name"})
    points.geometry = points.geometry.centroid
    points.to_crs(4326).to_file(path, driver="GPX", layer="waypoints")


SAMPLES = {
    "delimited": ("a.csv", _listed),
    "dxf": ("a.dxf", _drawn),
    "file_geodatabase": ("a.gdb/a00000001.gdbtable", _in_a_geodatabase),
    "flatgeobuf": ("a.fgb", lambda path: parcels().to_file(path)),
    "geojson": ("a.geojson", lambda path: parcels().to_file(path)),
    "geopackage": ("a.gpkg", lambda path: parcels().to_file(path)),
    "geoparquet": ("a.parquet", lambda path: parcels().to_parquet(path)),
    "gml": ("a.gml", lambda path: parcels().to_file(path, driver="GML")),
    "gpx": ("a.gpx", _walked),
    "kml": ("a.kml", lambda path: parcels().to_crs(4326).to_file(path, driver="LIBKML")),
    "mapinfo": ("a.mif", lambda path: parcels().to_file(path, driver="MapInfo File", encoding="CP1254")),
    "shapefile": ("a.shp", lambda path: parcels().to_file(path, encoding="CP1254")),
    "spreadsheet": ("a.xlsx", _in_a_workbook),
}


def test_there_is_a_sample_for_each_reader():
    assert sorted(SAMPLES) == [reader.id for reader in known_readers()]


@pytest.mark.parametrize("reader", known_readers(), ids=lambda reader: reader.id)
def test_the_process_apart_says_what_the_reader_says(tmp_path, reader):
    name, write = SAMPLES[reader.id]
    path = tmp_path / name
    write(path)
    room = ReadingRoom(tmp_path)
    assert reader.sniff(path, path.read_bytes()[:4096])
    sources = room.describe(reader, path, LETTERS)
    assert sources == reader.describe(path, LETTERS)
    (source,) = [source for source in sources if "Polygon" in (source.geometry_type or "") or len(sources) == 1]
    told = list(room.records(reader, path, source))
    room.close()
    assert len(told) == source.count == len(NAMES)
    assert set(NAMES) <= {value for record in told for value in record.attributes.values()}
    assert told == records_of(reader, path, source)

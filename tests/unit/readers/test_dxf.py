"""DXF: closed polylines are outlines, texts inside them are their columns."""

import ezdxf
import pytest
import shapely

from importers.broken import UnreadableFile
from importers.readers.dxf import READER
from tests.geodata import SOUTH, WEST, described, records_of, values

SQUARE = [(WEST, SOUTH), (WEST + 20, SOUTH), (WEST + 20, SOUTH + 20), (WEST, SOUTH + 20)]
OUTLINES, NUMBERS, BLOCKS = "B_YENİ_PARSEL", "B_YENİ_PARSEL_NO", "B_ADA_NO"


def square(column):
    return [(x + 20 * column, y) for x, y in SQUARE]


def drawing(folder, draw, version="R2010", encoding=None):
    document = ezdxf.new(version)
    if encoding:
        document.encoding = encoding
    draw(document.modelspace())
    document.saveas(folder / "a.dxf")
    return folder / "a.dxf"


def read(path, name):
    (source,) = [source for source in described(READER, path) if source.name == name]
    records = records_of(READER, path, source)
    assert len(records) == source.count
    return source, records


def two_parcels(space):
    for column in range(2):
        space.add_polyline2d(square(column), close=True, dxfattribs={"layer": OUTLINES})
        space.add_text(str(5 + column), height=1, dxfattribs={"layer": NUMBERS}).set_placement(
            (WEST + 10 + 20 * column, SOUTH + 10)
        )
    space.add_text("101", height=2, dxfattribs={"layer": BLOCKS}).set_placement((WEST + 5, SOUTH + 3))
    space.add_line((0, 0), (5, 5), dxfattribs={"layer": "B_YOL_DERE"})


@pytest.mark.parametrize("version", ["R12", "R2000", "R2010", "R2018"])
def test_texts_inside_an_outline_become_its_columns(tmp_path, version):
    source, (first, second) = read(drawing(tmp_path, two_parcels, version), OUTLINES)
    assert (source.geometry_type, source.crs) == ("Polygon", None)
    assert set(source.fields) == {"layer", NUMBERS, BLOCKS}
    assert first.geometry.equals(shapely.Polygon(SQUARE))
    assert (first.attributes[NUMBERS], first.attributes[BLOCKS]) == ("5", "101")
    assert second.attributes[NUMBERS] == "6"
    assert second.attributes.get(BLOCKS) is None


def test_a_layer_for_each_layer_that_holds_shapes(tmp_path):
    sources = described(READER, drawing(tmp_path, two_parcels))
    assert {source.name: source.geometry_type for source in sources} == {
        OUTLINES: "Polygon",
        "B_YOL_DERE": "LineString",
    }


def test_a_number_with_a_stroke_is_block_and_parcel(tmp_path):
    def draw(space):
        space.add_lwpolyline(SQUARE, close=True, dxfattribs={"layer": "P"})
        space.add_mtext("101/5", dxfattribs={"layer": "YAZI", "insert": (WEST + 10, SOUTH + 10), "char_height": 1})

    source, (record,) = read(drawing(tmp_path, draw), "P")
    assert {"ada", "parsel"} <= set(source.fields)
    assert (record.attributes["ada"], record.attributes["parsel"]) == ("101", "5")


def test_a_text_belongs_to_the_smallest_outline_around_it(tmp_path):
    def draw(space):
        block = [(WEST - 50, SOUTH - 50), (WEST + 90, SOUTH - 50), (WEST + 90, SOUTH + 90), (WEST - 50, SOUTH + 90)]
        space.add_lwpolyline(block, close=True, dxfattribs={"layer": "P"})
        space.add_lwpolyline(SQUARE, close=True, dxfattribs={"layer": "P"})
        space.add_text("5", height=1, dxfattribs={"layer": "NO"}).set_placement((WEST + 10, SOUTH + 10))

    _, (around, inside) = read(drawing(tmp_path, draw), "P")
    assert around.attributes.get("NO") is None
    assert inside.attributes["NO"] == "5"


@pytest.mark.parametrize("encoding", ["cp1254", "utf-8"])
def test_letters_are_read_as_the_drawing_says(tmp_path, encoding):
    def draw(space):
        space.add_lwpolyline(SQUARE, close=True, dxfattribs={"layer": "Ş"})
        space.add_text("Çınaraltı", height=1, dxfattribs={"layer": "MAHALLE"}).set_placement((WEST + 8, SOUTH + 8))

    _, (record,) = read(drawing(tmp_path, draw, "R2000" if encoding == "cp1254" else "R2010", encoding), "Ş")
    assert record.attributes["MAHALLE"] == "Çınaraltı"


def test_old_polylines_arcs_and_bulges_become_outlines_without_heights(tmp_path):
    def draw(space):
        space.add_polyline3d([(x, y, 12) for x, y in square(0)], close=True, dxfattribs={"layer": "P"})
        space.add_lwpolyline([(0, 0, 0, 0, 1), (20, 0, 0, 0, 1)], close=True, dxfattribs={"layer": "P"})
        space.add_circle((100, 100), 10, dxfattribs={"layer": "P"})

    _, (old, bulged, circle) = read(drawing(tmp_path, draw), "P")
    assert old.geometry.equals(shapely.Polygon(SQUARE))
    assert not old.geometry.has_z
    assert bulged.geometry.area == pytest.approx(314.16, rel=0.005)
    assert circle.geometry.area == pytest.approx(314.16, rel=0.005)


def test_a_polyline_that_ends_where_it_begins_is_closed_and_an_open_one_is_a_line(tmp_path):
    def draw(space):
        space.add_lwpolyline([*SQUARE, SQUARE[0]], dxfattribs={"layer": "P"})
        space.add_lwpolyline(square(1), dxfattribs={"layer": "P"})
        space.add_lwpolyline(square(2), close=True, dxfattribs={"layer": "P"})

    source, records = read(drawing(tmp_path, draw), "P")
    assert source.geometry_type == "Polygon"
    assert [record.geometry.geom_type for record in records] == ["Polygon", "LineString", "Polygon"]


def test_blocks_with_attributes_are_points_with_columns(tmp_path):
    def draw(space):
        space.doc.blocks.new("ROGAR")
        manhole = space.add_blockref("ROGAR", (WEST, SOUTH), dxfattribs={"layer": "KANAL"})
        manhole.add_attrib("KOT", "12.5", (WEST, SOUTH))

    source, (record,) = read(drawing(tmp_path, draw), "KANAL")
    assert source.geometry_type == "Point"
    assert record.geometry.equals(shapely.Point(WEST, SOUTH))
    assert record.attributes["KOT"] == "12.5"
    assert "KOT" in source.fields


def test_a_drawing_of_texts_only_has_no_layer(tmp_path):
    assert described(READER, drawing(tmp_path, lambda space: space.add_text("5"))) == ()


@pytest.mark.parametrize("share", [0.5, 0.9, 0.995])
def test_a_drawing_cut_short_is_no_shorter_drawing(tmp_path, share):
    path = drawing(tmp_path, two_parcels)
    content = path.read_bytes().rstrip()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(UnreadableFile):
        described(READER, path)


def test_numbers_stay_texts_and_lines_are_counted(tmp_path):
    _, records = read(drawing(tmp_path, two_parcels), OUTLINES)
    assert values(records, NUMBERS) == ("5", "6")
    assert [record.line for record in records] == [1, 2]

"""CSV and text: corner lists as surveying programs print them, points, shapes as WKT."""

import pytest
import shapely

from importers.broken import UnreadableCell
from importers.readers.delimited import READER
from tests.geodata import NAMES, SOUTH, WEST, described, only_layer, records_of, values

SQUARE = shapely.box(WEST, SOUTH, WEST + 20, SOUTH + 20)
NEXT = shapely.box(WEST + 20, SOUTH, WEST + 40, SOUTH + 20)
CORNERS = ((500000, 4250000), (500020, 4250000), (500020, 4250020), (500000, 4250020))
BESIDE = tuple((x + 20, y) for x, y in CORNERS)


def read(folder, text, shape="Polygon", encoding="utf-8", name="liste.csv"):
    """The list as the kind of shape that a layer wants."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    sources = described(READER, path)
    (source,) = [source for source in sources if source.geometry_type == shape]
    records = records_of(READER, path, source)
    assert len(records) == source.count
    return source, records


def listed(separator=";", header="", number=str, corners=(*CORNERS, *BESIDE)):
    """`No;Y;X` of two parcels, ada and parsel behind it."""
    rows = [
        separator.join((str(n), number(y), number(x), "101", "5" if n <= 4 else "6"))
        for n, (y, x) in enumerate(corners, start=1)
    ]
    return "\n".join([header, *rows] if header else rows) + "\n"


def with_header(separator=";"):
    return separator.join(("Nokta No", "Y (Sağa)", "X (Yukarı)", "Ada", "Parsel"))


def comma(value):
    return f"{value:.3f}".replace(".", ",")


def turkish(value):
    return f"{value:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")


def english(value):
    return f"{value:,.2f}"


@pytest.mark.parametrize("separator", [";", "\t", "|", ","])
def test_corners_of_a_parcel_become_its_outline_whatever_parts_them(tmp_path, separator):
    source, (first, second) = read(tmp_path, listed(separator, with_header(separator)))
    assert source.fields == ("Ada", "Parsel")
    assert first.geometry.equals(SQUARE)
    assert second.geometry.equals(NEXT)
    assert dict(second.attributes) == {"Ada": "101", "Parsel": "6"}
    assert (first.line, second.line) == (2, 6)


@pytest.mark.parametrize("number", [comma, turkish, english])
def test_numbers_are_read_as_surveyors_write_them(tmp_path, number):
    _, (first, second) = read(tmp_path, listed(";", with_header(), number))
    assert first.geometry.equals(SQUARE)
    assert second.geometry.equals(NEXT)


@pytest.mark.parametrize(
    "header",
    ["No;Y;X;ada;parsel", "NOKTA NO;SAĞA DEĞER;YUKARI DEĞER;ADA;PARSEL", "Point;Easting;Northing;block;parcel"],
)
def test_headers_may_be_turkish_or_english(tmp_path, header):
    _, (first, _) = read(tmp_path, listed(header=header))
    assert first.geometry.equals(SQUARE)


def test_where_the_easting_is_called_x_the_numbers_decide(tmp_path):
    _, (first, _) = read(tmp_path, listed(header="No;X;Y;ada;parsel"))
    assert first.geometry.equals(SQUARE)


@pytest.mark.parametrize("separator", [";", " ", "   ", "\t", ","])
def test_a_list_without_header_is_told_by_its_numbers(tmp_path, separator):
    rows = "\n".join(separator.join((f"P{n}", f"{y}.00", f"{x}.00", "12.5")) for n, (y, x) in enumerate(CORNERS))
    _, (record,) = read(tmp_path, rows, name="liste.ncn")
    assert record.geometry.equals(SQUARE)
    assert record.line == 1


@pytest.mark.parametrize("title", ["Ada: {} Parsel: {}", "ADA NO {} PARSEL NO {}", "{}/{}", "{} ada {} parsel"])
def test_a_title_above_the_corners_names_the_parcel(tmp_path, title):
    def block(parcel, corners):
        return title.format(101, parcel) + "\n" + "\n".join(f"{n};{y};{x}" for n, (y, x) in enumerate(corners))

    _, (first, second) = read(tmp_path, f"No;Y;X\n{block(5, CORNERS)}\n\n{block(6, BESIDE)}\n")
    assert (first.attributes["ada"], first.attributes["parsel"]) == ("101", "5")
    assert second.attributes["parsel"] == "6"
    assert second.geometry.equals(NEXT)


def test_an_empty_row_parts_two_outlines(tmp_path):
    rows = "\n\n".join("\n".join(f"{n};{y};{x}" for n, (y, x) in enumerate(corners)) for corners in (CORNERS, BESIDE))
    _, (first, second) = read(tmp_path, f"No;Y;X\n{rows}\n")
    assert first.geometry.equals(SQUARE)
    assert second.geometry.equals(NEXT)


def test_the_first_corner_may_be_repeated_at_the_end(tmp_path):
    rows = "\n".join(f"{n};{y};{x}" for n, (y, x) in enumerate((*CORNERS, CORNERS[0])))
    _, (record,) = read(tmp_path, f"No;Y;X\n{rows}\n")
    assert record.geometry.equals(SQUARE)


def test_two_corners_are_no_outline_and_keep_their_line(tmp_path):
    _, (record,) = read(tmp_path, listed(header=with_header(), corners=CORNERS[:2]))
    assert record.geometry is None
    assert record.line == 2


@pytest.mark.parametrize("wrong", ["5oo000", "", "-", "500000;"])
def test_a_coordinate_that_is_no_number_is_told_with_its_line(tmp_path, wrong):
    text = listed(header=with_header()).replace("3;500020;4250020", f"3;{wrong};4250020".replace(";;", ";x;"))
    with pytest.raises(UnreadableCell, match="In line 4"):
        read(tmp_path, text)


def test_points_keep_their_columns(tmp_path):
    text = "ADI;ENLEM;BOYLAM\n" + "\n".join(f"{name};38,{n}1;27,{n}2" for n, name in enumerate(NAMES))
    source, records = read(tmp_path, text, "Point")
    assert source.fields == ("ADI",)
    assert values(records, "ADI") == NAMES
    assert records[1].geometry.equals(shapely.Point(27.12, 38.11))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1254", "iso-8859-9", "cp857"])
def test_letters_are_told_by_the_letters_of_the_place(tmp_path, encoding):
    text = "ADI;Y;X\n" + "\n".join(f"{name};{500000 + n};4250000" for n, name in enumerate(NAMES))
    source, records = read(tmp_path, text, "Point", encoding)
    assert values(records, "ADI") == NAMES
    assert source.encoding.is_guessed == (not encoding.startswith("utf"))


def test_shapes_as_wkt_are_read_with_commas_and_line_breaks_in_cells(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        f'ref,note,geom\na,"one, two\nthree",SRID=5253;{SQUARE.wkt}\nb,,"{NEXT.wkt}"\n'.replace(
            f"SRID=5253;{SQUARE.wkt}", f'"SRID=5253;{SQUARE.wkt}"'
        )
    )
    source, (first, second) = only_layer(READER, path)
    assert (source.fields, source.geometry_type) == (("ref", "note"), "Polygon")
    assert first.attributes["note"] == "one, two\nthree"
    assert first.geometry.equals(SQUARE)
    assert second.geometry.equals(NEXT)


def test_a_wkt_that_cannot_be_read_keeps_its_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"ref;geom\na;{SQUARE.wkt}\nb;POLYGON((1 2\nc;\n")
    _, records = only_layer(READER, path)
    assert [record.geometry is None for record in records] == [False, True, True]
    assert [record.line for record in records] == [2, 3, 4]


def test_a_curve_in_a_list_keeps_its_line_and_does_not_stop_the_file(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'ref;geom\na;{SQUARE.wkt}\nb;"CURVEPOLYGON (CIRCULARSTRING (0 0,2 0,2 1,2 3,0 0))"\n')
    _, records = only_layer(READER, path)
    assert [record.geometry is None for record in records] == [False, True]


def test_heights_of_wkt_are_left_out(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("ref;geom\na;POINT Z (500000 4250000 12)\n")
    _, (record,) = only_layer(READER, path)
    assert not record.geometry.has_z


def test_headers_of_one_name_stay_apart(tmp_path):
    source, _ = read(tmp_path, "ad;ad;;Y;X\n" + "\n".join(f"a;b;c;{y};{x}" for y, x in CORNERS))
    assert source.fields == ("ad", "ad (2)", "column 3")


def test_a_list_that_says_no_place_has_no_layer(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("ad;soyad\nAyşe;Yılmaz\n")
    assert described(READER, path) == ()


def test_nothing_at_all_has_no_layer(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("\n")
    assert described(READER, path) == ()

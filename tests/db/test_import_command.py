"""`gis import` and `gis changeset` as an operator uses them."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas
import openpyxl
import pytest
import shapely
from click.testing import CliRunner, Result

from gisserver.cli import GIS
from tests.importing import TEST_PROFILE, Desk, feature, geojson, open_desk, parcel
from tests.worlds import square

Gis = Callable[..., Result]


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


@pytest.fixture
def gis(database, tmp_path, monkeypatch) -> Gis:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIS_DATABASE_URL", database.worker.replace("gis_worker@", "postgres@"))
    monkeypatch.setenv("GIS_PROFILE", str(TEST_PROFILE))
    return lambda *words: CliRunner().invoke(GIS, [str(word) for word in words])


def file(folder: Path, *features) -> Path:
    path = folder / "edits.geojson"
    path.write_bytes(geojson(features, 5253))
    return path


def test_a_file_is_published_in_one_command(gis, desk, tmp_path):
    sent = file(tmp_path, parcel("w-1", 0, 0), parcel("w-2", 1, 0))
    result = gis("import", sent, "--layer", "parcels", "--district", "batı", "--publish")
    assert result.exit_code == 0, result.output
    assert "2 records: 2 new, 0 changed, 0 unchanged, 0 refused; 0 features end." in result.output
    assert "is published, epoch 1." in result.output
    assert len(desk.rows("SELECT 1 FROM pool.parcels")) == 2


def test_a_dry_run_keeps_nothing(gis, desk, tmp_path):
    sent = file(tmp_path, parcel("w-1", 0, 0))
    result = gis("import", sent, "--layer", "parcels", "--district", 1, "--publish", "--dry-run", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["state"] == "tried"
    for table in ("inbox.upload", "inbox.changeset", "pool.parcels", "jobs.procrastinate_jobs"):
        assert desk.rows(f"SELECT 1 FROM {table}") == [], table


def test_refused_records_stop_it_until_they_are_left_out(gis, desk, tmp_path):
    sent = file(tmp_path, parcel("w-1", 0, 0), feature("w-2", None))
    result = gis("import", sent, "--layer", "parcels", "--district", 1, "--publish", "--language", "tr")
    assert result.exit_code == 1
    assert "2. satır, w-2: Bu kaydın geometrisi yok" in result.output
    assert desk.rows("SELECT state FROM inbox.changeset")[0].state == "checked"
    result = gis("import", sent, "--layer", "parcels", "--district", 1, "--publish", "--leave-out-refused")
    assert result.exit_code == 0, result.output
    assert len(desk.rows("SELECT 1 FROM pool.parcels")) == 1


def test_a_file_that_cannot_be_read_says_why(gis, tmp_path):
    (tmp_path / "plan.dwg").write_bytes(b"AC1027")
    result = gis("import", tmp_path / "plan.dwg", "--layer", "parcels", "--district", 1)
    assert result.exit_code == 1
    assert "Save it as a text (ASCII) DXF" in result.output


@pytest.mark.parametrize(
    ("layer", "district", "said"),
    [("trees", "1", "There is no layer 'trees'"), ("parcels", "North", "it has Batı, Doğu")],
)
def test_wrong_use_is_answered_with_the_right_choices(gis, tmp_path, layer, district, said):
    result = gis("import", file(tmp_path, parcel("w-1", 0, 0)), "--layer", layer, "--district", district)
    assert result.exit_code == 2
    assert said in result.output


def test_a_database_that_does_not_answer_is_its_own_exit_code(gis, tmp_path, monkeypatch):
    monkeypatch.setenv("GIS_DATABASE_URL", f"postgresql://nobody@/gis?host={tmp_path}")
    result = gis("import", file(tmp_path, parcel("w-1", 0, 0)), "--layer", "parcels", "--district", 1)
    assert result.exit_code == 3


def test_a_changeset_goes_its_way_step_by_step(gis, desk, tmp_path):
    gis("import", file(tmp_path, parcel("w-1", 0, 0)), "--layer", "parcels", "--district", 1)
    assert gis("changeset", "publish", 1).exit_code == 1
    for step, state in (("submit", "submitted"), ("accept", "accepted"), ("publish", "published")):
        result = gis("changeset", step, 1, "--json")
        assert json.loads(result.output)["state"] == state
    assert "published" in gis("changeset", "list", "--state", "published").output
    shown = gis("changeset", "show", 1).output
    assert "1 insert" in shown
    assert "accepted → published" in shown
    undone = json.loads(gis("changeset", "revert", 1, "--json").output)
    assert (undone["state"], undone["reverts_id"]) == ("checked", 1)
    assert gis("changeset", "show", 99).exit_code == 2


def test_a_changeset_is_handed_back_with_a_reason(gis, desk, tmp_path):
    gis("import", file(tmp_path, parcel("w-1", 0, 0)), "--layer", "parcels", "--district", 1, "--submit")
    assert gis("changeset", "return", 1).exit_code == 2
    assert "returned" in gis("changeset", "return", 1, "--why", "corner 3").output
    assert desk.rows("SELECT why FROM inbox.transition ORDER BY id DESC LIMIT 1")[0].why == "corner 3"


def test_one_layer_of_several_is_chosen_by_name(gis, tmp_path):
    frame = geopandas.GeoDataFrame(
        {"ref": ["w-1"], "ada": ["1"], "parsel": ["1"]}, geometry=[shapely.from_wkt(square(0, 0))], crs=5253
    )
    for layer in ("old", "new"):
        frame.to_file(tmp_path / "two.gpkg", layer=layer)
    asked = ("import", tmp_path / "two.gpkg", "--layer", "parcels", "--district", 1)
    assert "new, old" in gis(*asked).output
    assert gis(*asked, "--source-layer", "new").exit_code == 0


def test_what_a_column_means_is_said_in_the_command(gis, tmp_path):
    sent = file(tmp_path, parcel("w-1", 0, 0, **{"a=b": "Bağlar", "alan": 400}))
    asked = ("import", sent, "--layer", "parcels", "--district", 1, "--json")
    result = gis(*asked, "--map", "a=b=locality", "--map", "alan=")
    columns = json.loads(result.output)["report"]["columns"]
    assert columns["mapped"]["a=b"] == "locality"
    assert columns["ignored"] == ["alan"]
    assert "there is no field 'place'; there are ref, " in gis(*asked, "--map", "a=b=place").output
    assert "write HEADER=FIELD" in gis(*asked, "--map", "alan").output


def test_repairs_are_listed_accepted_and_taken_back(gis, desk, tmp_path):
    corners = [(0, 0), (20, 0), (20, 10), (35, 10.01), (20, 10.02), (20, 20), (0, 20)]
    spiked = shapely.Polygon([(500_000 + x, 4_250_000 + y) for x, y in corners]).wkt
    gis("import", file(tmp_path, feature("w-1", spiked)), "--layer", "parcels", "--district", 1)
    upload = gis("upload", "list").output.split()[0]
    listed = gis("upload", "repairs", upload).output
    assert "proposed line 1, w-1: no_spikes, moves by 15.000 m at most" in listed
    assert gis("upload", "accept", upload).exit_code == 2
    assert gis("upload", "accept", upload, "--rule", "no_gaps").exit_code == 1
    accepted = gis("upload", "accept", upload, "--rule", "no_spikes")
    assert accepted.output.startswith("1 decided"), accepted.output
    assert "The shape was repaired" in gis("upload", "show", upload).output
    number = json.loads(gis("upload", "repairs", upload, "--state", "accepted", "--json").output)["id"]
    assert gis("upload", "decline", upload, "--repair", number).exit_code == 0
    assert "The shape was repaired" not in gis("upload", "show", upload).output


def test_rules_and_readers_are_listed():
    assert "no_overlap_within_file" in CliRunner().invoke(GIS, ["rules"]).output
    assert "geopackage" in CliRunner().invoke(GIS, ["readers"]).output


def city_list(folder: Path, *rows: str) -> Path:
    path = folder / "city.csv"
    path.write_text("\n".join(["address_code;İlçe;street_name;door_no;X;Y", *rows]), encoding="utf-8")
    return path


DOORS = (
    "3500000001;Batı;Gül Sokak;1;500010;4250010",
    "3500000002;Doğu;Gül Sokak;1;500210;4250010",
    "3500000003;Batı;Gül Sokak;3;500020;4250010",
)


def test_a_list_of_the_whole_city_becomes_a_changeset_of_each_district(gis, desk, tmp_path):
    sent = city_list(tmp_path, *DOORS)
    result = gis("import", sent, "--layer", "addresses", "--crs", "5253", "--publish", "--leave-out-refused")
    assert result.exit_code == 0, result.output
    assert "Batı:\n2 records: 2 new" in result.output
    assert "Doğu:\n1 records: 1 new" in result.output
    published = desk.rows("SELECT district_id, address_code FROM pool.addresses ORDER BY address_code")
    assert [(row.district_id, row.address_code[-1]) for row in published] == [(1, "1"), (2, "2"), (1, "3")]
    assert len(desk.rows("SELECT 1 FROM inbox.changeset")) == 2


def test_what_a_street_is_also_called_is_imported_and_finds_its_doors(gis, desk, tmp_path):
    path = tmp_path / "doors.csv"
    path.write_text(
        "address_code;street_name;door_no;Y;X;other_names;former_names\n"
        "3500000001;Gül Caddesi;1;500010;4250010;Kordon;Rıhtım Caddesi, İskele Sokağı\n"
        "3500000002;Gül Caddesi;3;500020;4250010;;\n",
        encoding="utf-8",
    )
    asked = ("--layer", "addresses", "--district", "Batı", "--crs", "5253", "--publish", "--leave-out-refused")
    assert gis("import", path, *asked).exit_code == 0
    for written in ("Kordon 3", "Rıhtım Caddesi 3", "iskele sok no 3"):
        assert gis("search", written, "--language", "en").output.startswith(
            "address       Gül Caddesi 3 – also known as "
        ), written


def workbook(folder: Path, *sheets: tuple[tuple[object, ...], ...]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(folder / "city.xlsx")
    return folder / "city.xlsx"


HEADERS = ("address_code", "İlçe", "street_name", "door_no", "Y", "X")
SHEET = (
    (3500000001, "Batı", "Gül Sokak", 1, 500010.25, 4250010),
    (3500000002, "Doğu", "Gül Sokak", 1, 500210.25, 4250010),
    (3500000003, "Batı", "Gül Sokak", "3/A", 500020.25, 4250010),
)


def test_a_workbook_of_the_whole_city_is_divided_as_a_list_is(gis, desk, tmp_path):
    sent = workbook(tmp_path, (("How to fill this in",),), (("Doors of the city",), (), HEADERS, *SHEET))
    result = gis("import", sent, "--layer", "addresses", "--crs", "5253", "--publish", "--leave-out-refused")
    assert result.exit_code == 0, result.output
    assert "Batı:\n2 records: 2 new" in result.output
    published = desk.rows("SELECT district_id, address_code, door_no, ST_X(geom) AS x FROM pool.addresses ORDER BY 2")
    assert [tuple(row) for row in published] == [
        (1, "3500000001", "1", 500010.25),
        (2, "3500000002", "1", 500210.25),
        (1, "3500000003", "3/A", 500020.25),
    ]


def test_a_workbook_names_the_line_of_a_district_that_nobody_knows(gis, desk, tmp_path):
    stray = (3500000004, "Kuzey", "Gül Sokak", 5, 500030, 4250010)
    result = gis("import", workbook(tmp_path, (("Doors",), HEADERS, *SHEET, stray)), "--layer", "addresses")
    assert result.exit_code == 2
    assert "“Kuzey” (line 6)" in result.output
    assert desk.rows("SELECT 1 FROM inbox.upload") == []


def test_rows_of_districts_on_two_sheets_are_asked_for_on_one(gis, tmp_path):
    result = gis("import", workbook(tmp_path, (HEADERS, *SHEET), (HEADERS, *SHEET)), "--layer", "addresses")
    assert result.exit_code == 2
    assert "2 sheets of city.xlsx have rows of districts. Put them on one sheet." in result.output


def test_a_workbook_that_cannot_be_opened_says_so(gis, tmp_path):
    (tmp_path / "city.xlsx").write_bytes(b"PK\x03\x04 torn off")
    result = gis("import", tmp_path / "city.xlsx", "--layer", "addresses")
    assert result.exit_code == 1
    assert "cannot be read" in result.output


def test_a_district_that_nobody_knows_is_named_with_its_line_and_nothing_is_imported(gis, desk, tmp_path):
    sent = city_list(tmp_path, *DOORS, "3500000004;Kuzey;Gül Sokak;5;500030;4250010")
    result = gis("import", sent, "--layer", "addresses", "--crs", "5253", "--publish")
    assert result.exit_code == 2
    assert "“Kuzey” (line 5)" in result.output
    assert desk.rows("SELECT 1 FROM inbox.upload") == []


def test_a_list_that_does_not_say_whose_rows_it_has_asks_for_the_district(gis, tmp_path):
    (tmp_path / "city.csv").write_text("street_name;door_no;X;Y\nGül Sokak;1;500010;4250010", encoding="utf-8")
    result = gis("import", tmp_path / "city.csv", "--layer", "addresses")
    assert result.exit_code == 2
    assert "No column of city.csv says which district a row is of" in result.output

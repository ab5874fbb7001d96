"""Reports to take along, opened as their readers open them."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pyogrio
import pypdf
import pytest
from click.testing import CliRunner

from gisserver.cli import GIS
from gisserver.reports import Subject, report_formats
from importers.pipeline import Checked
from layers.core import inbox_views
from tests.importing import DEPARTMENT, TEST_PROFILE, Desk, feature, geojson, open_desk, parcel
from tests.worlds import WEST

CROSSED = "POLYGON((500000 4250040, 500020 4250060, 500020 4250040, 500000 4250060, 500000 4250040))"


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


@pytest.fixture
def outcome(desk) -> Checked:
    """A file with an overlap, a crossing, a missing shape, and a ref that a spreadsheet would take for a formula."""
    shapes = [parcel("w-1", 0, 0), parcel("w-2", 0.5, 0), feature("w-5", CROSSED), feature("w-6", None)]
    return desk.send_features([*shapes, feature("=2+3", None, malik="Ayşe Gül")])


@pytest.fixture
def write(desk, outcome, tmp_path) -> Callable[[str, str], Path]:
    """`write("csv", "tr")` is the report of that file."""

    def write_one(suffix: str, language: str) -> Path:
        target = tmp_path / f"report-{language}.{suffix}"
        with desk.store.reading(DEPARTMENT) as connection:
            found = inbox_views.upload(connection, outcome.upload_id)
            told = inbox_views.report(connection, outcome.upload_id)
            subject = Subject(found, told, desk.registry["parcels"], desk.profile, language)
            report_formats()[suffix].write(connection, subject, target)
        return target

    return write_one


def all_findings(outcome: Checked) -> int:
    return sum(outcome.report["findings"].values())


def test_the_table_opens_in_the_places_spreadsheet(desk, outcome, write):
    path = write("csv", "tr")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    delimiter = ";" if desk.profile.decimal_comma else ","
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file, delimiter=delimiter)
    assert head[:5] == ["Önem", "Kural", "Satır", "Kayıt adı", "Bulgu"]
    assert len(rows) == all_findings(outcome)
    assert rows[0][0] == "Kabul edilmedi"
    east = next(row[5] for row in rows if "kendini kesiyor" in row[4])
    assert east == ("500010,000" if desk.profile.decimal_comma else "500010.000")


def test_no_cell_of_the_table_is_a_formula(write):
    text = write("csv", "en").read_text(encoding="utf-8-sig")
    assert "'=2+3" in text
    assert ";=2+3" not in text.replace(",=2+3", ";=2+3")


@pytest.mark.parametrize(("language", "areas"), [("tr", "bulgu_alan"), ("en", "finding_areas")])
def test_the_shapes_of_the_errors_are_layers_of_a_geopackage(desk, outcome, write, language, areas):
    path = write("gpkg", language)
    layers = {name: pyogrio.read_dataframe(path, layer=name) for name, _ in pyogrio.list_layers(path)}
    assert sum(len(rows) for rows in layers.values()) == all_findings(outcome)
    overlaps = layers[areas][layers[areas].rule_id == "no_overlap_within_file"]
    assert overlaps.crs.to_epsg() == desk.profile.storage_srid
    assert {round(area) for area in overlaps.area} == {200}
    said = desk.texts(outcome, "no_overlap_within_file", language)
    assert set(overlaps.sentence) == set(said)


def test_the_report_on_paper_says_it_in_turkish_letters_on_a4(outcome, write):
    paper = pypdf.PdfReader(write("pdf", "tr"))
    said = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    assert paper.metadata.title == "Denetim raporu: edits.geojson"
    assert paper.trailer["/Root"]["/Lang"] == "tr"
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert [round(float(side)) for side in paper.pages[0].mediabox[2:]] == [595, 842]
    assert "Bulguların yeri" in said
    assert f"Bulgular ({all_findings(outcome)})" in said
    assert "kendini kesiyor" in said
    assert "Ayşe" not in said


def test_a_file_without_findings_has_reports_as_well(desk, tmp_path):
    desk.publish(desk.send_features([parcel("w-1", 0, 0, tapu_alani="400")]), leave_out_refused=True)
    for suffix, form in report_formats().items():
        clean = desk.receive("same.geojson", geojson([], 5253))
        with desk.store.reading(DEPARTMENT) as connection:
            found = inbox_views.upload(connection, clean.upload_id)
            told = inbox_views.report(connection, clean.upload_id)
            target = tmp_path / f"empty.{suffix}"
            form.write(connection, Subject(found, told, desk.registry["parcels"], desk.profile, "en"), target)
            assert target.stat().st_size > 0


def test_one_command_checks_a_file_and_writes_its_report(database, tmp_path, monkeypatch):
    monkeypatch.setenv("GIS_DATABASE_URL", database.worker.replace("gis_worker@", "postgres@"))
    monkeypatch.setenv("GIS_PROFILE", str(TEST_PROFILE))
    monkeypatch.chdir(tmp_path)
    Path("edits.geojson").write_bytes(geojson([parcel("w-1", 0, 0), feature("w-6", None)], 5253))
    words = ["import", "edits.geojson", "--layer", "parcels", "--district", str(WEST), "--language", "tr"]
    result = CliRunner().invoke(GIS, [*words, "--report", "out.csv"])
    assert result.exit_code == 1, result.output
    assert "w-6" in Path("out.csv").read_text(encoding="utf-8-sig")

    listed = CliRunner().invoke(GIS, ["upload", "list"])
    upload = listed.output.split()[0]
    shown = CliRunner().invoke(GIS, ["upload", "show", upload, "--report", "out.pdf"])
    assert shown.exit_code == 0, shown.output
    assert "refusal: Line 2, w-6" in shown.output
    assert pypdf.PdfReader("out.pdf").pages

    again = CliRunner().invoke(GIS, ["upload", "refused", upload, "again.gpkg"])
    assert again.exit_code == 0, again.output
    assert list(pyogrio.read_dataframe("again.gpkg").ref) == ["w-6"]

    wrong = CliRunner().invoke(GIS, ["upload", "show", upload, "--report", "out.docx"])
    assert wrong.exit_code == 2
    assert ".csv, .gpkg, .pdf" in wrong.output

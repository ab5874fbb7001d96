"""Several files that belong together, by form and by command, as one upload."""

import io
import zipfile
from pathlib import Path

import geopandas
import pytest
import shapely
from click.testing import CliRunner

from gisserver.cli import GIS
from layers.core.inbox import NamedTwice, Part, as_one, with_companions
from tests.importing import TEST_PROFILE, open_desk
from tests.tus import Sender
from tests.worlds import WEST, square

LETTERS = "ÇİĞLİ ŞÖĞÜT"


@pytest.fixture
def desk(database):
    with open_desk(database) as opened:
        yield opened


def written(path: Path, driver: str | None = None) -> Path:
    frame = geopandas.GeoDataFrame(
        {"ref": ["w-1"], "ada": ["1"], "parsel": ["1"], "mahalle": [LETTERS]},
        geometry=[shapely.from_wkt(square(0, 0))],
        crs=5253,
    )
    frame.to_file(path, driver=driver, encoding=None if driver else "cp1254")
    return path


@pytest.fixture
def gis(database, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIS_DATABASE_URL", database.worker.replace("gis_worker@", "postgres@"))
    monkeypatch.setenv("GIS_PROFILE", str(TEST_PROFILE))
    given = ("--layer", "parcels", "--district", "1")
    return lambda *files: CliRunner().invoke(GIS, ["import", *map(str, files), *given])


@pytest.mark.parametrize(
    ("name", "driver"), [("ada 12.shp", None), ("ada.tab", "MapInfo File"), ("ada.mif", "MapInfo File")]
)
def test_a_command_finds_what_belongs_to_a_file_beside_it(gis, desk, tmp_path, name, driver):
    sent = written(tmp_path / name, driver)
    (tmp_path / "other.dbf").write_bytes(b"of something else")
    result = gis(sent)
    assert result.exit_code == 0, result.output
    assert "1 records: 1 new" in result.output
    (row,) = desk.rows("SELECT filename FROM inbox.upload")
    assert row.filename == f"{sent.stem}.zip"


def test_a_folder_geodatabase_is_taken_with_all_in_it(gis, tmp_path):
    result = gis(written(tmp_path / "pafta.gdb", "OpenFileGDB"))
    assert result.exit_code == 0, result.output


def test_loose_files_of_a_form_are_one_upload_whose_bytes_are_theirs(client, signed_in, desk, tmp_path):
    written(tmp_path / "ada.shp")
    editor = signed_in("editor", WEST)
    token = Sender.of(editor, "", "/district").identity["X-CSRFToken"]
    for _ in range(2):
        names = [f"ada{suffix}" for suffix in (".shx", ".shp", ".dbf", ".prj", ".cpg")]
        files = [(io.BytesIO((tmp_path / name).read_bytes()), name) for name in names]
        answer = editor.post("/api/uploads", data={"file": files}, headers={"X-CSRFToken": token})
        assert answer.status_code == 202
    assert answer.get_json()["was_sent_before"]
    original = editor.get(f"/api/uploads/{answer.get_json()['id']}/original").data
    with zipfile.ZipFile(io.BytesIO(original)) as archive:
        assert {member.compress_type for member in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {name: archive.read(name) for name in archive.namelist()} == {
            name: (tmp_path / name).read_bytes() for name in names
        }
    assert (tmp_path / "ada.dbf").read_bytes() in original


def test_two_files_of_one_name_are_refused_by_name(signed_in):
    editor = signed_in("editor", WEST)
    token = Sender.of(editor, "", "/district").identity["X-CSRFToken"]
    files = [(io.BytesIO(b"x"), "a/ada.shp"), (io.BytesIO(b"y"), "b/ada.shp")]
    answer = editor.post(
        "/district", data={"file": files, "layer": "parcels", "csrf_token": token}, query_string={"lang": "en"}
    )
    assert answer.status_code == 422
    assert "Two of the files are called “ada.shp”" in answer.text


def test_one_file_stays_as_it_is():
    part = Part("ada.gpkg", io.BytesIO(b"x"))
    with as_one([part]) as file:
        assert file is part


def test_two_parts_of_one_name_cannot_be_one_archive():
    parts = [Part("a", io.BytesIO(b"x")), Part("a", io.BytesIO(b"y"))]
    with pytest.raises(NamedTwice), as_one(parts):
        pass


def test_companions_are_known_whatever_the_case_of_their_endings(tmp_path):
    for name in ("ADA.SHP", "ADA.DBF", "ADA.shx", "ADA.shp.xml", "ADA2.dbf"):
        (tmp_path / name).touch()
    assert sorted(with_companions(tmp_path / "ADA.SHP")) == ["ADA.DBF", "ADA.SHP", "ADA.shx"]

"""`gis export` as an operator uses it."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gisserver.cli import GIS
from layers.core.profile import load_profile
from tests.application import TEST_PROFILE
from tests.db.small_world import EAST, WEST, line, parcel, publish

Gis = Callable[..., Result]


@pytest.fixture
def gis(database, tmp_path, monkeypatch) -> Gis:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIS_DATABASE_URL", database.worker.replace("gis_worker@", "postgres@"))
    monkeypatch.setenv("GIS_PROFILE", str(TEST_PROFILE))
    publish(database, WEST, {"parcels": [parcel("w-1", 0, 0, "1", "1", registry_id="secret")]})
    publish(database, EAST, {"parcels": [parcel("e-1", 100, 0, "2", "1")]})
    return lambda *words: CliRunner().invoke(GIS, ["export", *(str(word) for word in words)])


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_a_layer_is_written_for_the_public_unless_somebody_else_is_named(gis, tmp_path):
    done = gis("parcels", "-o", "all.csv", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout).items() >= {"layer": "parcels", "format": "csv", "epoch": 2}.items()
    assert [row["ref"] for row in rows(tmp_path / "all.csv")] == ["w-1", "e-1"]
    assert "registry_id" not in rows(tmp_path / "all.csv")[0]
    assert gis("parcels", "-o", "inside.csv", "--audience", "department").exit_code == 0
    assert rows(tmp_path / "inside.csv")[0]["registry_id"] == "secret"


def test_a_district_and_a_filter_choose(gis, tmp_path):
    name = load_profile(TEST_PROFILE).district(EAST).name
    assert gis("parcels", "-o", "east.csv", "--district", name).exit_code == 0
    assert [row["ref"] for row in rows(tmp_path / "east.csv")] == ["e-1"]
    assert gis("parcels", "-o", "one.csv", "--filter", "block_no = '1'", "--properties", "ref").exit_code == 0
    assert [row["ref"] for row in rows(tmp_path / "one.csv")] == ["w-1"]


def test_a_format_is_named_or_read_from_the_ending(gis, tmp_path):
    assert gis("parcels", "-o", "x.data", "--format", "geojsonseq").exit_code == 0
    assert (tmp_path / "x.data").read_bytes().count(b"\x1e") == 2
    wrong = gis("parcels", "-o", "x.dwg")
    assert (wrong.exit_code, "gpkg" in wrong.stderr) == (2, True)
    assert not (tmp_path / "x.dwg").exists()


def test_what_cannot_be_asked_is_told_with_what_can(gis, database):
    publish(database, WEST, {"water_lines": [{"ref": "p", "feature_class": "main", "geom": line((0, 0), (9, 0))}]})
    restricted = gis("water_lines", "-o", "w.csv")
    assert (restricted.exit_code, "--audience planner" in restricted.stderr) == (2, True)
    assert gis("water_lines", "-o", "w.csv", "--audience", "planner").exit_code == 0
    assert gis("parcels", "-o", "w.csv", "--sortby", "nothing").exit_code == 2
    assert gis("parcels", "-o", "w.csv", "--district", "Atlantis").exit_code == 2

"""`gis tiles export` as an operator uses it."""

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from gisserver.cli import GIS
from tests.application import TEST_PROFILE
from tests.db.small_world import EAST, WEST, line, parcel
from tests.tile_files import PROFILE, publish_layers, reader_of, small_city, stored, tiles_in

Gis = Callable[..., Result]


@pytest.fixture
def gis(database, tmp_path, monkeypatch) -> Gis:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIS_DATABASE_URL", database.worker.replace("gis_worker@", "postgres@"))
    monkeypatch.setenv("GIS_PROFILE", str(TEST_PROFILE))
    return lambda *words: CliRunner().invoke(GIS, ["tiles", "export", *(str(word) for word in words)])


@pytest.fixture
def city(database) -> int:
    return small_city(database)


def test_every_public_layer_is_exported_and_none_that_is_not(gis, database, city, tmp_path):
    publish_layers(
        database, WEST, {"water_lines": [{"ref": "p-1", "feature_class": "main", "geom": line((0, 0), (500, 0))}]}
    )
    done = gis("out.pmtiles", "--json")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert (said["epoch"], said["tiles"]) == (city + 1, len(tiles_in(tmp_path / "out.pmtiles")))
    assert "parcels" in said["layers"]
    assert "water_lines" not in said["layers"]


def test_a_restricted_layer_is_exported_when_it_is_named(gis, database, tmp_path):
    publish_layers(
        database, WEST, {"water_lines": [{"ref": "p-1", "feature_class": "main", "geom": line((0, 0), (500, 0))}]}
    )
    assert gis("pipes.pmtiles", "--layer", "water_lines").exit_code == 0
    assert tiles_in(tmp_path / "pipes.pmtiles") == stored(database, "water_lines")


def test_a_district_is_asked_for_by_its_name(gis, database, city, tmp_path):
    name = PROFILE.district(EAST).name
    assert gis("east.pmtiles", "--district", name).exit_code == 0
    assert reader_of(tmp_path / "east.pmtiles").metadata()["name"].endswith(name)


def test_a_day_and_an_epoch_are_moments(gis, database, city, tmp_path):
    publish_layers(database, EAST, {"parcels": [parcel("e-2", 22_000, 500, "3", "1")]})
    assert gis("then.pmtiles", "--layer", "parcels", "--datetime", city).exit_code == 0
    assert reader_of(tmp_path / "then.pmtiles").metadata()["epoch"] == str(city)
    assert gis("now.pmtiles", "--layer", "parcels", "--datetime", "2999-01-01").exit_code == 0
    assert tiles_in(tmp_path / "now.pmtiles") == stored(database, "parcels")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("out.zip",), 2, "End it in .mbtiles or .pmtiles"),
        (("out.pmtiles", "--layer", "trees"), 2, "There is no layer 'trees'; there are addresses, "),
        (("out.pmtiles", "--district", "Nowhere"), 2, "There are: "),
        (("out.pmtiles", "--datetime", "yesterday"), 2, "Give a day (2026-05-01)"),
        (("out.pmtiles", "--datetime", "1999-01-01"), 2, "Nothing was published yet"),
        (("missing/out.pmtiles",), 3, "could not be written: No such file or directory"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_can(gis, city, tmp_path, words, code, sentence):
    done = gis(*words)
    assert (done.exit_code, sentence in done.output) == (code, True), done.output
    assert list(tmp_path.iterdir()) == []


def test_a_district_without_a_border_is_told_where_borders_come_from(gis, database):
    publish_layers(database, WEST, {"parcels": [parcel("w-1", 0, 0, "1", "1")]})
    done = gis("west.pmtiles", "--district", WEST)
    assert (done.exit_code, "Publish it in the layer districts" in done.output) == (2, True)


def test_an_empty_pool_has_nothing_to_export(gis, tmp_path):
    done = gis("out.mbtiles")
    assert done.exit_code == 2
    assert "There are no tiles" in done.output

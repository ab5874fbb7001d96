"""Files of tiles: they hold what the service answers, of one epoch, or they are not there."""

import gzip
import json
import resource
import sqlite3
from contextlib import closing, contextmanager

import mapbox_vector_tile
import pytest

from layers.core.tiles.export import ExportTrouble, NotWritable, make
from layers.core.tiles.export.trouble import NothingToExport, UnknownFormat
from tests.db.small_world import EAST, WEST, parcel
from tests.tile_files import (
    PROFILE,
    exported,
    publish_layers,
    reader_of,
    refs_in,
    small_city,
    snapshot,
    stored,
    tiles_in,
    wish,
)
from tests.whole_gdal import read_by_gdal

SUFFIXES = pytest.mark.parametrize("name", ["pool.pmtiles", "pool.mbtiles"])


def test_a_pmtiles_of_one_layer_holds_the_very_bytes_that_are_served(database, tmp_path):
    small_city(database)
    made = exported(database, tmp_path / "pool.pmtiles", wish("parcels"))
    assert tiles_in(made.path) == stored(database, "parcels")
    assert made.tiles == len(stored(database, "parcels"))


def test_layers_that_meet_in_a_tile_are_one_tile_of_the_file(database, tmp_path):
    small_city(database)
    made = exported(database, tmp_path / "pool.pmtiles", wish("parcels", "addresses"))
    doors, shapes = stored(database, "addresses"), stored(database, "parcels")
    both = doors.keys() & shapes.keys()
    assert both
    for place, body in tiles_in(made.path).items():
        if place in both:
            drawn = mapbox_vector_tile.decode(gzip.decompress(body))
            expected = [gzip.decompress(bodies[place]) for bodies in (shapes, doors)]
            assert drawn == {name: layer for one in expected for name, layer in mapbox_vector_tile.decode(one).items()}
        else:
            assert body in (doors.get(place), shapes.get(place))


def test_a_pmtiles_says_what_it_holds(database, tmp_path):
    epoch = small_city(database)
    reader = reader_of(exported(database, tmp_path / "pool.pmtiles", wish("parcels")).path)
    header, said = reader.header(), reader.metadata()
    assert header["clustered"]
    assert header["min_zoom"] == min(z for z, _, _ in stored(database, "parcels"))
    assert header["min_lon_e7"] / 1e7 < 27.01 < header["max_lon_e7"] / 1e7
    assert said["epoch"] == str(epoch)
    assert said["generator"].startswith("gisserver ")
    assert said["name"] == PROFILE.title("tr")
    declared = {layer["id"]: layer for layer in said["vector_layers"]}
    assert declared["parcels"]["fields"]["ref"] == "String"
    assert "parcels_blocks" in declared


def test_an_mbtiles_holds_the_same_tiles_counted_from_the_south(database, tmp_path):
    small_city(database)
    made = exported(database, tmp_path / "pool.mbtiles", wish("parcels"))
    with closing(sqlite3.connect(made.path)) as file:
        rows = file.execute("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles").fetchall()
        said = dict(file.execute("SELECT name, value FROM metadata").fetchall())
    assert {(z, x, 2**z - 1 - y): body for z, x, y, body in rows} == stored(database, "parcels")
    assert (said["format"], said["type"]) == ("pbf", "overlay")
    assert "parcels" in [layer["id"] for layer in json.loads(said["json"])["vector_layers"]]
    west, south, east, north = map(float, said["bounds"].split(","))
    assert west < 27.01 < east
    assert south < north


def test_gdal_opens_an_mbtiles(database, tmp_path):
    small_city(database)
    made = exported(database, tmp_path / "pool.mbtiles", wish("parcels"))
    assert set(read_by_gdal(str(made.path), layer="parcels")["refs"]) == {"w-1", "w-2", "e-1"}


def test_tiles_with_nothing_in_them_are_left_out(database, tmp_path):
    small_city(database)
    publish_layers(database, EAST, {}, retire=("e-1",))
    made = exported(database, tmp_path / "pool.pmtiles", wish("parcels"))
    assert tiles_in(made.path) == stored(database, "parcels")
    assert "e-1" not in refs_in(map(gzip.decompress, tiles_in(made.path).values()))


@SUFFIXES
def test_the_same_epoch_makes_the_same_bytes(database, tmp_path, name):
    small_city(database)
    first = exported(database, tmp_path / f"first-{name}", wish())
    second = exported(database, tmp_path / f"second-{name}", wish())
    assert first.sha256 == second.sha256


def test_a_publish_in_the_middle_of_an_export_is_not_in_it(database, tmp_path):
    publish_layers(database, WEST, {"parcels": [parcel(f"w-{n}", 900 * n, 0, "1", str(n)) for n in range(40)]})
    before = stored(database, "parcels")
    published: list[int] = []

    def publish_once(_done: int, _of: int) -> None:
        if not published:
            published.append(publish_layers(database, WEST, {"parcels": [parcel("late", 450, 0, "9", "9")]}))

    with snapshot(database) as connection:
        made = make(connection, PROFILE, wish("parcels"), tmp_path / "pool.pmtiles", publish_once)
    assert published
    assert made.about.epoch == published[0] - 1
    assert tiles_in(made.path) == before != stored(database, "parcels")


def test_a_district_is_the_tiles_that_it_reaches(database, tmp_path):
    small_city(database)
    made = exported(database, tmp_path / "east.pmtiles", wish("parcels", district=EAST))
    held, pool = tiles_in(made.path), stored(database, "parcels")
    assert refs_in(gzip.decompress(body) for (z, _, _), body in held.items() if z >= 14) == {"e-1"}
    assert held.items() < pool.items()
    assert PROFILE.district(EAST).name in made.about.name


def test_a_past_epoch_is_the_tiles_that_were_served_then(database, tmp_path):
    then = small_city(database)
    own = {place: body for place, body in stored(database, "parcels").items() if place[0] >= 14}
    publish_layers(database, EAST, {"parcels": [parcel("e-2", 22_000, 500, "3", "1")]}, retire=("e-1",))
    made = exported(database, tmp_path / "then.pmtiles", wish("parcels", as_of=then))
    held = {place: body for place, body in tiles_in(made.path).items() if place[0] >= 14}
    assert held == own
    assert made.about.epoch == then


def test_before_the_first_feature_there_is_nothing_to_export(database, tmp_path):
    first = publish_layers(database, WEST, {"parcels": [parcel("w-0", 900, 0, "7", "1")]})
    small_city(database)
    with pytest.raises(NothingToExport):
        exported(database, tmp_path / "pool.pmtiles", wish("districts", as_of=first))
    assert list(tmp_path.iterdir()) == []


def test_a_name_without_a_known_ending_is_told_the_known_ones(database, tmp_path):
    with pytest.raises(UnknownFormat, match=r"\.mbtiles or \.pmtiles"):
        exported(database, tmp_path / "pool.zip", wish("parcels"))


@SUFFIXES
def test_an_interrupted_export_leaves_what_was_there(database, tmp_path, name):
    small_city(database)
    (tmp_path / name).write_bytes(b"the file of yesterday")

    def interrupt(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    with snapshot(database) as connection, pytest.raises(KeyboardInterrupt):
        make(connection, PROFILE, wish(), tmp_path / name, interrupt)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"the file of yesterday"]


@SUFFIXES
def test_a_folder_that_is_not_there_is_said(database, tmp_path, name):
    small_city(database)
    with pytest.raises(NotWritable, match="could not be written"):
        exported(database, tmp_path / "missing" / name, wish())


def test_a_target_that_is_a_folder_is_said(database, tmp_path):
    (tmp_path / "pool.pmtiles").mkdir()
    with pytest.raises(NotWritable, match="it is a folder"):
        exported(database, tmp_path / "pool.pmtiles", wish())


@contextmanager
def room_for(size: int):
    """A disk that is full after so many bytes, as far as this process can tell."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@SUFFIXES
def test_a_disk_without_room_leaves_no_file(database, tmp_path, name):
    small_city(database)
    with room_for(1000), pytest.raises(ExportTrouble, match="has room"):
        exported(database, tmp_path / name, wish())
    assert list(tmp_path.iterdir()) == []

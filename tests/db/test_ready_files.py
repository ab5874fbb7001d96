"""Files of layers and districts follow publishes, none of them made more often than the operator wants."""

import datetime
import signal
from dataclasses import replace

import pyogrio
import pytest
from sqlalchemy import create_engine, text

from gisserver.downloads.making import Interrupted, Maker
from gisserver.downloads.ready import ReadyShelf, ready_shelf
from gisserver.settings import Settings
from layers.core.store import Store
from tests.application import TEST_PROFILE
from tests.db.test_worker import wait_until, waiting, working
from tests.tile_files import NOON
from tests.worlds import EAST, WEST, publish_parcels, square

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def settings(tmp_path) -> Settings:
    given = {"GIS_DATA": str(tmp_path), "GIS_PROFILE": str(TEST_PROFILE), "GIS_READY_FORMATS": "gpkg"}
    return Settings.load(given, tmp_path / ".env")


@pytest.fixture
def store(database):
    opened = Store(database.worker, pool_size=1)
    yield opened
    opened.close()


@pytest.fixture
def shelf(settings) -> ReadyShelf:
    return ready_shelf(settings)


@pytest.fixture
def made(store, settings, shelf):
    """`made(when)` is a run of the worker at that time."""

    def run(when: datetime.datetime = NOON) -> list[tuple[str, datetime.datetime]]:
        Maker(store, settings, shelf, lambda: when).run()
        return [(file.name, file.made_at) for file in shelf.files("parcels")]

    return run


def test_a_layer_and_each_of_its_districts_are_a_file(database, made, shelf):
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})
    publish_parcels(database, EAST, {"e-1": square(100, 0)})
    names = [name for name, _ in made()]
    assert names == ["parcels-e2.gpkg", "parcels-1-e2.gpkg", "parcels-2-e2.gpkg"]
    rows = {name: set(pyogrio.read_dataframe(shelf.place(name))["ref"]) for name in names}
    assert rows == dict(zip(names, ({"w-1", "w-2", "e-1"}, {"w-1", "w-2"}, {"e-1"}), strict=True))
    assert "registry_id" not in pyogrio.read_info(shelf.place(names[0]))["fields"]
    assert shelf.files("zones") == [], "where nothing is published there is no file"


def test_publishes_ask_for_one_run(database):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    publish_parcels(database, EAST, {"e-1": square(100, 0)})
    assert len(waiting(database, "make_downloads")) == 1


def test_only_what_a_publish_has_changed_is_made_anew_and_the_file_before_it_stays(database, made):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    publish_parcels(database, EAST, {"e-1": square(100, 0)})
    made()
    publish_parcels(database, EAST, {"e-2": square(101, 0)})
    assert made(NOON + HOUR) == [
        ("parcels-e3.gpkg", NOON + HOUR),
        ("parcels-e2.gpkg", NOON),
        ("parcels-1-e2.gpkg", NOON),
        ("parcels-2-e3.gpkg", NOON + HOUR),
        ("parcels-2-e2.gpkg", NOON),
    ]


def test_before_the_interval_has_passed_a_file_is_put_off(database, made):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    first = made()
    publish_parcels(database, WEST, {"w-2": square(1, 0)})
    assert made(NOON + HOUR / 4) == first
    owner = create_engine(database.owner)
    with owner.begin() as connection:
        connection.execute(text("DELETE FROM jobs.procrastinate_jobs"))
    owner.dispose()
    made(NOON + HOUR / 4)
    (wait,) = waiting(database, "make_downloads")
    assert HOUR * 0.74 < wait <= HOUR * 0.75


def test_two_files_of_a_kind_are_kept_and_nothing_else_is_left(database, made, shelf):
    shelf.folder.mkdir()
    (shelf.folder / ".making-killed").mkdir()
    for number in range(3):
        publish_parcels(database, WEST, {f"w-{number}": square(number, 0)})
        made(NOON + number * HOUR)
    assert {file.name for file in shelf.folder.iterdir()} == {
        "parcels.json",
        *(f"{stem}-e{epoch}.gpkg" for stem in ("parcels", "parcels-1") for epoch in (2, 3)),
    }


def test_a_district_that_has_nothing_left_has_no_file(database, made):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    publish_parcels(database, EAST, {"e-1": square(100, 0)})
    made()
    publish_parcels(database, EAST, {}, retire=["e-1"])
    assert {name for name, _ in made(NOON + HOUR)} == {"parcels-e3.gpkg", "parcels-e2.gpkg", "parcels-1-e2.gpkg"}


def test_an_interval_of_nought_is_never(database, store, settings, shelf):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    Maker(store, replace(settings, ready_interval_minutes=0), shelf, lambda: NOON).run()
    assert not shelf.folder.exists()


def test_a_worker_that_is_told_to_stop_leaves_only_whole_files(database, store, settings, shelf):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    with pytest.raises(Interrupted):
        Maker(store, settings, shelf, lambda: NOON, lambda: True).run()
    assert list(shelf.folder.iterdir()) == []


def test_the_worker_makes_what_was_published(database, tmp_path, shelf):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    owner = create_engine(database.owner)
    with owner.begin() as connection:
        connection.execute(text("UPDATE jobs.procrastinate_jobs SET scheduled_at = now()"))
    owner.dispose()
    with working(database, tmp_path) as worker:
        wait_until(lambda: len(shelf.files("parcels")) == 6)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0

"""Files of public tiles follow publishes, not more often than the operator wants."""

import datetime
import signal

import pytest
from sqlalchemy import create_engine, text

from gisserver.exporting import export_when_due, shelf_of
from gisserver.settings import Settings
from layers.core.store import WORKER, Store
from layers.core.tiles.export.job import SETTLING, ask_for_export, next_export
from tests.application import TEST_PROFILE
from tests.db.small_world import EAST, WEST, parcel
from tests.db.test_worker import wait_until, waiting, working
from tests.tile_files import NOON, PROFILE, publish_layers, small_city, snapshot, tiles_in
from tests.worlds import publish_parcels, square

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def store(database):
    opened = Store(database.worker, pool_size=1)
    yield opened
    opened.close()


def settings_in(folder, minutes: int = 60) -> Settings:
    environment = {"GIS_DATA": str(folder), "GIS_PROFILE": str(TEST_PROFILE)}
    return Settings.load({**environment, "GIS_EXPORT_INTERVAL_MINUTES": str(minutes)}, folder / ".env")


def test_publishes_ask_for_one_export_that_lets_them_settle(database):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    publish_parcels(database, EAST, {"e-1": square(100, 0)})
    (wait,) = waiting(database, "export_tiles")
    assert SETTLING - datetime.timedelta(minutes=1) < wait <= SETTLING


def test_what_waits_is_known_to_who_asks(database, store):
    with store.writing(WORKER) as connection:
        assert next_export(connection) is None
        ask_for_export(connection, HOUR)
        assert next_export(connection) is not None


def test_an_export_makes_a_file_of_each_format_from_one_epoch(database, store, tmp_path):
    epoch = small_city(database)
    settings = settings_in(tmp_path)
    export_when_due(store, settings, PROFILE, NOON)
    kept = shelf_of(settings).files()
    assert [(file.path.name, file.epoch) for file in kept] == [
        (f"pool-{epoch}.mbtiles", epoch),
        (f"pool-{epoch}.pmtiles", epoch),
    ]
    assert len(tiles_in(kept[1].path)) == kept[1].tiles == kept[0].tiles


def test_before_the_interval_has_passed_an_export_is_put_off(database, store, tmp_path):
    first = small_city(database)
    settings = settings_in(tmp_path)
    export_when_due(store, settings, PROFILE, NOON)
    publish_layers(database, EAST, {"parcels": [parcel("e-2", 22_000, 500, "3", "1")]})
    export_when_due(store, settings, PROFILE, NOON + HOUR / 4)
    assert {file.epoch for file in shelf_of(settings).files()} == {first}
    (wait,) = waiting(database, "export_tiles")
    assert HOUR * 0.74 < wait <= HOUR * 0.75
    export_when_due(store, settings, PROFILE, NOON + HOUR)
    assert {file.epoch for file in shelf_of(settings).files()} == {first, first + 1}


def test_without_a_publish_since_nothing_is_written_again(database, store, tmp_path):
    small_city(database)
    settings = settings_in(tmp_path)
    export_when_due(store, settings, PROFILE, NOON)
    export_when_due(store, settings, PROFILE, NOON + 2 * HOUR)
    assert {file.made_at for file in shelf_of(settings).files()} == {NOON}


def test_the_last_two_are_kept_so_that_a_download_can_end(database, store, tmp_path):
    epochs = [small_city(database)]
    settings = settings_in(tmp_path)
    export_when_due(store, settings, PROFILE, NOON)
    (shelf_of(settings).folder / ".pool-0.pmtiles.1.part").write_bytes(b"what a killed worker left")
    for number in (1, 2):
        epochs.append(publish_layers(database, EAST, {"parcels": [parcel(f"e-{number + 1}", 22_000, 500, "3", "1")]}))
        export_when_due(store, settings, PROFILE, NOON + number * HOUR)
    names = {file.name for file in shelf_of(settings).folder.iterdir()}
    assert names == {
        f"pool-{epoch}.{format_}{label}"
        for epoch in epochs[1:]
        for format_ in ("pmtiles", "mbtiles")
        for label in ("", ".json")
    }


def test_an_interval_of_nought_is_never(database, store, tmp_path):
    small_city(database)
    export_when_due(store, settings_in(tmp_path, minutes=0), PROFILE, NOON)
    assert not (tmp_path / "exports").exists()


def test_the_worker_exports_what_was_published(database, store, tmp_path):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    owner = create_engine(database.owner)
    with owner.begin() as connection:
        connection.execute(text("UPDATE jobs.procrastinate_jobs SET scheduled_at = now()"))
    owner.dispose()
    with working(database, tmp_path) as worker:
        wait_until(lambda: len(shelf_of(settings_in(tmp_path)).files()) == 2)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
    with snapshot(database) as connection:
        assert connection.execute(text("SELECT max(epoch) FROM pool.epoch")).scalar_one() == 1

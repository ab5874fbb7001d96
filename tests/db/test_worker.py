"""The worker as it runs: a process that files cannot kill and that finishes what it began."""

import datetime
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from importers.broken import CheckInterrupted
from importers.pipeline import check, check_waiting, fail_waiting
from layers.core import inbox, review
from layers.core.store import WORKER, Actor
from tests.importing import DEPARTMENT, TEST_PROFILE, Desk, geojson, open_desk, parcel
from tests.worlds import WEST

PATIENCE_SECONDS = 60.0


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


@contextmanager
def working(database, folder: Path, profile: Path = TEST_PROFILE) -> Iterator[subprocess.Popen]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIS_")}
    # An existing server's user takes the worker's role, as on a municipality's own PostgreSQL.
    administrator = database.worker.replace("gis_worker@", "postgres@")
    environment |= {"GIS_DATABASE_URL": administrator, "GIS_PROFILE": str(profile), "GIS_DATA": str(folder)}
    process = subprocess.Popen([sys.executable, "-m", "gisserver.worker"], env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(is_so: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < give_up, "the worker did not get there"
        time.sleep(0.1)


def waiting(database, task: str) -> list[datetime.timedelta]:
    """How long from now each job of a kind waits."""
    owner = create_engine(database.owner)
    with owner.connect() as connection:
        found = connection.execute(
            text("SELECT scheduled_at - now() FROM jobs.procrastinate_jobs WHERE task_name = :task"), {"task": task}
        )
        waits = list(found.scalars())
    owner.dispose()
    return waits


def states(desk: Desk) -> dict[str, str]:
    return {row.filename: row.state for row in desk.rows("SELECT filename, state FROM inbox.upload")}


def test_a_bad_file_does_not_keep_the_next_one_waiting(database, desk, tmp_path):
    desk.receive("bad.gpkg", b"SQLite format 3\x00" + b"\xff" * 4000)
    desk.receive("good.geojson", geojson([parcel("w-1", 0, 0)], 5253))
    with working(database, tmp_path) as worker:
        wait_until(lambda: states(desk) == {"bad.gpkg": "failed", "good.geojson": "checked"})
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE_SECONDS) == 0


def test_what_a_dead_worker_was_doing_is_done_again(database, desk, tmp_path):
    desk.receive("good.geojson", geojson([parcel("w-1", 0, 0)], 5253))
    owner = create_engine(database.owner)
    with owner.begin() as connection:
        connection.execute(text("UPDATE jobs.procrastinate_jobs SET status = 'doing'"))
        connection.execute(text("UPDATE inbox.upload SET state = 'checking'"))
    owner.dispose()
    with working(database, tmp_path):
        wait_until(lambda: states(desk) == {"good.geojson": "checked"})


def test_a_large_publish_is_done_by_the_worker(database, desk, tmp_path, monkeypatch):
    outcome = desk.send_features([parcel("w-1", 0, 0), parcel("w-2", 1, 0)])
    monkeypatch.setattr(review, "LARGEST_AT_ONCE", 1)
    with desk.store.writing(DEPARTMENT) as connection:
        review.submit(connection, DEPARTMENT, outcome.changeset_id)
        review.accept(connection, DEPARTMENT, outcome.changeset_id)
        review.publish_changeset(connection, desk.registry, DEPARTMENT, outcome.changeset_id)
    with working(database, tmp_path):
        wait_until(lambda: len(desk.rows("SELECT 1 FROM pool.parcels")) == 2)
    assert desk.rows("SELECT state FROM inbox.changeset")[0].state == "published"


def test_a_check_that_dies_is_told_to_the_sender(database, desk, tmp_path):
    desk.receive("good.geojson", geojson([parcel("w-1", 0, 0)], 5253))
    (tmp_path / "broken.toml").write_text("name =")
    with working(database, tmp_path, tmp_path / "broken.toml"):
        wait_until(lambda: states(desk) == {"good.geojson": "failed"})
    (row,) = desk.rows("SELECT failure FROM inbox.upload")
    assert row.failure["code"] == "check_interrupted"


def test_a_file_that_nobody_goes_on_sending_is_removed(database, desk, tmp_path):
    """Only that one: not the one that is still being sent, nor the one that is here whole."""
    editor, quota, patience = Actor("editor", WEST), inbox.Quota(10**9), datetime.timedelta(hours=1)
    with desk.store.writing(editor) as connection:
        for name, size in (("left.gpkg", 9), ("coming.gpkg", 9), ("whole.gpkg", 0)):
            inbox.announce(connection, inbox.Sending(WEST, "parcels", name), size, "", quota, patience)
        connection.execute(
            text(
                "UPDATE inbox.arrival SET expires_at = now() FROM inbox.upload "
                "WHERE arrival.id = upload.id AND filename <> 'coming.gpkg'"
            )
        )
    with working(database, tmp_path):
        wait_until(lambda: "left.gpkg" not in states(desk))
        assert set(states(desk)) == {"coming.gpkg", "whole.gpkg"}


def test_a_check_that_outlived_its_worker_is_not_done_twice(desk):
    upload = desk.receive("good.geojson", geojson([parcel("w-1", 0, 0)], 5253)).upload_id
    second = []
    with ThreadPoolExecutor(1) as beside:
        with desk.store.writing(WORKER) as connection:
            inbox.locked_upload(connection, upload)
            waiting = beside.submit(check_waiting, desk.store, desk.registry, desk.profile, upload)
            wait_until(lambda: is_held_up(desk))
            first = check(connection, desk.registry, desk.profile, upload)
        second = waiting.result(PATIENCE_SECONDS)
    assert second is None
    assert [row.id for row in desk.rows("SELECT id FROM inbox.changeset")] == [first.changeset_id]


def is_held_up(desk: Desk) -> bool:
    return bool(
        desk.rows("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
    )


def test_what_was_checked_after_all_does_not_fail_once_the_worker_gives_up(desk):
    outcome = desk.send_features([parcel("w-1", 0, 0)])
    desk.publish(outcome)
    with desk.store.writing(WORKER) as connection:
        assert fail_waiting(connection, outcome.upload_id, CheckInterrupted(reference="1")) is None
    assert states(desk) == {"edits.geojson": "checked"}

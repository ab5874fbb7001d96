"""Whatever dies in the middle: no changeset is lost, none is published twice, none in half.

A few kills are a part of every run; `SENDERS=30 CRASHES=200` makes it the long one.
"""

import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from layers.core import review
from layers.core.review_refused import ReviewRefused
from layers.core.store import Actor, Connection
from tests.application import TEST_PROFILE
from tests.http_server import wait_until
from tests.importing import DEPARTMENT, Desk, geojson, open_desk, parcel

DISTRICTS = int(os.environ.get("SENDERS", "6"))
PARCELS = 3
CRASHES = int(os.environ.get("CRASHES", "4"))
PATIENCE_S = 60.0 + 30.0 * DISTRICTS


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


class KilledAtRandom:
    """A worker that is started again each time it has been killed."""

    def __init__(self, database, folder: Path) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIS_")}
        administrator = database.worker.replace("gis_worker@", "postgres@")
        ours = {"GIS_DATABASE_URL": administrator, "GIS_PROFILE": str(TEST_PROFILE), "GIS_DATA": str(folder)}
        self._environment = {**inherited, **ours}
        self._chance = random.Random(2031)
        self.kills = 0
        self._start()

    def kill_often(self, number: int) -> None:
        """Soon after it has begun to work as well as later."""
        for _ in range(number):
            time.sleep(self._chance.uniform(1.0, 6.0))
            self.end()
            self.kills += 1
            self._start()

    def end(self) -> None:
        """As when the machine runs out of memory: without a word."""
        self._process.kill()
        self._process.wait()

    def _start(self) -> None:
        self._process = subprocess.Popen([sys.executable, "-m", "gisserver.worker"], env=self._environment)


def send(desk: Desk, district: int) -> None:
    """Parcels of its own, far from the others'."""
    drawn = [parcel(f"d{district}-{number}", number, 3 * district) for number in range(1, PARCELS + 1)]
    desk.receive(f"{district}.geojson", geojson(drawn, 5253), district_id=district)


def decide(desk: Desk, is_over: threading.Event) -> None:
    """A reviewer of two: both look at everything, and the worker publishes what they agree to."""
    while not is_over.is_set():
        for row in desk.rows("SELECT id FROM inbox.changeset WHERE state = 'checked'"):
            _try(desk, row.id, review.submit)
        for row in desk.rows("SELECT id FROM inbox.changeset WHERE state = 'submitted'"):
            _try(desk, row.id, lambda connection, actor, number: agree(connection, desk, actor, number))
        is_over.wait(0.5)


def agree(connection: Connection, desk: Desk, actor: Actor, number: int) -> None:
    """Accept, and have the worker publish: by one commit."""
    review.accept(connection, actor, number)
    review.publish_changeset(connection, desk.registry, actor, number)


def _try(desk: Desk, number: int, decision) -> None:
    """Who comes second is told so."""
    try:
        with desk.store.writing(DEPARTMENT) as connection:
            decision(connection, DEPARTMENT, number)
    except ReviewRefused:
        pass


def count(desk: Desk, statement: str) -> int:
    return int(desk.rows(statement)[0][0])


def test_nothing_is_lost_doubled_or_halved_however_often_the_worker_dies(database, desk, tmp_path, monkeypatch):
    monkeypatch.setattr(review, "LARGEST_AT_ONCE", 0)
    is_over = threading.Event()
    worker = KilledAtRandom(database, tmp_path)
    threads = [threading.Thread(target=send, args=(desk, district)) for district in range(1, DISTRICTS + 1)]
    threads += [threading.Thread(target=decide, args=(desk, is_over)) for _ in range(2)]
    try:
        for thread in threads:
            thread.start()
        worker.kill_often(CRASHES)
        published = "SELECT count(*) FROM inbox.changeset WHERE state = 'published'"
        wait_until(lambda: count(desk, published) == DISTRICTS, PATIENCE_S)
    finally:
        is_over.set()
        for thread in threads:
            thread.join()
        worker.end()
    assert worker.kills == CRASHES
    assert count(desk, "SELECT count(*) FROM inbox.upload WHERE state = 'checked'") == DISTRICTS
    assert count(desk, "SELECT count(*) FROM inbox.changeset") == DISTRICTS
    assert count(desk, "SELECT count(DISTINCT epoch) FROM inbox.changeset") == DISTRICTS
    assert count(desk, "SELECT count(*) FROM pool.epoch WHERE changeset_id IS NOT NULL") == DISTRICTS
    whole = desk.rows("SELECT district_id, count(*) AS n, max(version) AS version FROM pool.parcels GROUP BY 1")
    assert sorted(tuple(row) for row in whole) == [(number, PARCELS, 1) for number in range(1, DISTRICTS + 1)]
    assert count(desk, "SELECT count(*) FROM history.parcels") == 0
    twice = "SELECT count(*) FROM inbox.transition WHERE state_after = 'published'"
    assert count(desk, twice) == DISTRICTS
    counted = "SELECT sum(n) FROM pool.counter WHERE layer_id = 'parcels'"
    assert count(desk, counted) == DISTRICTS * PARCELS

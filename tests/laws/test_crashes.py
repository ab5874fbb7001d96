"""Whatever dies in the middle: no changeset is lost, none is published twice, none in half.

A few kills are a part of every run; `SENDERS=30 CRASHES=200` makes it the long one, which says how many kills hit a
job in the middle (`pytest --log-cli-level=INFO`).
"""

import logging
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from layers.core import review
from layers.core.inbox import Receipt
from layers.core.review_refused import ReviewRefused
from layers.core.store import Actor, Connection
from tests.application import TEST_PROFILE
from tests.http_server import wait_until
from tests.importing import DEPARTMENT, Desk, geojson, open_desk, parcel

_log = logging.getLogger(__name__)

DISTRICTS = int(os.environ.get("SENDERS", "6"))
PARCELS = 3
CRASHES = int(os.environ.get("CRASHES", "4"))
PATIENCE_S = 120.0 + 30.0 * DISTRICTS + 15.0 * CRASHES
SOON_S = 2.0
"""After the worker has begun: about as long as a check takes."""
LOOK_S = 1.0
AT_WORK = (
    "SELECT worker_id FROM jobs.procrastinate_jobs "
    "WHERE status = 'doing' AND task_name IN ('check_upload', 'publish_changeset') AND worker_id > :earlier"
)


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


class KilledAtRandom:
    """A worker that is started again each time it has been killed."""

    def __init__(self, database, desk: Desk, folder: Path) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIS_")}
        administrator = database.worker.replace("gis_worker@", "postgres@")
        ours = {"GIS_DATABASE_URL": administrator, "GIS_PROFILE": str(TEST_PROFILE), "GIS_DATA": str(folder)}
        self._environment = {**inherited, **ours}
        self._desk = desk
        self._chance = random.Random(2031)
        self._earlier = 0
        self.kills = 0
        self.hits = 0
        self._start()

    def kill_often(self, number: int) -> None:
        """Soon after it has begun to check or to publish."""
        for _ in range(number):
            wait_until(self._is_at_work, PATIENCE_S, every=0.05)
            time.sleep(self._chance.uniform(0.0, SOON_S))
            self.end()
            self.kills += 1
            self.hits += self._is_at_work()
            _log.info("kill %s, %s of them in the middle of a job", self.kills, self.hits)
            self._start()

    def end(self) -> None:
        """As when the machine runs out of memory: without a word."""
        self._process.kill()
        self._process.wait()

    def _is_at_work(self) -> bool:
        """Or was, when it died."""
        return bool(self._desk.rows(AT_WORK, earlier=self._earlier))

    def _start(self) -> None:
        newest = self._desk.rows("SELECT coalesce(max(id), 0) FROM jobs.procrastinate_workers")[0][0]
        self._earlier = max(self._earlier, newest)
        self._process = subprocess.Popen([sys.executable, "-m", "gisserver.worker"], env=self._environment)


class Sender(threading.Thread):
    """A district that edits its parcels again as soon as the last edit is on the map."""

    def __init__(self, desk: Desk, district: int, is_over: threading.Event) -> None:
        super().__init__()
        self.district = district
        self.published = 0
        self.given_up = 0
        """Files that a dying worker has met three times: they were told so, and sent anew."""
        self._desk = desk
        self._is_over = is_over

    def run(self) -> None:
        """Go on until the last kill."""
        while not (self.published and self._is_over.is_set()):
            receipt = self._send()
            wait_until(lambda upload=receipt.upload_id: self._became(upload) is not None, PATIENCE_S, every=LOOK_S)
            if self._became(receipt.upload_id) == "published":
                self.published += 1
            else:
                self.given_up += 1

    def _send(self) -> Receipt:
        """Parcels of its own, far from the others'."""
        use = use_of(self.published + 1)
        drawn = [
            parcel(f"d{self.district}-{n}", n, 3 * self.district, land_use_text=use) for n in range(1, PARCELS + 1)
        ]
        name = f"{self.district}-{self.published}.geojson"
        return self._desk.receive(name, geojson(drawn, 5253), district_id=self.district)

    def _became(self, upload_id: UUID) -> str | None:
        """None while it is under way."""
        statement = (
            "SELECT CASE WHEN s.state = 'published' OR u.state = 'failed' THEN coalesce(s.state, u.state) END "
            "FROM inbox.upload AS u LEFT JOIN inbox.changeset AS s ON s.upload_id = u.id WHERE u.id = :upload"
        )
        return self._desk.rows(statement, upload=upload_id)[0][0]


def use_of(number: int) -> str:
    """What the parcels of a district are after so many edits."""
    return f"Use {number}"


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
    last_kill, is_over = threading.Event(), threading.Event()
    worker = KilledAtRandom(database, desk, tmp_path)
    senders = [Sender(desk, district, last_kill) for district in range(1, DISTRICTS + 1)]
    reviewers = [threading.Thread(target=decide, args=(desk, is_over)) for _ in range(2)]
    try:
        for thread in (*senders, *reviewers):
            thread.start()
        worker.kill_often(CRASHES)
    finally:
        last_kill.set()
        for thread in senders:
            thread.join()
        is_over.set()
        for thread in reviewers:
            thread.join()
        worker.end()
    published = sum(sender.published for sender in senders)
    given_up = sum(sender.given_up for sender in senders)
    _log.info("%s published, %s sent anew", published, given_up)
    assert worker.kills == CRASHES
    assert_each_is_there_once(desk, published, given_up)
    for sender in senders:
        assert_whole(desk, sender.district, sender.published)
    counted = "SELECT sum(n) FROM pool.counter WHERE layer_id = 'parcels'"
    assert count(desk, counted) == DISTRICTS * PARCELS


def assert_each_is_there_once(desk: Desk, published: int, given_up: int) -> None:
    states = dict(tuple(row) for row in desk.rows("SELECT state, count(*) FROM inbox.upload GROUP BY state"))
    assert states == {"checked": published, **({"failed": given_up} if given_up else {})}
    assert count(desk, "SELECT count(*) FROM inbox.changeset") == published
    assert count(desk, "SELECT count(*) FROM inbox.changeset WHERE state = 'published'") == published
    assert count(desk, "SELECT count(DISTINCT epoch) FROM inbox.changeset") == published
    assert count(desk, "SELECT count(*) FROM pool.epoch WHERE changeset_id IS NOT NULL") == published
    assert count(desk, "SELECT count(*) FROM inbox.transition WHERE state_after = 'published'") == published


def assert_whole(desk: Desk, district: int, edits: int) -> None:
    """Each edit has made one version of each parcel."""
    now = desk.rows("SELECT version, land_use_text FROM pool.parcels WHERE district_id = :d", d=district)
    assert [tuple(row) for row in now] == [(edits, use_of(edits))] * PARCELS
    was = desk.rows("SELECT version, land_use_text FROM history.parcels WHERE district_id = :d ORDER BY 1", d=district)
    assert [tuple(row) for row in was] == [(n, use_of(n)) for n in range(1, edits) for _ in range(PARCELS)]

"""Who waits for a check sees how far it is."""

import uuid
from collections.abc import Iterator

import pytest

from importers.pipeline import check, check_waiting
from layers.core.inbox import locked_upload
from layers.core.progress import Diary, Progress, Step, progress_of
from layers.core.store import WORKER, Actor
from tests.importing import Desk, geojson, open_desk, parcel
from tests.worlds import WEST

EDITOR = Actor("editor", WEST)


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


def sent(desk: Desk, count: int) -> uuid.UUID:
    parcels = [parcel(f"w-{n}", n % 100, n // 100) for n in range(count)]
    return desk.receive("west.geojson", geojson(parcels, 5253)).upload_id


def seen(desk: Desk, upload_id: uuid.UUID) -> Progress | None:
    with desk.store.reading(EDITOR) as connection:
        return progress_of(connection, upload_id)


def test_a_check_tells_its_steps_in_order_and_counts_the_records_of_both_long_ones(desk):
    upload_id = sent(desk, 600)
    told = []
    with desk.store.writing(WORKER) as connection:
        check(connection, desk.registry, desk.profile, upload_id, lambda *heard: told.append(heard))
    assert list(dict.fromkeys(step for step, _, _ in told)) == list(Step)
    for counted in (Step.READING, Step.CHECKING):
        assert [(done, total) for step, done, total in told if step is counted] == [(0, 600), (250, 600), (500, 600)]


def test_others_see_it_while_the_check_holds_the_file(desk, database):
    upload_id = sent(desk, 1)
    with desk.store.writing(WORKER) as connection:
        connection.exec_driver_sql("UPDATE inbox.upload SET state = 'checking'")
        connection.exec_driver_sql("INSERT INTO inbox.progress SELECT id, district_id, 'opening' FROM inbox.upload")
    with open_desk(database) as worker, worker.store.writing(WORKER) as connection:
        locked_upload(connection, upload_id)
        diary = Diary(worker.store, upload_id)
        diary(Step.READING, 0, 80)
        diary(Step.READING, 40, 80)  # within the same second: nobody is told
        assert seen(desk, upload_id) == Progress(Step.READING, 0, 80)
        diary(Step.CHECKING, 0, 20)
        assert seen(desk, upload_id) == Progress(Step.CHECKING, 0, 20)


def test_nothing_is_under_way_before_and_after(desk):
    upload_id = sent(desk, 1)
    assert seen(desk, upload_id) is None
    check_waiting(desk.store, desk.registry, desk.profile, upload_id)
    assert seen(desk, upload_id) is None


def test_another_district_does_not_see_it(desk):
    upload_id = sent(desk, 1)
    with desk.store.writing(WORKER) as connection:
        connection.exec_driver_sql("UPDATE inbox.upload SET state = 'checking'")
        connection.exec_driver_sql("INSERT INTO inbox.progress SELECT id, district_id, 'reading' FROM inbox.upload")
    assert seen(desk, upload_id) == Progress(Step.READING, 0, 0)
    with desk.store.reading(Actor("editor", WEST + 1)) as connection:
        assert progress_of(connection, upload_id) is None

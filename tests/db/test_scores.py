"""The scoreboard: kept up to date by each publish, and equal to counting everything anew."""

import random

import pytest
import shapely
from sqlalchemy import create_engine, text

from layers.core.scores.board import faults, scoreboard, state_of_board
from layers.core.scores.counting import count_faults
from layers.core.store import ANONYMOUS, WORKER, Store
from tests.worlds import EAST, ORIGIN, WEST, publish_parcels, square


@pytest.fixture
def store(database):
    opened = Store(database.worker)
    yield opened
    opened.close()


def counted(store: Store) -> list[tuple]:
    """Bring up to date what is kept, and read it as everybody may."""
    with store.writing(WORKER) as connection:
        count_faults(connection)
    return kept(store)


def kept(store: Store) -> list[tuple]:
    with store.reading(ANONYMOUS) as connection:
        rows = connection.execute(
            text("SELECT kind, ref, other_ref, round(area_m2::numeric, 2) FROM ops.fault ORDER BY kind, ref, other_ref")
        )
        return [(row[0], row[1], row[2], float(row[3])) for row in rows]


def counted_anew(database, store: Store) -> list[tuple]:
    owner = create_engine(database.owner)
    with owner.begin() as connection:
        connection.execute(text("DELETE FROM ops.fault"))
        connection.execute(text("UPDATE ops.faults_counted SET epoch = 0"))
    owner.dispose()
    return counted(store)


def test_ground_that_two_districts_claim_is_a_task_for_both_with_a_line_in_the_middle(database, store):
    publish_parcels(database, WEST, {"w-1": square(0, 0, width=21)})
    publish_parcels(database, EAST, {"e-1": square(1, 0)})
    assert counted(store) == [("overlap", "w-1", "e-1", 20.0)]
    with store.reading(ANONYMOUS) as connection:
        (of_west,), (of_east,) = (faults(connection, district, is_shared=True) for district in (WEST, EAST))
        line = connection.execute(text("SELECT ST_AsText(proposed_line) FROM ops.fault")).scalar_one()
    assert of_west == of_east
    middle = shapely.from_wkt(line)
    assert {x for x, _ in middle.coords} == {ORIGIN[0] + 20.5}
    assert middle.length == pytest.approx(20, abs=0.1)
    assert of_west.line["type"] == "LineString"


def test_a_strip_that_belongs_to_nobody_is_a_gap_and_a_street_is_none(database, store):
    publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(0, 3)})
    publish_parcels(database, EAST, {"e-1": square(1.02, 0), "e-2": square(1.5, 3)})
    (found,) = counted(store)
    assert found[:3] == ("gap", "w-1", "e-1")
    assert found[3] == pytest.approx(0.4 * 20, rel=0.05)
    with store.reading(ANONYMOUS) as connection:
        (task,) = faults(connection, WEST, is_shared=True)
    assert task.line is not None


def test_neighbours_that_meet_owe_nothing(database, store):
    publish_parcels(database, WEST, {f"w-{n}": square(0, n) for n in range(4)})
    publish_parcels(database, EAST, {f"e-{n}": square(1, n) for n in range(4)})
    assert counted(store) == []


def test_a_third_parcel_that_fills_the_gap_ends_the_task(database, store):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    publish_parcels(database, EAST, {"e-1": square(1.02, 0)})
    assert len(counted(store)) == 1
    publish_parcels(database, EAST, {"e-2": square(1, 0, width=0.4)})
    assert counted(store) == []


def test_what_overlaps_within_a_district_lowers_its_validity(database, store):
    publish_parcels(
        database, WEST, {"w-1": square(0, 0), "w-2": square(0.5, 0), "w-3": square(3, 0), "w-4": square(4, 0)}
    )
    counted(store)
    with store.reading(ANONYMOUS) as connection:
        west, east = scoreboard(connection, [WEST, EAST])
        state = state_of_board(connection)
        (own,) = faults(connection, WEST, is_shared=False)
    assert (west.features, west.faulty, west.validity) == (4, 2, 0.5)
    assert (east.features, east.validity, east.last_publish_at) == (0, None, None)
    assert state.is_current
    assert (own.ref, own.other_ref) in {("w-1", "w-2"), ("w-2", "w-1")}


@pytest.mark.parametrize("seed", range(3))
def test_after_any_publishes_what_is_kept_is_what_counting_everything_finds(database, store, seed):
    """The state of each step, beside a count from nothing; ended parcels and both districts included."""
    chance = random.Random(seed)
    living: dict[int, list[str]] = {WEST: [], EAST: []}
    for step in range(6):
        district = chance.choice((WEST, EAST))
        own = living[district]
        gone = chance.sample(own, min(len(own), chance.randrange(3)))
        column = 0 if district == WEST else 1
        born = {
            f"{district}-{step}-{n}": square(
                column + chance.choice((0, 0, 0.02, -0.05)), chance.randrange(5), width=chance.choice((20, 19.6, 20.5))
            )
            for n in range(3)
        }
        publish_parcels(database, district, born, retire=gone)
        living[district] = [ref for ref in own if ref not in gone] + list(born)
        incremental = counted(store)
        assert incremental == counted_anew(database, store), step
    assert incremental


def test_a_publish_asks_for_the_count_in_its_own_transaction(database, store):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    publish_parcels(database, WEST, {"w-2": square(1, 0)})
    with store.reading(WORKER) as connection:
        waiting = connection.execute(
            text("SELECT count(*) FROM jobs.procrastinate_jobs WHERE task_name = 'count_faults' AND status = 'todo'")
        ).scalar_one()
        assert waiting == 1
        assert not state_of_board(connection).is_current

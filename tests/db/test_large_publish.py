"""While a whole district is being published, others publish on; commit order is epoch order all the same."""

import gzip
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module

import mapbox_vector_tile
import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import ProgrammingError

from layers.core import epochs, review
from layers.core.epochs import PublishUnderWay
from layers.core.publish import Published
from layers.core.store import WORKER, Actor
from layers.core.tiles import TileAddress, past_tile, stored_tile
from layers.core.tiles.address import tile_at
from layers.core.versions import rows_of
from tests.edits import Drawn, Editor, open_editor
from tests.importing import feature, open_desk
from tests.jagged import CORNER_LONLAT, area, block
from tests.truth import kept_shapes, shapes_from_scratch, stale_tiles, stored_tiles
from tests.worlds import EAST, WEST

PATIENCE_SECONDS = 60.0
REFRESH = import_module("layers.core.tiles.refresh")
ROWS = 5


def parcels(district_id: int, block_no: str) -> dict[str, Drawn]:
    """A few parcels on either side of the line where the districts, and tiles of every zoom, meet."""
    columns = range(-3, 0) if district_id == WEST else range(3)
    return {
        f"{district_id}-{column}-{row}": Drawn(
            block(column, row - 2), {"block_no": block_no, "parcel_no": f"{column}{row}"}
        )
        for column in columns
        for row in range(ROWS)
    }


@pytest.fixture
def editor(database) -> Iterator[Editor]:
    with open_editor(database, pool_size=4) as opened:
        for district, west in ((WEST, -10), (EAST, 0)):
            shape = area(west, -5, west + 10, 5)
            opened.publish(district, "districts", {str(district): Drawn(shape, {"name": str(district)})})
            opened.publish(district, "neighbourhoods", {f"{district}-n": Drawn(shape, {"name": f"N{district}"})})
            opened.publish(district, "parcels", parcels(district, "1"))
        yield opened


@dataclass
class Gate:
    """Holds a large publish back when all it has to do is done but the end."""

    reached: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    def wait_until_reached(self, by: Future[Published]) -> None:
        give_up = time.monotonic() + PATIENCE_SECONDS
        while not self.reached.wait(0.05):
            if by.done():
                raise AssertionError("the large publish ended before its end") from by.exception()
            assert time.monotonic() < give_up, "the large publish did not get there"


@pytest.fixture
def gate(monkeypatch) -> Iterator[Gate]:
    held = Gate()
    to_the_end = REFRESH.lock_epochs

    def wait_then_lock(connection) -> None:
        held.reached.set()
        assert held.opened.wait(PATIENCE_SECONDS), "nobody opened the gate"
        to_the_end(connection)

    monkeypatch.setattr(REFRESH, "lock_epochs", wait_then_lock)
    yield held
    held.opened.set()


@contextmanager
def publishing_whole_district(
    editor: Editor, gate: Gate, district_id: int = WEST, block_no: str = "9"
) -> Iterator[Future[Published]]:
    """All parcels of a district change by one large publish, which has begun and cannot end before the gate opens."""
    with ThreadPoolExecutor(1) as thread:
        changed = parcels(district_id, block_no)
        under_way = thread.submit(editor.publish, district_id, "parcels", changed, is_large=True)
        try:
            gate.wait_until_reached(under_way)
            yield under_way
        finally:
            gate.opened.set()
            under_way.exception(PATIENCE_SECONDS)


def published_blocks(editor: Editor, as_of: int | None = None, district_id: int = WEST) -> set[str]:
    """Blocks of a district's parcels at an epoch."""
    rows = rows_of(editor.registry["parcels"], as_of)
    with editor.store.reading(WORKER) as connection:
        found = connection.execute(select(rows.c.block_no).where(rows.c.district_id == district_id))
        return set(found.scalars())


def drawn_blocks(editor: Editor, address: TileAddress, as_of: int | None = None) -> set[str]:
    """Blocks of the parcels that a tile shows, stored or of an epoch."""
    layer = editor.registry["parcels"]
    with editor.store.reading(WORKER) as connection:
        tile = (
            stored_tile(connection, layer, address) if as_of is None else past_tile(connection, layer, address, as_of)
        )
    shown = mapbox_vector_tile.decode(gzip.decompress(tile.body))["parcels"]["features"]
    return {feature["properties"]["block_no"] for feature in shown}


def epochs_by_time(editor: Editor) -> list[int]:
    return [row.epoch for row in editor.rows("SELECT epoch FROM pool.epoch ORDER BY published_at")]


def everything_is_as_if_made_now(editor: Editor) -> bool:
    with editor.store.writing(WORKER) as connection:
        assert stale_tiles(connection, editor.registry) == []
        assert kept_shapes(connection) == shapes_from_scratch(connection, editor.registry)
    return True


def tiles_where_districts_meet() -> list[TileAddress]:
    return [tile_at(*CORNER_LONLAT, zoom) for zoom in (14, 15, 16)]


def test_small_publishes_pass_a_large_one_in_less_than_a_second(editor, gate):
    start = epochs_by_time(editor)[-1]
    with publishing_whole_district(editor, gate) as under_way:
        passed = []
        for number in range(5):
            began = time.perf_counter()
            passed.append(editor.publish(EAST, "parcels", {"2-0-2": east_parcel(f"small {number}")}).epoch)
            assert time.perf_counter() - began < 1
        assert not under_way.done()
    large = under_way.result()
    assert passed == [start + number for number in range(1, 6)]
    assert large.epoch == next_thousand(start)
    assert epochs_by_time(editor) == sorted(epochs_by_time(editor))
    assert editor.publish(EAST, "parcels", {"2-0-2": east_parcel("later")}).epoch == large.epoch + 1


def test_tiles_that_both_touched_hold_both(editor, gate):
    """Where districts meet, and at low zooms, a small publish draws what the large one has drawn already."""
    with publishing_whole_district(editor, gate):
        editor.publish(EAST, "parcels", {"2-0-2": east_parcel("small"), "2-1-1": east_parcel("small", 1, 1)})
        editor.publish(EAST, "parcels", {}, retire=["2-0-3"])
    for address in tiles_where_districts_meet():
        assert drawn_blocks(editor, address) >= {"9", "small"}
    assert everything_is_as_if_made_now(editor)


def test_nobody_sees_a_large_publish_before_it_ends(editor, gate):
    with publishing_whole_district(editor, gate) as under_way:
        small = editor.publish(EAST, "parcels", {"2-0-2": east_parcel("small")})
        assert published_blocks(editor) == {"1"}
        for address in tiles_where_districts_meet():
            assert drawn_blocks(editor, address) == {"1", "small"}
        with editor.store.reading(WORKER) as connection:
            assert stale_tiles(connection, editor.registry) == []
    assert published_blocks(editor) == {"9"}
    assert published_blocks(editor, small.epoch) == {"1"}
    assert published_blocks(editor, under_way.result().epoch) == {"9"}
    for address in tiles_where_districts_meet():
        assert drawn_blocks(editor, address, small.epoch) == {"1", "small"}
        assert drawn_blocks(editor, address, under_way.result().epoch) == {"9", "1", "small"}


def test_a_second_publish_of_the_same_district_is_told_to_come_later(editor, gate, monkeypatch):
    monkeypatch.setattr(epochs, "PATIENCE_S", 0.2)
    with publishing_whole_district(editor, gate):
        with pytest.raises(PublishUnderWay):
            editor.publish(WEST, "parcels", {"1--1-2": Drawn(block(-1, 0), {"block_no": "x", "parcel_no": "1"})})
        editor.publish(EAST, "parcels", {"2-0-2": east_parcel("small")})
    monkeypatch.undo()
    editor.publish(WEST, "parcels", {"1--1-2": Drawn(block(-1, 0), {"block_no": "x", "parcel_no": "1"})})
    assert published_blocks(editor) == {"9", "x"}


def test_neighbourhoods_wait_for_a_large_publish_but_not_for_ever(editor, gate, monkeypatch):
    """Their shapes reach into other districts."""
    monkeypatch.setattr(epochs, "PATIENCE_S", 0.2)
    wider = {"2-n": Drawn(area(1, -5, 10, 5), {"name": "N2"})}
    with publishing_whole_district(editor, gate), pytest.raises(PublishUnderWay):
        editor.publish(EAST, "neighbourhoods", wider)
    editor.publish(EAST, "neighbourhoods", wider)
    assert everything_is_as_if_made_now(editor)


def test_two_large_publishes_follow_one_another(editor, gate):
    with ThreadPoolExecutor(1) as thread, publishing_whole_district(editor, gate) as first:
        assert not has_written(editor, EAST)
        second = thread.submit(editor.publish, EAST, "parcels", parcels(EAST, "8"), is_large=True)
        wait_until_somebody_waits(editor)
        assert not first.done()
        assert not second.done()
        assert has_written(editor, EAST), "its rows could have been there while the first was being drawn"
        gate.opened.set()
        assert second.result(PATIENCE_SECONDS).epoch == first.result(PATIENCE_SECONDS).epoch + 1000
    assert everything_is_as_if_made_now(editor)


def test_the_number_of_a_large_publish_is_not_taken_by_the_thousandth_small_one(editor, gate, database, monkeypatch):
    with publishing_whole_district(editor, gate) as under_way:
        pass_by(database, 999)
        with pytest.raises(PublishUnderWay):
            editor.publish(EAST, "parcels", {"2-0-2": east_parcel("small")})
    large = under_way.result().epoch
    assert epochs_by_time(editor)[-2:] == [large - 1, large]
    assert editor.publish(EAST, "parcels", {"2-0-2": east_parcel("small")}).epoch == large + 1


def test_without_a_large_publish_the_thousandth_small_one_skips_a_number(editor, database):
    pass_by(database, 999)
    last = epochs_by_time(editor)[-1]
    assert editor.publish(EAST, "parcels", {"2-0-2": east_parcel("small")}).epoch == last + 2


def test_a_large_publish_that_fails_leaves_nothing(editor):
    before = epochs_by_time(editor)
    with editor.store.reading(WORKER) as connection:
        tiles, shapes = stored_tiles(connection), kept_shapes(connection)
    stranger = {**parcels(WEST, "9"), "2-0-0": east_parcel("taken")}
    with pytest.raises(ProgrammingError, match="wants"):
        editor.publish(WEST, "parcels", stranger, is_large=True)
    with editor.store.reading(WORKER) as connection:
        assert stored_tiles(connection) == tiles
        assert kept_shapes(connection) == shapes
    assert published_blocks(editor) == {"1"}
    assert editor.publish(EAST, "parcels", {"2-0-2": east_parcel("small")}).epoch == before[-1] + 1
    unused = next_thousand(before[-1])
    assert editor.publish(WEST, "parcels", parcels(WEST, "9"), is_large=True).epoch == unused + 1000
    assert everything_is_as_if_made_now(editor)


def test_a_changeset_of_many_changes_is_published_as_a_large_one(editor, database, gate, monkeypatch):
    monkeypatch.setattr(review, "LARGEST_AT_ONCE", 3)
    with open_desk(database) as desk, ThreadPoolExecutor(1) as thread:
        outcome = desk.send_features([feature(f"w-{number}", block(-8 + number, 0)) for number in range(4)])
        under_way = thread.submit(desk.publish, outcome)
        gate.wait_until_reached(under_way)
        passed = editor.publish(EAST, "parcels", {"2-0-2": east_parcel("small")})
        gate.opened.set()
        assert under_way.result(PATIENCE_SECONDS).epoch > passed.epoch
        assert [row.state for row in desk.rows("SELECT state FROM inbox.changeset WHERE upload_id IS NOT NULL")] == [
            "published"
        ]
    assert everything_is_as_if_made_now(editor)


def next_thousand(epoch: int) -> int:
    """The number that a large publish has which begins after that epoch."""
    return (epoch // 1000 + 1) * 1000


def east_parcel(block_no: str, column: int = 0, row: int = 0) -> Drawn:
    """One that lies at the line between the districts."""
    return Drawn(block(column, row), {"block_no": block_no, "parcel_no": "1"})


def pass_by(database, count: int) -> None:
    """As if so many small publishes had taken place."""
    owner = create_engine(database.owner)
    with owner.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO pool.epoch (epoch, published_at, summary) SELECT number, clock_timestamp(), '{}' "
                "FROM pool.current_epoch() AS last, generate_series(last + 1, last / 1000 * 1000 + :count) AS number"
            ),
            {"count": count},
        )
    owner.dispose()


def has_written(editor: Editor, district_id: int) -> bool:
    """Whether an open transaction holds rows of the district: who wants to write them is refused at once."""
    with editor.store.writing(Actor("publisher", district_id)) as connection:
        free = "SELECT id FROM pool.parcels WHERE district_id = :district FOR UPDATE SKIP LOCKED"
        return not connection.execute(text(free), {"district": district_id}).all()


def wait_until_somebody_waits(editor: Editor) -> None:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not editor.rows("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"):
        assert time.monotonic() < give_up, "nobody waits"

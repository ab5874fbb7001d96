"""Rows of tiles, read by a loop: everybody gets the own tile, whatever happens to the others and the connection."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, make_url, text

from gisserver.tiles.rows import LINES, TROUBLE, TileRows
from layers.core.store import WORKER, Store
from layers.core.tiles import TileAddress
from tests.worlds import WEST, publish_parcels, square

NOWHERE = TileAddress(16, 1, 1)


@pytest.fixture
def stored(database):
    """All tiles of parcels: address -> epoch and bytes."""
    for n in range(3):
        publish_parcels(database, WEST, {f"w-{n}": square(5 * n, 0)})
    store = Store(database.worker)
    with store.reading(WORKER) as connection:
        rows = connection.execute(text("SELECT * FROM tiles.tile WHERE layer_id = 'parcels'")).all()
    store.close()
    assert len(rows) > 3
    return {TileAddress(row.z, row.x, row.y): (row.epoch, bytes(row.body)) for row in rows}


@contextmanager
def reading(database):
    rows = TileRows(make_url(database.web))
    try:
        yield rows
    finally:
        rows.close()


def cut_reading_connections(database) -> int:
    ours = "usename = current_user AND query LIKE 'EXECUTE tile_rows%'"
    engine = create_engine(database.web)
    with engine.begin() as connection:
        cut = connection.execute(text(f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {ours}"))
        number = cut.scalar_one()
    engine.dispose()
    return number


def run(coroutine):
    """What the coroutine returns, run in a thread of its own: where a browser test ran before, this one has a loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


async def all_of(rows, addresses):
    tiles = await asyncio.gather(*(rows.read("parcels", address) for address in addresses))
    return [(tile.epoch, tile.body) for tile in tiles]


def test_many_at_once_get_each_the_own_tile(database, stored):
    addresses = [*stored, NOWHERE, *stored] * 20
    with reading(database) as rows:
        answers = run(all_of(rows, addresses))
    assert answers == [stored.get(address, (0, b"")) for address in addresses]


def test_connections_are_kept_and_few(database, stored):
    async def twice(rows):
        await all_of(rows, list(stored) * 30)
        before = {line.connection for line in rows._lines}
        await all_of(rows, list(stored) * 30)
        return before, {line.connection for line in rows._lines}

    with reading(database) as rows:
        before, after = run(twice(rows))
    assert before == after
    assert len(after) == LINES


def test_a_connection_cut_between_two_reads_is_opened_again(database, stored):
    address = next(iter(stored))

    async def before_and_after(rows):
        before = await all_of(rows, [address])
        cut = await asyncio.to_thread(cut_reading_connections, database)
        return before, cut, await all_of(rows, [address])

    with reading(database) as rows:
        before, cut, after = run(before_and_after(rows))
    assert cut == 1
    assert before == after == [stored[address]]


def test_who_leaves_takes_no_others_tile_along(database, stored):
    address = next(iter(stored))

    async def with_one_who_leaves(rows):
        leaving = asyncio.create_task(rows.read("parcels", address))
        staying = asyncio.create_task(rows.read("parcels", address))
        await asyncio.sleep(0)
        leaving.cancel()
        tile = await staying
        return leaving.cancelled(), (tile.epoch, tile.body)

    with reading(database) as rows:
        assert run(with_one_who_leaves(rows)) == (True, stored[address])


def test_a_database_that_is_not_there_is_told_to_all_who_asked():
    async def asked(rows):
        return await asyncio.gather(*(rows.read("parcels", NOWHERE) for _ in range(40)), return_exceptions=True)

    answers = run(asked(TileRows(make_url("postgresql://nobody@127.0.0.1:1/nothing"))))
    assert len(answers) == 40
    assert all(isinstance(answer, TROUBLE) for answer in answers)


def test_the_connection_cannot_write(database, stored):
    with reading(database) as rows:
        run(all_of(rows, [NOWHERE]))
        connection = next(line.connection for line in rows._lines if line.connection)
        assert connection.get_parameter_status("default_transaction_read_only") == "on"

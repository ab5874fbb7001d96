"""Rows, read by a loop: everybody gets the own one, whatever happens to the others and the connection."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, make_url, text

from gisserver.lines import LINES, TROUBLE, Lines, Statement
from gisserver.tiles.rows import TILE
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
    lines = Lines(make_url(database.web))
    try:
        yield lines
    finally:
        lines.close()


def cut_reading_connections(database) -> int:
    ours = "usename = current_user AND datname = current_database() AND query LIKE 'EXECUTE %tile_rows%'"
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


async def all_of(lines, addresses):
    tiles = await asyncio.gather(*(lines.ask(TILE, ("parcels", address)) for address in addresses))
    return [(tile.epoch, tile.body) for tile in tiles]


def test_many_at_once_get_each_the_own_tile(database, stored):
    addresses = [*stored, NOWHERE, *stored] * 20
    with reading(database) as lines:
        answers = run(all_of(lines, addresses))
    assert answers == [stored.get(address, (0, b"")) for address in addresses]


def test_connections_are_kept_and_few(database, stored):
    async def twice(lines):
        await all_of(lines, list(stored) * 30)
        before = {line.connection for line in lines._lines}
        await all_of(lines, list(stored) * 30)
        return before, {line.connection for line in lines._lines}

    with reading(database) as lines:
        before, after = run(twice(lines))
    assert before == after
    assert len(after) == LINES


def test_a_connection_cut_between_two_reads_is_opened_again(database, stored):
    address = next(iter(stored))

    async def before_and_after(lines):
        before = await all_of(lines, [address])
        cut = await asyncio.to_thread(cut_reading_connections, database)
        return before, cut, await all_of(lines, [address])

    with reading(database) as lines:
        before, cut, after = run(before_and_after(lines))
    assert cut == 1
    assert before == after == [stored[address]]


def test_who_leaves_takes_no_others_tile_along(database, stored):
    address = next(iter(stored))

    async def with_one_who_leaves(lines):
        leaving = asyncio.create_task(lines.ask(TILE, ("parcels", address)))
        staying = asyncio.create_task(lines.ask(TILE, ("parcels", address)))
        await asyncio.sleep(0)
        leaving.cancel()
        tile = await staying
        return leaving.cancelled(), (tile.epoch, tile.body)

    with reading(database) as lines:
        assert run(with_one_who_leaves(lines)) == (True, stored[address])


def test_a_database_that_is_not_there_is_told_to_all_who_asked():
    async def asked(lines):
        return await asyncio.gather(*(lines.ask(TILE, ("parcels", NOWHERE)) for _ in range(40)), return_exceptions=True)

    answers = run(asked(Lines(make_url("postgresql://nobody@127.0.0.1:1/nothing"))))
    assert len(answers) == 40
    assert all(isinstance(answer, TROUBLE) for answer in answers)


def test_the_connection_cannot_write(database, stored):
    with reading(database) as lines:
        run(all_of(lines, [NOWHERE]))
        connection = next(line.connection for line in lines._lines if line.connection)
        assert connection.get_parameter_status("default_transaction_read_only") == "on"


def test_statements_of_two_kinds_do_not_mix(database):
    doubled = Statement("doubled", "SELECT number, 2 * n FROM unnest($1) WITH ORDINALITY AS asked (n, number)",
                        ("integer[]",), lambda n: (n,), int, None)  # fmt: skip
    shouted = Statement("shouted", "SELECT number, upper(w) FROM unnest($1) WITH ORDINALITY AS asked (w, number)",
                        ("text[]",), lambda word: (word,), str, None)  # fmt: skip

    async def asked(lines):
        both = [(doubled, 1), (shouted, "a"), (shouted, "b"), (doubled, 2), (doubled, 3)] * 20
        return await asyncio.gather(*(lines.ask(statement, wanted) for statement, wanted in both))

    with reading(database) as lines:
        assert run(asked(lines)) == [2, "A", "B", 4, 6] * 20

"""Rows of tiles, read by the server's loop itself: those asked for in one turn of it by one statement.

Threads that read one each spend more on handing over Python's lock than on reading.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

import psycopg2
from psycopg2.extensions import POLL_OK, POLL_WRITE
from psycopg2.extensions import connection as Connection  # noqa: N812
from sqlalchemy import URL

from layers.core.tiles import StoredTile, TileAddress
from sql import query

TROUBLE = (psycopg2.OperationalError, psycopg2.InterfaceError, TimeoutError)
"""The database cannot be reached, does not answer, or the connection has been cut."""

LINES = 4
"""Connections of a process, opened as they are needed; a read of a slow disk holds up only one of them."""

PATIENCE = 5.0
"""Seconds for one statement, or one attempt to connect."""

_AT_ONCE = 16


@dataclass(frozen=True, eq=False)
class _Ask:
    layer_id: str
    address: TileAddress
    tile: asyncio.Future[StoredTile]


class TileRows:
    """Reads `tiles.tile`; whether the caller may see it has been asked before."""

    def __init__(self, url: URL) -> None:
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._lines = [_Line(address) for _ in range(LINES)]
        self._free = list(self._lines)
        self._waiting: deque[_Ask] = deque()
        self._reading: set[asyncio.Task[None]] = set()  # the loop itself does not hold on to its tasks

    async def read(self, layer_id: str, address: TileAddress) -> StoredTile:
        """The tile, together with those that others ask for at the same time."""
        loop = asyncio.get_running_loop()
        if not self._waiting:
            loop.call_soon(self._begin)
        ask = _Ask(layer_id, address, loop.create_future())
        self._waiting.append(ask)
        return await ask.tile

    def close(self) -> None:
        """Give the connections back."""
        for line in self._lines:
            line.close()

    def _begin(self) -> None:
        while self._waiting and self._free:
            asks = [self._waiting.popleft() for _ in range(min(_AT_ONCE, len(self._waiting)))]
            task = asyncio.ensure_future(self._read(self._free.pop(), asks))
            self._reading.add(task)
            task.add_done_callback(self._reading.discard)

    async def _read(self, line: "_Line", asks: Sequence[_Ask]) -> None:
        try:
            answers = await line.read_again_if_cut(asks)
            for ask, tile in zip(asks, answers, strict=True):
                _settle(ask, tile)
        except Exception as cause:
            for ask in asks:
                _settle(ask, cause)
        finally:
            self._free.append(line)
            self._begin()


def _settle(ask: _Ask, answer: StoredTile | Exception) -> None:
    if ask.tile.done():
        return  # who asked has left
    if isinstance(answer, Exception):
        ask.tile.set_exception(answer)
    else:
        ask.tile.set_result(answer)


@dataclass
class _Line:
    """One connection, without a transaction around what it reads."""

    url: str
    connection: Connection | None = field(default=None, init=False)

    async def read_again_if_cut(self, asks: Sequence[_Ask]) -> list[StoredTile]:
        """A connection that was cut since its last use costs a second try."""
        was_open = self.connection is not None
        try:
            return await self._read(asks)
        except (psycopg2.OperationalError, psycopg2.InterfaceError):
            if not was_open:
                raise
            return await self._read(asks)

    def close(self) -> None:
        """Give it back; the next read opens another."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    async def _read(self, asks: Sequence[_Ask]) -> list[StoredTile]:
        try:
            async with asyncio.timeout(PATIENCE):
                connection = self.connection or await self._connect()
                with connection.cursor() as cursor:
                    cursor.execute(query("tile_memory.rows"), _columns(asks))
                    await _done(connection)
                    rows = {number: StoredTile(epoch, bytes(body)) for number, epoch, body in cursor}
        except BaseException:
            self.close()
            raise
        return [rows.get(number, _NEVER_DRAWN) for number in range(1, len(asks) + 1)]

    async def _connect(self) -> Connection:
        connection = psycopg2.connect(self.url, async_=True)
        self.connection = connection
        await _done(connection)
        with connection.cursor() as cursor:
            cursor.execute(query("tile_memory.prepare"))
            await _done(connection)
        return connection


_NEVER_DRAWN = StoredTile(0, b"")


def _columns(asks: Sequence[_Ask]) -> tuple[list[str], list[int], list[int], list[int]]:
    return (
        [ask.layer_id for ask in asks],
        [ask.address.z for ask in asks],
        [ask.address.x for ask in asks],
        [ask.address.y for ask in asks],
    )


async def _done(connection: Connection) -> None:
    while (state := connection.poll()) != POLL_OK:
        await _ready(connection.fileno(), is_to_write=state == POLL_WRITE)


async def _ready(descriptor: int, is_to_write: bool) -> None:
    loop = asyncio.get_running_loop()
    ready = loop.create_future()
    watch, ignore = (loop.add_writer, loop.remove_writer) if is_to_write else (loop.add_reader, loop.remove_reader)
    watch(descriptor, ready.set_result, None)
    try:
        await ready
    finally:
        ignore(descriptor)

"""Statements that the server's loop runs itself: what is asked in one turn of it is read by one statement.

Threads that read one each spend more on handing over Python's lock than on reading.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import psycopg2
from psycopg2.extensions import POLL_OK, POLL_WRITE
from psycopg2.extensions import connection as Connection  # noqa: N812
from psycopg2.sql import SQL, Composed, Identifier
from sqlalchemy import URL

from sql import query

Asked = TypeVar("Asked")
Found = TypeVar("Found")

TROUBLE = (psycopg2.OperationalError, psycopg2.InterfaceError, TimeoutError)
"""The database cannot be reached, does not answer, or the connection has been cut."""

LINES = 4
"""Connections of a process, opened as they are needed; a read of a slow disk holds up only one of them."""

PATIENCE = 5.0
"""Seconds for one statement, or one attempt to connect."""

_AT_ONCE = 16


@dataclass(frozen=True, eq=False)
class Statement(Generic[Asked, Found]):
    """Answers several asks at once; as anonymous, since whether the caller may see it has been asked before."""

    name: str
    text: str
    """With an array for each column of the asks as $1, $2 …; its rows begin with the number of the ask, from 1."""
    types: tuple[str, ...]
    """Of those arrays."""
    columns: Callable[[Asked], Sequence[Any]]
    found: Callable[..., Found]
    """Of the rest of a row."""
    absent: Found
    """Where there is no row."""

    def arguments(self, asks: Sequence["_Ask"]) -> tuple[list[Any], ...]:
        """An array for each column."""
        return tuple(list(column) for column in zip(*(self.columns(ask.wanted) for ask in asks), strict=True))


@dataclass(frozen=True, eq=False)
class _Ask:
    statement: Statement[Any, Any]
    wanted: Any
    answer: asyncio.Future[Any]


class Lines:
    """A few connections, shared by all that the loop asks."""

    def __init__(self, url: URL) -> None:
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._lines = [_Line(address) for _ in range(LINES)]
        self._free = list(self._lines)
        self._waiting: deque[_Ask] = deque()
        self._reading: set[asyncio.Task[None]] = set()  # the loop itself does not hold on to its tasks

    async def ask(self, statement: Statement[Asked, Found], wanted: Asked) -> Found:
        """The answer, read together with what others ask at the same time. Raises what is in TROUBLE."""
        loop = asyncio.get_running_loop()
        if not self._waiting:
            loop.call_soon(self._begin)
        ask = _Ask(statement, wanted, loop.create_future())
        self._waiting.append(ask)
        found: Found = await ask.answer
        return found

    def close(self) -> None:
        """Give the connections back."""
        for line in self._lines:
            line.close()

    def _begin(self) -> None:
        while self._waiting and self._free:
            task = asyncio.ensure_future(self._read(self._free.pop(), self._alike()))
            self._reading.add(task)
            task.add_done_callback(self._reading.discard)

    def _alike(self) -> Sequence[_Ask]:
        """Those in front that one statement answers."""
        asks = [self._waiting.popleft()]
        while self._waiting and len(asks) < _AT_ONCE and self._waiting[0].statement is asks[0].statement:
            asks.append(self._waiting.popleft())
        return asks

    async def _read(self, line: "_Line", asks: Sequence[_Ask]) -> None:
        try:
            answers = await line.read_again_if_cut(asks)
            for ask, answer in zip(asks, answers, strict=True):
                _settle(ask, answer)
        except Exception as cause:
            for ask in asks:
                _fail(ask, cause)
        finally:
            self._free.append(line)
            self._begin()


def _settle(ask: _Ask, answer: object) -> None:
    if not ask.answer.done():  # who asked may have left
        ask.answer.set_result(answer)


def _fail(ask: _Ask, cause: Exception) -> None:
    if not ask.answer.done():
        ask.answer.set_exception(cause)


@dataclass
class _Line:
    """One connection, without a transaction around what it reads."""

    url: str
    connection: Connection | None = field(default=None, init=False)
    _prepared: dict[str, str] = field(default_factory=dict, init=False)

    async def read_again_if_cut(self, asks: Sequence[_Ask]) -> list[Any]:
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
            self._prepared.clear()

    async def _read(self, asks: Sequence[_Ask]) -> list[Any]:
        statement = asks[0].statement
        try:
            async with asyncio.timeout(PATIENCE):
                connection = self.connection or await self._connect()
                execute = self._prepared.get(statement.name) or await self._prepare(connection, statement)
                with connection.cursor() as cursor:
                    cursor.execute(execute, statement.arguments(asks))
                    await _done(connection)
                    rows = {number: statement.found(*rest) for number, *rest in cursor}
        except BaseException:
            self.close()
            raise
        return [rows.get(number, statement.absent) for number in range(1, len(asks) + 1)]

    async def _connect(self) -> Connection:
        connection = psycopg2.connect(self.url, async_=True)
        self.connection = connection
        await _done(connection)
        await _run(connection, query("lines.read_only"))
        return connection

    async def _prepare(self, connection: Connection, statement: Statement[Any, Any]) -> str:
        """The words that run it from now on."""
        name, types = Identifier(statement.name), [SQL(kind) for kind in statement.types]
        prepare = SQL("PREPARE {} ({}) AS {}").format(name, SQL(", ").join(types), SQL(statement.text))
        await _run(connection, prepare)
        arguments = SQL(", ").join(SQL("%s::{}").format(kind) for kind in types)
        execute: str = SQL("EXECUTE {} ({})").format(name, arguments).as_string(connection)
        return self._prepared.setdefault(statement.name, execute)


async def _run(connection: Connection, words: str | Composed) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words)
        await _done(connection)


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

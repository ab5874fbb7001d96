"""Statements that the server's loop runs itself: what is asked in one turn of it is read by one statement.

Threads that read one each spend more on handing over Python's lock than on reading.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

import psycopg2
from psycopg2.extensions import POLL_OK, POLL_WRITE
from psycopg2.extensions import connection as Connection  # noqa: N812
from psycopg2.extensions import cursor as Cursor  # noqa: N812
from psycopg2.extras import NamedTupleCursor, register_uuid
from psycopg2.sql import SQL, Composed, Identifier
from sqlalchemy import URL

from sql import numbered, query

Wanted = TypeVar("Wanted")
Found = TypeVar("Found")

TROUBLE = (psycopg2.OperationalError, psycopg2.InterfaceError, TimeoutError)
"""The database cannot be reached, does not answer, or the connection has been cut."""

LINES = 4
"""Connections of a process, opened as they are needed; a read of a slow disk holds up only one of them."""

PATIENCE = 5.0
"""Seconds for one statement, or one attempt to connect."""


@dataclass(frozen=True, eq=False)
class Statement(Generic[Wanted, Found]):
    """Answers several asks at once; as anonymous, since whether the caller may see it has been asked before."""

    name: str
    text: str
    """With an array for each column of the asks as $1, $2 …; its rows begin with the number of the ask, from 1."""
    types: tuple[str, ...]
    """Of those arrays."""
    columns: Callable[[Wanted], Sequence[Any]]
    found: Callable[..., Found]
    """Of the rest of a row."""
    absent: Found
    """Where there is no row."""
    at_once: ClassVar[int] = 16
    cursor: ClassVar[type[Cursor]] = Cursor

    def arguments(self, wanted: Sequence[Wanted]) -> Sequence[Any]:
        """An array for each column."""
        return [list(column) for column in zip(*map(self.columns, wanted), strict=True)]

    def answers(self, rows: Iterable[Any], asked: int) -> list[Found]:
        """One for each ask."""
        found = {number: self.found(*rest) for number, *rest in rows}
        return [found.get(number, self.absent) for number in range(1, asked + 1)]


@dataclass(frozen=True)
class Listed:
    """Rows, their columns by name, and the newest publish that they know of."""

    epoch: int
    rows: Sequence[Any]


@dataclass(frozen=True, eq=False)
class Listing:
    """Answers one ask, the values of its parameters, with all its rows; as anonymous."""

    name: str
    text: str
    """With its parameters as $1, $2 …"""
    parameters: tuple[str, ...]
    types: ClassVar[tuple[str, ...]] = ()
    """Nothing is said of them: the database knows what it compares them with."""
    at_once: ClassVar[int] = 1
    cursor: ClassVar[type[Cursor]] = NamedTupleCursor

    @classmethod
    def of(cls, name: str) -> "Listing":
        """A statement of sql/queries."""
        return cls.around(name, *numbered(name))

    @classmethod
    def around(cls, name: str, text: str, parameters: tuple[str, ...]) -> "Listing":
        """Any statement with its parameters as $1, $2 …"""
        return cls(name, SQL(query("lines.listing")).format(SQL(text)).as_string(None), parameters)

    def arguments(self, wanted: Sequence[Mapping[str, object]]) -> Sequence[Any]:
        """In the order of their numbers."""
        (values,) = wanted
        return [values[name] for name in self.parameters]

    def answers(self, rows: Iterable[Any], asked: int) -> list[Listed]:
        """A row that is there only to say the newest publish is none."""
        found = list(rows)
        return [Listed(found[0].epoch, [row for row in found if row.is_found])] * asked


@dataclass(frozen=True, eq=False)
class _Ask:
    statement: Statement[Any, Any] | Listing
    wanted: Any
    answer: asyncio.Future[Any]


class Lines:
    """A few connections, shared by all that the loop asks of them."""

    def __init__(self, url: URL, number: int = LINES) -> None:
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._lines = [_Line(address) for _ in range(number)]
        self._free = list(self._lines)
        self._waiting: deque[_Ask] = deque()
        self._reading: set[asyncio.Task[None]] = set()  # the loop itself does not hold on to its tasks

    async def ask(self, statement: Statement[Wanted, Found], wanted: Wanted) -> Found:
        """The answer, read together with what others ask at the same time. Raises what is in TROUBLE."""
        found: Found = await self._answer(statement, wanted)
        return found

    async def list(self, listing: Listing, values: Mapping[str, object]) -> Listed:
        """All rows. Raises what is in TROUBLE."""
        listed: Listed = await self._answer(listing, values)
        return listed

    async def _answer(self, statement: Statement[Any, Any] | Listing, wanted: object) -> Any:
        loop = asyncio.get_running_loop()
        if not self._waiting:
            loop.call_soon(self._begin)
        ask = _Ask(statement, wanted, loop.create_future())
        self._waiting.append(ask)
        return await ask.answer

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
        statement = asks[0].statement
        while self._waiting and len(asks) < statement.at_once and self._waiting[0].statement is statement:
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
                with connection.cursor(cursor_factory=statement.cursor) as cursor:
                    cursor.execute(execute, statement.arguments([ask.wanted for ask in asks]))
                    await _done(connection)
                    return statement.answers(cursor, len(asks))
        except BaseException:
            self.close()
            raise

    async def _connect(self) -> Connection:
        connection = psycopg2.connect(self.url, async_=True)
        self.connection = connection
        await _done(connection)
        register_uuid(None, connection)
        await _run(connection, query("lines.settings"))
        return connection

    async def _prepare(self, connection: Connection, statement: Statement[Any, Any] | Listing) -> str:
        """The words that run it from now on."""
        name, types = Identifier(statement.name), [SQL(kind) for kind in statement.types]
        said = SQL(" ({})").format(SQL(", ").join(types)) if types else SQL("")
        await _run(connection, SQL("PREPARE {}{} AS {}").format(name, said, SQL(statement.text)))
        execute: str = SQL("EXECUTE {}{}").format(name, _places(statement)).as_string(connection)
        return self._prepared.setdefault(statement.name, execute)


def _places(statement: Statement[Any, Any] | Listing) -> Composed | SQL:
    """For the arguments."""
    if isinstance(statement, Listing):
        places = [SQL("%s") for _ in statement.parameters]
    else:
        places = [SQL("%s::{}").format(SQL(kind)) for kind in statement.types]
    return SQL(" ({})").format(SQL(", ").join(places)) if places else SQL("")


async def _run(connection: Connection, words: str | Composed) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words)
        await _done(connection)


async def _done(connection: Connection) -> None:
    """Until what was sent is answered in full."""
    if (state := connection.poll()) != POLL_OK:
        await _Waiting(connection).begin(is_to_write=state == POLL_WRITE)


class _Waiting:
    """Looks itself each time something arrives: a long answer comes in a hundred pieces, and waking a task is dear."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._loop = asyncio.get_running_loop()
        self._is_done = self._loop.create_future()
        self._descriptor = connection.fileno()

    async def begin(self, *, is_to_write: bool) -> None:
        """Wait. Raises what the connection raises."""
        self._watch(is_to_write)
        try:
            await self._is_done
        finally:
            self._loop.remove_reader(self._descriptor)
            self._loop.remove_writer(self._descriptor)

    def _watch(self, is_to_write: bool) -> None:
        watch, ignore = self._loop.add_reader, self._loop.remove_writer
        if is_to_write:
            watch, ignore = self._loop.add_writer, self._loop.remove_reader
        ignore(self._descriptor)
        watch(self._descriptor, self._look, is_to_write)

    def _look(self, was_to_write: bool) -> None:
        if self._is_done.done():
            return
        try:
            state = self._connection.poll()
        except psycopg2.Error as cause:
            self._is_done.set_exception(cause)
            return
        if state == POLL_OK:
            self._is_done.set_result(None)
        elif was_to_write != (state == POLL_WRITE):
            self._watch(not was_to_write)

"""Where all listeners of a process wait: woken by the one connection that hears of publishes, reading together."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from sqlalchemy.exc import DBAPIError

from layers.core.events import Block, Interest

Read = Callable[[Interest, int], Block]
"""What is of interest beyond a publish."""


class EventFeed:
    """Listeners hold neither threads nor connections: they wait in the server's loop, and equal ones share a read."""

    def __init__(self, read: Read, most: int) -> None:
        self._read = read
        self._most = most
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="events")
        self._reads: dict[tuple[Interest, int], asyncio.Task[Block]] = {}
        self._waiting: set[asyncio.Event] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.listeners = 0

    @property
    def is_full(self) -> bool:
        """True where nobody else may listen."""
        return self.listeners >= self._most

    def hear(self) -> None:
        """Something was published; from whatever thread hears of it."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._wake)

    def read(self, interest: Interest, position: int) -> Block:
        """At once, in the caller's thread."""
        return self._read(interest, position)

    async def beyond(self, interest: Interest, position: int) -> Block:
        """One read of the database for all who ask the same at the same time."""
        asked = interest, position
        task = self._reads.get(asked)
        if task is None:
            task = asyncio.create_task(self._read_once(interest, position))
            self._reads[asked] = task
            task.add_done_callback(lambda done: self._forget_read(asked, done))
        return await asyncio.shield(task)

    def expect(self) -> asyncio.Event:
        """Set by the next publish that is heard of; asked for before one looks what there is."""
        self._loop = asyncio.get_running_loop()
        woken = asyncio.Event()
        self._waiting.add(woken)
        return woken

    def forget(self, woken: asyncio.Event) -> None:
        """Nobody waits for it any more."""
        self._waiting.discard(woken)

    def close(self) -> None:
        """End the thread."""
        self._threads.shutdown(wait=False)

    async def _read_once(self, interest: Interest, position: int) -> Block:
        """A connection that is cut meanwhile costs a second try, not all the streams that it feeds."""
        read = partial(asyncio.get_running_loop().run_in_executor, self._threads, self._read, interest, position)
        try:
            return await read()
        except DBAPIError as cause:
            if not cause.connection_invalidated:
                raise
            return await read()

    def _forget_read(self, asked: tuple[Interest, int], task: "asyncio.Task[Block]") -> None:
        if self._reads.get(asked) is task:
            del self._reads[asked]

    def _wake(self) -> None:
        # A read that began before the publish does not see it.
        self._reads.clear()
        waiting, self._waiting = self._waiting, set()
        for woken in waiting:
            woken.set()

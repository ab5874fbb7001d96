"""The other end of a request, as a thread sees it: what it sends, what it is sent, whether it is still there."""

import asyncio
import io
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import contextmanager
from typing import TYPE_CHECKING

from werkzeug.exceptions import ClientDisconnected, RequestTimeout

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, ASGISendEvent

CALLER = "gisserver.caller"
"""Where the environment of a request has its caller, behind the real server."""
PATIENCE = 60.0
"""Seconds in which a caller has to send or take something; who does neither has gone."""
_BETWEEN_STOPS = 0.2
"""Seconds."""


class Caller:
    """One request's connection. Its coroutines run in the server's loop, the other methods in a thread."""

    def __init__(self, receive: "ASGIReceiveCallable", send: "ASGISendCallable") -> None:
        self._loop = asyncio.get_running_loop()
        self._receive = receive
        self._send = send
        self._has_sent_all = asyncio.Event()
        self._at_departure: Callable[[], object] | None = None
        self._departing = threading.Lock()
        self._is_over = threading.Event()
        self.is_gone = False

    async def next_piece(self) -> bytes:
        """A piece of the body; empty at its end. Raises ClientDisconnected, RequestTimeout."""
        while not self._has_sent_all.is_set():
            try:
                message = await asyncio.wait_for(self._receive(), PATIENCE)
            except TimeoutError as cause:
                raise RequestTimeout from cause
            if message["type"] != "http.request":
                self.is_gone = True
                raise ClientDisconnected
            if not message.get("more_body", False):
                self._has_sent_all.set()
            if message.get("body"):
                return message["body"]
        return b""

    async def whole_body(self) -> bytes:
        """A short body, before a thread is taken for it."""
        return b"".join([piece async for piece in self])

    def __aiter__(self) -> "Caller":
        return self

    async def __anext__(self) -> bytes:
        piece = await self.next_piece()
        if not piece:
            raise StopAsyncIteration
        return piece

    async def watch(self) -> None:
        """Notice that the caller leaves while it is being answered."""
        await self._has_sent_all.wait()
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.is_gone = True
        await self._loop.run_in_executor(None, self._depart)

    @contextmanager
    def at_departure(self, stop: Callable[[], object]) -> Iterator[None]:
        """While the body runs, `stop` is called from when the caller has left until the body ends; never afterwards.

        Once would not do: between two statements there is nothing to cancel.
        """
        with self._departing:
            self._at_departure = stop
        try:
            if self.is_gone:
                raise ClientDisconnected
            yield
        finally:
            with self._departing:
                self._at_departure = None
            self._is_over.set()

    def _depart(self) -> None:
        while True:
            with self._departing:
                if self._at_departure is None:
                    return
                self._at_departure()
            self._is_over.wait(_BETWEEN_STOPS)

    def body(self) -> io.BufferedReader:
        """A long body as a file that a thread reads while it arrives."""
        return io.BufferedReader(_Arriving(self, self._loop), 128 * 1024)

    def send(self, messages: Sequence["ASGISendEvent"]) -> None:
        """Send and wait until the caller keeps up. Raises ClientDisconnected."""
        if self.is_gone:
            raise ClientDisconnected
        sending = asyncio.run_coroutine_threadsafe(self.send_all(messages), self._loop)
        try:
            sending.result(PATIENCE)
        except TookTooLong as cause:
            sending.cancel()
            self.is_gone = True
            raise ClientDisconnected from cause

    async def send_all(self, messages: Sequence["ASGISendEvent"]) -> None:
        """Send, from the server's loop."""
        for message in messages:
            await self._send(message)


class _Arriving(io.RawIOBase):
    """Bytes on their way."""

    def __init__(self, caller: Caller, loop: asyncio.AbstractEventLoop) -> None:
        self._caller = caller
        self._loop = loop
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        if not self._rest:
            piece = asyncio.run_coroutine_threadsafe(self._caller.next_piece(), self._loop)
            self._rest = memoryview(piece.result())
        with memoryview(buffer).cast("B") as wanted:
            length = min(len(wanted), len(self._rest))
            wanted[:length] = self._rest[:length]
        self._rest = self._rest[length:]
        return length

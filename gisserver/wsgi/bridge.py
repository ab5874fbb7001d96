"""From ASGI to WSGI, so that no slow caller holds a thread that others need.

A short body is received before a thread is taken, a long one in pieces where it may be cut; others may hold only
half of the threads. An answer is made as fast as its caller takes it, and ends when the caller leaves.
"""

import asyncio
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import ClientDisconnected, HTTPException, RequestTimeout, ServiceUnavailable

from gisserver.wsgi.caller import CALLER, Caller
from gisserver.wsgi.draft import Draft
from gisserver.wsgi.environ import environ_of
from gisserver.wsgi.later import BegunLater, LaterPieces
from gisserver.wsgi.pieces import may_be_cut, pieces_of, short_patch

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment
    from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, ASGISendEvent, HTTPScope, Scope

_SHORT = 64 * 1024
_MOST_WAITING = 500
"""Requests waiting for a thread; more would only be answered after everybody has given up."""


class WsgiBridge:
    """ASGI, HTTP only."""

    def __init__(self, application: "WSGIApplication", threads: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="request")
        self._long_bodies = asyncio.Semaphore(max(threads // 2, 1))
        self._most_at_once = threads + _MOST_WAITING
        self._under_way = 0

    async def __call__(self, scope: "Scope", receive: "ASGIReceiveCallable", send: "ASGISendCallable") -> None:
        """One request."""
        if scope["type"] != "http":
            raise TypeError(f"Only HTTP is spoken here, not {scope['type']}.")
        if self._under_way >= self._most_at_once:
            await _refuse(ServiceUnavailable, send)
            return
        self._under_way += 1
        caller = Caller(receive, send)
        later = None
        try:
            later = await self._take(scope, caller)
        except RequestTimeout:
            await _refuse(RequestTimeout, send)
        except ClientDisconnected:
            pass  # there is nobody to tell
        finally:
            self._under_way -= 1
        if later is not None:
            await later.send(caller)
        caller.is_gone = True

    async def _take(self, scope: "HTTPScope", caller: Caller) -> "BegunLater | None":
        """An answer whose pieces come later holds neither a thread nor one of the places of requests."""
        environ = environ_of(scope)
        if may_be_cut(environ):
            await self._in_pieces(environ, caller)
            return None
        if _has_short_body(environ):
            environ["wsgi.input"] = io.BytesIO(await caller.whole_body())
            return await self._in_thread(environ, caller)
        async with self._long_bodies:
            environ["wsgi.input"] = caller.body()
            return await self._in_thread(environ, caller)

    async def _in_thread(self, environ: "WSGIEnvironment", caller: Caller) -> "BegunLater | None":
        environ[CALLER] = caller
        watching = asyncio.create_task(caller.watch())
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._answer, environ, caller)
        finally:
            watching.cancel()

    async def _in_pieces(self, environ: "WSGIEnvironment", caller: Caller) -> None:
        """The first refusal is the answer, else the last."""
        draft = None
        async with aclosing(pieces_of(caller)) as pieces:
            async for piece in pieces:
                offset = draft.headers["upload-offset"] if draft else environ["HTTP_UPLOAD_OFFSET"]
                draft = await self._piece(environ, offset, piece)
                if not draft.is_good:
                    break
        draft = draft or await self._piece(environ, environ["HTTP_UPLOAD_OFFSET"], b"")
        await caller.send_all(draft.messages)

    async def _piece(self, environ: "WSGIEnvironment", offset: str, piece: bytes) -> Draft:
        draft = Draft()
        short = short_patch(environ, offset, piece)
        await asyncio.get_running_loop().run_in_executor(self._threads, self._answer, short, draft)
        return draft

    def _answer(self, environ: "WSGIEnvironment", caller: "Caller | Draft") -> "BegunLater | None":
        if caller.is_gone:
            return None
        answer = _Answer(caller)
        pieces = self._application(environ, answer.start)
        if isinstance(pieces, LaterPieces):
            return BegunLater(answer.begun, pieces)
        try:
            for piece in pieces:
                answer.write(piece)
            answer.finish()
        finally:
            close: Callable[[], None] | None = getattr(pieces, "close", None)
            if close is not None:
                close()
        return None


class _Answer:
    """Puts the start and the first piece, and often the end, into one step to the server's loop."""

    def __init__(self, caller: "Caller | Draft") -> None:
        self._caller = caller
        self._start: list[ASGISendEvent] = []
        self._left: int | None = None
        """Bytes still to come, where a Content-Length says so."""
        self._is_finished = False

    def start(self, status: str, headers: list[tuple[str, str]], _error: Any = None, /) -> Callable[[bytes], object]:
        """WSGI's start_response."""
        length = next((value for name, value in headers if name.lower() == "content-length"), None)
        self._left = int(length) if length else None
        encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        code = int(status.partition(" ")[0])
        self._start = [{"type": "http.response.start", "status": code, "headers": encoded, "trailers": False}]
        return self.write

    @property
    def begun(self) -> "list[ASGISendEvent]":
        """Status and headers, where no piece has been sent yet."""
        return self._start

    def write(self, piece: bytes) -> None:
        """Send a piece; after the last one the length names, the answer is finished."""
        if not piece or self._is_finished:
            return
        if self._left is not None:
            self._left -= len(piece)
            self._is_finished = self._left <= 0
        self._send(piece)

    def finish(self) -> None:
        """There is nothing more to come."""
        if not self._is_finished:
            self._is_finished = True
            self._send(b"")

    def _send(self, piece: bytes) -> None:
        body: ASGISendEvent = {"type": "http.response.body", "body": piece, "more_body": not self._is_finished}
        self._caller.send([*self._start, body])
        self._start = []


def _has_short_body(environ: "WSGIEnvironment") -> bool:
    if "HTTP_TRANSFER_ENCODING" in environ:
        return False
    length = environ.get("CONTENT_LENGTH", "0")
    return not length.isdigit() or int(length) <= _SHORT


async def _refuse(why: type[HTTPException], send: "ASGISendCallable") -> None:
    """In short: there is no thread for a sentence."""
    headers = [(b"retry-after", b"2"), (b"content-length", b"0"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": why.code or 503, "headers": headers, "trailers": False})
    await send({"type": "http.response.body", "body": b"", "more_body": False})

"""HTTP/1.1 by uvicorn, with the tiles in memory answered before a request is even parsed."""

import asyncio
from typing import Any, cast

from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from gisserver.tiles.hits import MemoryHits
from gisserver.tiles.outbox import GatheringTransport, Outbox

HEADER_PATIENCE = 20.0
"""Seconds in which a request's headers have to be here."""


class TilesFirst(HttpToolsProtocol):
    """One connection.

    It steps in only between two requests, when nothing is being received, answered or waiting to be sent;
    at any other moment, and for whatever is not a hit, it is uvicorn's own protocol.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._hits: MemoryHits = app_state["hits"]
        self._outbox: Outbox = app_state["outbox"]
        self._is_between_requests = True
        self._last_hit = 0.0
        self._headers_due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Who connects and says nothing is not waited for longer than who has said something."""
        super().connection_made(cast(asyncio.Transport, GatheringTransport(transport, self._outbox)))
        self._wait_for_more(self.timeout_keep_alive)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is due from who has gone."""
        self._headers_are_here()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """A hit, or something for the parser."""
        answer = self._hits.answer(data, self.server_state.default_headers) if self._is_idle() else None
        if answer is None:
            super().data_received(data)
            return
        self._last_hit = self.loop.time()
        self.server_state.total_requests += 1
        self.transport.write(answer)

    def on_message_begin(self) -> None:
        """From here until its end the bytes belong to a request that is being received."""
        self._is_between_requests = False
        self._headers_due = self.loop.call_later(HEADER_PATIENCE, self.transport.close)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The rest may take its time."""
        self._headers_are_here()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The next byte begins a request."""
        self._is_between_requests = True
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """While requests wait in line no more are read: uvicorn reads on, and a caller who never reads fills memory."""
        super().on_response_complete()
        if self.pipeline and not self.transport.is_closing():
            self.flow.pause_reading()

    def timeout_keep_alive_handler(self) -> None:
        """Hits do not set the clock anew each time; it is looked at when it runs down."""
        left = self._last_hit + self.timeout_keep_alive - self.loop.time()
        if left > 0:
            self._wait_for_more(left)
        else:
            super().timeout_keep_alive_handler()

    def _is_idle(self) -> bool:
        # Before the first request there is no cycle, whatever its type says.
        is_answering = self.cycle is not None and not self.cycle.response_complete  # type: ignore[redundant-expr]
        return (
            self._is_between_requests
            and not is_answering
            and not self.pipeline
            and not self.flow.write_paused
            and not self.transport.is_closing()
        )

    def _wait_for_more(self, seconds: float) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(seconds, self.timeout_keep_alive_handler)

    def _headers_are_here(self) -> None:
        if self._headers_due is not None:
            self._headers_due.cancel()
            self._headers_due = None

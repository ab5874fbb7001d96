"""What the server calls: public tiles are answered here, everything else by the application."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TYPE_CHECKING

from gisserver.metrics import Kind, Metrics
from gisserver.tiles.ahead import AheadOfUs
from gisserver.tiles.ask import TileAsk, TileAsks
from gisserver.tiles.cache import TileCache
from gisserver.tiles.hits import MemoryHits
from gisserver.tiles.memory import path_of
from gisserver.tiles.outbox import Outbox
from gisserver.tiles.reply import PREFLIGHT, TileReply, reply
from gisserver.tiles.rows import TROUBLE
from layers.core.registry import Registry

if TYPE_CHECKING:
    from asgiref.typing import (
        ASGI3Application,
        ASGIReceiveCallable,
        ASGISendCallable,
        ASGISendEvent,
        HTTPScope,
        Scope,
    )

_NOTED_EVERY = 1.0


class Entry:
    """ASGI. Errors are never answered here: the application knows the sentences."""

    def __init__(self, application: "ASGI3Application", tiles: TileCache, registry: Registry, metrics: Metrics) -> None:
        self._application = application
        self._tiles = tiles
        self._metrics = metrics
        self._asks = TileAsks(registry)
        self._looker = ThreadPoolExecutor(1, thread_name_prefix="newest-epoch")
        self._ahead = AheadOfUs(tiles, self._looker)
        self.hits = MemoryHits(tiles)

    async def __call__(self, scope: "Scope", receive: "ASGIReceiveCallable", send: "ASGISendCallable") -> None:
        """One request, or the life of the process."""
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
            return
        if scope["type"] == "http" and (answer := await self._answer(scope)) is not None:
            await _send(answer, scope["method"] == "HEAD", send)
            return
        await self._application(scope, receive, self._counted(send))

    async def _answer(self, scope: "HTTPScope") -> TileReply | None:
        if scope["method"] not in ("GET", "HEAD", "OPTIONS") or not scope["path"].startswith("/tiles/"):
            return None
        ask = self._asks.read(scope["path"], scope["query_string"].decode("latin-1"), scope["headers"])
        if ask is None:
            return None
        if scope["method"] == "OPTIONS":
            self._metrics.answered(Kind.OTHER, PREFLIGHT.status)
            return PREFLIGHT
        try:
            return await self._tile(ask)
        except TROUBLE:
            return None

    async def _tile(self, ask: TileAsk) -> TileReply | None:
        """None where the caller has seen a publish that does not come."""
        if ask.version is not None and not await self._ahead.reach(ask.version):
            return None
        kept = self._tiles.kept(path_of(ask.layer.id, ask.address))
        if kept is not None:
            answer = reply(kept.tile, ask.wish(self._tiles.known_epoch))
            self._metrics.answered(Kind.MEMORY, answer.status)
            return answer
        tile = await self._tiles.read(ask.layer, ask.address)
        answer = reply(tile, ask.wish(self._tiles.known_epoch))
        self._metrics.answered(Kind.ROW, answer.status)
        return answer

    async def _live(self, scope: "Scope", receive: "ASGIReceiveCallable", send: "ASGISendCallable") -> None:
        """What all connections share is given to them in the state."""
        await receive()
        scope["state"].update(hits=self.hits, outbox=Outbox(asyncio.get_running_loop()))
        self._tiles.follower.start_once()
        noting = asyncio.create_task(self._note_regularly())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        noting.cancel()
        self._tiles.close()
        self._looker.shutdown(wait=False)
        await send({"type": "lifespan.shutdown.complete"})

    def _counted(self, send: "ASGISendCallable") -> "ASGISendCallable":
        async def counting(message: "ASGISendEvent") -> None:
            if message["type"] == "http.response.start":
                self._metrics.answered(Kind.OTHER, message["status"])
            await send(message)

        return counting

    async def _note_regularly(self) -> None:
        """Hits only count up a number of their own; counting properly would cost as much as answering."""
        noted = 0
        while True:
            await asyncio.sleep(_NOTED_EVERY)
            self._metrics.answered(Kind.MEMORY, HTTPStatus.OK, self.hits.count - noted)
            noted = self.hits.count
            self._metrics.note(
                cache_bytes=self._tiles.memory.size_bytes,
                known_epoch=self._tiles.known_epoch,
                heard_at=self._tiles.follower.heard_at,
            )


async def _send(answer: TileReply, is_head: bool, send: "ASGISendCallable") -> None:
    headers = [(name.encode("ascii"), value.encode("ascii")) for name, value in answer.headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers, "trailers": False})
    await send({"type": "http.response.body", "body": b"" if is_head else answer.body, "more_body": False})

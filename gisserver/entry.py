"""What the server calls: public tiles, features and searches are answered here, everything else by the application."""

import asyncio
from collections.abc import Awaitable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TYPE_CHECKING

from gisserver.items_first import ItemsFirst
from gisserver.lines import TROUBLE, Lines
from gisserver.metrics import Kind, Metrics
from gisserver.pages_first import PagesFirst
from gisserver.plain_requests import READING
from gisserver.reply import Reply
from gisserver.search_first import PATHS as SEARCHES
from gisserver.search_first import SearchFirst
from gisserver.tiles.ahead import AheadOfUs
from gisserver.tiles.ask import TileAsk, TileAsks
from gisserver.tiles.cache import TileCache
from gisserver.tiles.hits import MemoryHits
from gisserver.tiles.memory import path_of
from gisserver.tiles.outbox import Outbox
from gisserver.tiles.reply import PREFLIGHT, reply

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

    def __init__(
        self,
        application: "ASGI3Application",
        tiles: TileCache,
        items: ItemsFirst,
        pages: PagesFirst,
        searches: SearchFirst,
        lines: Sequence[Lines],
        metrics: Metrics,
    ) -> None:
        self._application = application
        self._tiles = tiles
        self._items = items
        self._pages = pages
        self._searches = searches
        self._lines = lines
        self._metrics = metrics
        self._asks = TileAsks(tiles.sources)
        self._looker = ThreadPoolExecutor(1, thread_name_prefix="newest-epoch")
        self._ahead = AheadOfUs(tiles, self._looker)
        self.hits = MemoryHits(tiles)

    async def __call__(self, scope: "Scope", receive: "ASGIReceiveCallable", send: "ASGISendCallable") -> None:
        """One request, or the life of the process."""
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
            return
        if scope["type"] == "http" and (answer := await self._answer(scope)) is not None:
            await answer.send(send, is_head=scope["method"] == "HEAD")
            return
        await self._application(scope, receive, self._counted(send))

    async def _answer(self, scope: "HTTPScope") -> Reply | None:
        try:
            if scope["path"].startswith("/tiles/"):
                return await self._tile_answer(scope)
            if scope["path"].startswith("/api/collections/") and scope["method"] in READING:
                return await self._features(scope)
            if scope["path"] in SEARCHES:
                return await self._counting(Kind.SEARCH, self._searches.answer(scope))
        except TROUBLE:
            pass
        return None

    async def _tile_answer(self, scope: "HTTPScope") -> Reply | None:
        if scope["method"] not in (*READING, "OPTIONS"):
            return None
        ask = self._asks.read(scope["path"], scope["query_string"].decode("latin-1"), scope["headers"])
        if ask is None:
            return None
        if scope["method"] == "OPTIONS":
            self._metrics.answered(Kind.OTHER, PREFLIGHT.status)
            return PREFLIGHT
        return await self._tile(ask)

    async def _features(self, scope: "HTTPScope") -> Reply | None:
        if scope["path"].endswith("/items"):
            return await self._counting(Kind.PAGE, self._pages.answer(scope))
        return await self._counting(Kind.ITEM, self._items.answer(scope))

    async def _counting(self, kind: Kind, answering: Awaitable[Reply | None]) -> Reply | None:
        answer = await answering
        if answer is not None:
            self._metrics.answered(kind, answer.status)
        return answer

    async def _tile(self, ask: TileAsk) -> Reply | None:
        """None where the caller has seen a publish that does not come."""
        if ask.version is not None and not await self._ahead.reach(ask.version):
            return None
        kept = self._tiles.kept(path_of(ask.source.id, ask.address))
        if kept is not None:
            answer = reply(kept.tile, ask.wish(self._tiles.known_epoch))
            self._metrics.answered(Kind.MEMORY, answer.status)
            return answer
        tile = await self._tiles.read(ask.source, ask.address)
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
        for lines in self._lines:
            lines.close()
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

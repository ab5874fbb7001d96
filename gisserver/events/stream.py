"""Events as they happen, to one listener (Server-Sent Events)."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator

import structlog
from sqlalchemy.exc import SQLAlchemyError

from gisserver.events.feed import EventFeed
from gisserver.wsgi import LaterPieces
from layers.core.events import Block, Event, Interest

log = structlog.get_logger()

HEARTBEAT_S = 15.0
"""Shorter than any proxy's patience with a silent connection."""
_COME_AGAIN = b"retry: 3000\n\n"
_COME_MUCH_LATER = b"retry: 60000\n\n"


class EventStream(LaterPieces):
    """One listener's."""

    def __init__(self, feed: EventFeed, interest: Interest, position: int, written: Callable[[Event], str]) -> None:
        self._feed = feed
        self._interest = interest
        self._position = position
        self._written = written

    def __iter__(self) -> Iterator[bytes]:
        """Behind a server that cannot wait: what there is, and the listener comes again."""
        yield _COME_AGAIN
        block = self._feed.read(self._interest, self._position)
        yield self._text(block)

    async def pieces(self) -> AsyncGenerator[bytes, None]:
        """Until the listener leaves, or the database cannot be read: then it comes again and resumes."""
        if self._feed.is_full:
            yield _COME_MUCH_LATER
            return
        self._feed.listeners += 1
        try:
            yield _COME_AGAIN
            async for piece in self._as_they_happen():
                yield piece
        except SQLAlchemyError as cause:
            log.warning("a stream of events ends", cause=str(cause))
        finally:
            self._feed.listeners -= 1

    async def _as_they_happen(self) -> AsyncGenerator[bytes, None]:
        while True:
            woken = self._feed.expect()
            try:
                block = await self._feed.beyond(self._interest, self._position)
                if block.events:
                    yield self._text(block)
                self._position = block.position
                if block.is_last and not await _comes(woken):
                    # The number alone: whoever resumes after a long silence need not begin far back.
                    yield f": nothing new\nid: {self._position}\n\n".encode()
            finally:
                self._feed.forget(woken)

    def _text(self, block: Block) -> bytes:
        return "".join(
            f"id: {event.epoch}\nevent: publish\ndata: {self._written(event)}\n\n" for event in block.events
        ).encode()


async def _comes(woken: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(HEARTBEAT_S):
            await woken.wait()
    except TimeoutError:
        return False
    return True

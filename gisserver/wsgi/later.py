"""Answers whose pieces come later: begun in a thread like all others, continued by the server's loop without one."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gisserver.wsgi.caller import PATIENCE, Caller

if TYPE_CHECKING:
    from asgiref.typing import ASGISendEvent


class LaterPieces(ABC):
    """A body that a WSGI application returns; behind another server it ends where there is nothing yet."""

    @abstractmethod
    def pieces(self) -> AsyncGenerator[bytes, None]:
        """Runs in the server's loop until the caller leaves or there is nothing more to come."""

    @abstractmethod
    def __iter__(self) -> Iterator[bytes]:
        """What there is at once."""


@dataclass(frozen=True)
class BegunLater:
    """Status and headers, and what is to follow."""

    start: "Sequence[ASGISendEvent]"
    later: LaterPieces

    async def send(self, caller: Caller) -> None:
        """Until one side has enough; who takes nothing for too long has gone."""
        sending = asyncio.create_task(self._send(caller))
        watching = asyncio.create_task(caller.watch())
        try:
            await asyncio.wait((sending, watching), return_when=asyncio.FIRST_COMPLETED)
        finally:
            watching.cancel()
            sending.cancel()
            await asyncio.gather(sending, watching, return_exceptions=True)

    async def _send(self, caller: Caller) -> None:
        async with aclosing(self.later.pieces()) as pieces:
            await caller.send_all(self.start)
            async for piece in pieces:
                async with asyncio.timeout(PATIENCE):
                    await caller.send_all([{"type": "http.response.body", "body": piece, "more_body": True}])
        await caller.send_all([{"type": "http.response.body", "body": b"", "more_body": False}])

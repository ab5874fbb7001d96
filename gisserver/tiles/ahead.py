"""Waiting for a publish that the caller has seen and this process has not: no thread is held meanwhile."""

import asyncio
from concurrent.futures import Executor

from sqlalchemy.exc import SQLAlchemyError

from gisserver.tiles.cache import TileCache

PATIENCE = 1.0
"""Seconds; a publish is heard of in milliseconds, so what is not known by then will not come."""

_PAUSE = 0.05
"""Seconds between two looks, however many wait."""


class AheadOfUs:
    """Callers who wait share one look at the database."""

    def __init__(self, tiles: TileCache, threads: Executor) -> None:
        self._tiles = tiles
        self._threads = threads
        self._look: asyncio.Task[None] | None = None
        self._looked_at = 0.0

    async def reach(self, epoch: int) -> bool:
        """True as soon as this process knows of `epoch`; False where it does not come."""
        clock = asyncio.get_running_loop().time
        give_up = clock() + PATIENCE
        while self._tiles.known_epoch < epoch:
            if (left := give_up - clock()) <= 0:
                return False
            if self._look is None or self._look.done():
                self._look = asyncio.create_task(self._look_once())
            await asyncio.wait((self._look,), timeout=left)
        return True

    async def _look_once(self) -> None:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(max(0.0, self._looked_at + _PAUSE - loop.time()))
        self._looked_at = loop.time()
        try:
            await loop.run_in_executor(self._threads, self._tiles.catch_up)
        except SQLAlchemyError:
            return  # those who wait give up in time, and the application says what is wrong

"""Answers of one turn of the server's loop, sent one right after the other.

Sent each at once, each would wake a caller that had just gone to sleep, and waking costs more than answering:
measured, 33 µs instead of 19 for a tile of 2 kB.
"""

import asyncio
from typing import Protocol


class Writable(Protocol):
    """Where an answer goes."""

    def write(self, data: bytes, /) -> None: ...

    def is_closing(self) -> bool: ...


class Outbox:
    """Shared by all connections of a process."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Writable, bytes]] = []

    def put(self, answer: bytes, to: Writable, loop: asyncio.AbstractEventLoop) -> None:
        """Send it when everything has been read that is there to be read."""
        if not self._waiting:
            loop.call_soon(self.send)
        self._waiting.append((to, answer))

    def send(self) -> None:
        """Send what waits, in the order it came."""
        waiting, self._waiting = self._waiting, []
        for to, answer in waiting:
            if not to.is_closing():
                to.write(answer)

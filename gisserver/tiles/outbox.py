"""What is written in one turn of the server's loop, sent together at its end.

Sent each at once, each answer would wake a caller that had just gone to sleep, and head and body of an answer would
travel apart. Waking costs more than answering: measured, 33 µs instead of 19 for a tile of 2 kB from memory.
"""

import asyncio
from typing import Any


class Outbox:
    """Shared by all connections of a process."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: dict[asyncio.Transport, list[bytes]] = {}

    def put(self, data: bytes, to: asyncio.Transport) -> None:
        """Send it when everything has been read that is there to be read."""
        if not self._waiting:
            self._loop.call_soon(self.send)
        self._waiting.setdefault(to, []).append(data)

    def send(self) -> None:
        """Send what waits, to each in the order it came."""
        waiting, self._waiting = self._waiting, {}
        for to, pieces in waiting.items():
            if not to.is_closing():
                to.writelines(pieces)


class GatheringTransport:
    """A connection whose writes go through the outbox; in everything else the connection itself."""

    def __init__(self, transport: asyncio.Transport, outbox: Outbox) -> None:
        self._transport = transport
        self._outbox = outbox
        self.is_closing = transport.is_closing

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """As a transport's."""
        self._outbox.put(data, self._transport)

    def close(self) -> None:
        """What was written before is sent before."""
        self._outbox.send()
        self._transport.close()

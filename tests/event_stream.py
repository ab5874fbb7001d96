"""A listener to publishes, over real HTTP."""

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.http_server import PATIENCE


@dataclass
class Listener:
    """One open stream, read line by line."""

    answer: http.client.HTTPResponse
    connection: http.client.HTTPConnection

    def next(self) -> dict[str, str]:
        """The next message that is more than a number to resume at."""
        while True:
            message: dict[str, str] = {}
            while (line := self._line()) != "":
                name, _, value = line.partition(": ")
                message[name] = value
            if "data" in message:
                return message

    def _line(self) -> str:
        line = self.answer.readline().decode()
        assert line, "the stream has ended"
        return line.rstrip("\n")

    def event(self) -> dict:
        """What the next message says."""
        return json.loads(self.next()["data"])


@contextmanager
def open_stream(address: str, query: str = "", path: str = "/api/events", **headers: str) -> Iterator[Listener]:
    """Open until the end; headers by name, with underscores for dashes."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE)
    named = {"Accept": "text/event-stream", **{name.replace("_", "-"): value for name, value in headers.items()}}
    connection.request("GET", f"{path}{query}", headers=named)
    try:
        yield Listener(connection.getresponse(), connection)
    finally:
        connection.close()

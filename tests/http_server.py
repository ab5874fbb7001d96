"""An application behind the real server, and a client that may misbehave."""

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import uvicorn

from gisserver.server import OPTIONS

PATIENCE = 20.0


@contextmanager
def listening(application, **changes) -> Iterator[str]:
    """The address of an ASGI application on a free port of this machine."""
    options = {**OPTIONS, "log_level": "critical", **changes}
    server = uvicorn.Server(uvicorn.Config(application, host="127.0.0.1", port=0, **options))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait_until(lambda: server.started or not thread.is_alive())
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def wait_until(is_so: Callable[[], bool], patience: float = PATIENCE, *, every: float = 0.005) -> None:
    """Come back as soon as it is so."""
    give_up = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < give_up, "it did not come about"
        time.sleep(every)


@dataclass(frozen=True)
class Answer:
    """What came back, header names in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


class Browser:
    """One kept connection."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE)

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_trouble) -> None:
        self._connection.close()

    def ask(self, path: str, method: str = "GET", body=None, **headers: str) -> Answer:
        """Headers by name, with underscores for dashes; gzip is taken unless something else is said."""
        given = {"Accept-Encoding": "gzip", **{name.replace("_", "-"): value for name, value in headers.items()}}
        self._connection.request(method, path, body, given)
        answer = self._connection.getresponse()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())


@contextmanager
def raw(address: str) -> Iterator[socket.socket]:
    """A connection to write bytes into."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname, parts.port), timeout=PATIENCE) as connection:
        yield connection


def read_answers(connection: socket.socket, number: int) -> list[Answer]:
    """That many answers from one connection, in the order they come."""
    found = []
    with connection.makefile("rb") as file:
        for _ in range(number):
            status = int(file.readline().split()[1])
            headers = {}
            while (line := file.readline().strip()) != b"":
                name, _, value = line.decode("latin-1").partition(":")
                headers[name.lower()] = value.strip()
            found.append(Answer(status, headers, file.read(int(headers.get("content-length", "0")))))
    return found

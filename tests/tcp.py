"""A server that listens on a socket of this machine, to be had by TCP as other people's databases are."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg


@contextmanager
def by_tcp(address: str) -> Iterator[int]:
    """The port that leads to the same database server."""
    with psycopg.connect(address) as connection:
        path = f"{connection.info.host}/.s.PGSQL.{connection.info.port}"
    lines: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        accepting = threading.Thread(target=_accept, args=(listener, path, lines))
        accepting.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
        accepting.join()
    for line in lines:
        line.close()


def _accept(listener: socket.socket, path: str, lines: list[socket.socket]) -> None:
    while True:
        try:
            near, _ = listener.accept()
        except OSError:
            return
        far = socket.socket(socket.AF_UNIX)
        far.connect(path)
        lines += [near, far]
        for one, other in ((near, far), (far, near)):
            threading.Thread(target=_pass_on, args=(one, other), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    try:
        while piece := one.recv(1 << 16):
            other.sendall(piece)
        other.shutdown(socket.SHUT_WR)
    except OSError:
        pass

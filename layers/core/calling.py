"""A connection to a host that may be called: to the address that was looked at, within a bounded time."""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from layers.core.hosts import Hosts


@contextmanager
def connection_to(hosts: Hosts, url: str, patience_s: float) -> Iterator[http.client.HTTPConnection]:
    """Open for a request and its answer; nobody is followed.

    Raises NotAllowed, and TimeoutError where all of it, not a single read, takes longer than that; beside it whatever
    the body, the line or its certificate raises.
    """
    hosts.check(url)
    parts = urlsplit(url)
    host, is_secure = str(parts.hostname), parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    plain = socket.create_connection((hosts.resolve(host, port), port), timeout=patience_s)
    # Who sends a byte now and then would never run into the timeout of a single read.
    is_late = threading.Event()
    watch = threading.Timer(patience_s, _let_go, (plain, is_late))
    watch.start()
    try:
        line = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if is_secure else plain
        with line:
            connection = http.client.HTTPConnection(host, port)
            connection.sock = line
            yield connection
    except (OSError, http.client.HTTPException) as trouble:
        if is_late.is_set():
            raise TimeoutError from trouble
        raise
    finally:
        watch.cancel()
        plain.close()


def path_of(url: str) -> str:
    """What stands in the request's first line."""
    parts = urlsplit(url)
    return f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"


def _let_go(line: socket.socket, is_late: threading.Event) -> None:
    is_late.set()  # first: whoever reads notices the end at once
    line.shutdown(socket.SHUT_RDWR)

"""One message to one receiver: to the address that was looked at, without following anybody, within a bounded time."""

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from gisserver.webhooks.receivers import NotAllowed, Receivers

PATIENCE_S = 10.0


@dataclass(frozen=True)
class Outcome:
    """What became of it."""

    is_taken: bool
    said: str
    """In a few words, without anything that the receiver wrote."""


def send(receivers: Receivers, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
    """Nothing is raised: whatever a receiver does is an outcome."""
    try:
        receivers.check(url)
        status = _post(receivers, url, headers, body)
    except NotAllowed as refused:
        return Outcome(is_taken=False, said=str(refused))
    except TimeoutError:
        return Outcome(is_taken=False, said="no answer in time")
    except ssl.SSLError:
        return Outcome(is_taken=False, said="its certificate cannot be trusted")
    except (OSError, http.client.HTTPException, ValueError):
        return Outcome(is_taken=False, said="it cannot be reached")
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return Outcome(is_taken=False, said=f"{status}: it leads elsewhere, which is not followed")
    return Outcome(is_taken=HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES, said=str(status))


def _post(receivers: Receivers, url: str, headers: Mapping[str, str], body: bytes) -> int:
    parts = urlsplit(url)
    host, is_secure = str(parts.hostname), parts.scheme == "https"
    port = parts.port or (443 if is_secure else 80)
    plain = socket.create_connection((receivers.resolve(host, port), port), timeout=PATIENCE_S)
    # A receiver that sends a byte now and then would never run into the timeout of a single read.
    is_late = threading.Event()
    watch = threading.Timer(PATIENCE_S, _let_go, (plain, is_late))
    watch.start()
    try:
        line = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if is_secure else plain
        with line:
            connection = http.client.HTTPConnection(host, port)
            connection.sock = line
            path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
            connection.request("POST", path, body, {"Connection": "close", **headers})
            return connection.getresponse().status
    except (OSError, http.client.HTTPException) as trouble:
        if is_late.is_set():
            raise TimeoutError from trouble
        raise
    finally:
        watch.cancel()
        plain.close()


def _let_go(line: socket.socket, is_late: threading.Event) -> None:
    is_late.set()  # first: whoever reads notices the end at once
    line.shutdown(socket.SHUT_RDWR)

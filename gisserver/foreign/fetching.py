"""Another server's answer: from allowed hosts only at each step, bounded in time and size, never a page for people."""

import http.client
import ssl
import threading
import time
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urljoin, urlsplit

from layers.core.calling import connection_to, path_of
from layers.core.hosts import Hosts

PATIENCE_S = 20.0
AT_ONCE = 8
"""A slow server holds the threads of this process that wait for it: about half of them, never all."""
MOST_STEPS = 4
MOST_TILE_BYTES = 3_000_000
VECTOR = "application/vnd.mapbox-vector-tile"
_PIECE = 1 << 16
_REDIRECTS = (301, 302, 303, 307, 308)
_PAGES = (b"<!doctype html", b"<html")
_PICTURES = {
    b"\x89PNG\r\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"RIFF": "image/webp",
    b"GIF8": "image/gif",
}
_VECTORS = (VECTOR, "application/x-protobuf")
_free = threading.BoundedSemaphore(AT_ONCE)


class Why(Enum):
    """What another server did wrong."""

    UNREACHABLE = "server_unreachable"
    SLOW = "server_slow"
    BUSY = "servers_busy"
    REFUSED = "server_refused"
    LEADS_ELSEWHERE = "server_leads_elsewhere"
    PAGE = "server_answered_with_page"
    TOO_MUCH = "server_answered_too_much"
    SPEAKS_OTHER = "server_speaks_other"
    NOT_UNDERSTOOD = "server_not_understood"


class NotHad(Exception):
    """Nothing usable came."""

    def __init__(self, why: Why, about: str = "") -> None:
        self.why = why
        self.about = about
        super().__init__(f"{why.value} {about}")


@dataclass(frozen=True)
class Body:
    """What came."""

    media_type: str
    content: bytes

    @property
    def drawable(self) -> "Body":
        """The same as what its first bytes make it: a picture, a vector tile or none at all. Raises NotHad."""
        if not self.content:
            return self
        known = next((kind for mark, kind in _PICTURES.items() if self.content.startswith(mark)), None)
        if known is None and self.media_type in _VECTORS:
            known = VECTOR
        if known is None:
            raise NotHad(Why.NOT_UNDERSTOOD, "PNG, JPEG, WebP, GIF, MVT")
        return Body(known, self.content)


def fetched(hosts: Hosts, address: str, accept: str, most_bytes: int, patience_s: float = PATIENCE_S) -> Body:
    """Raises NotHad, and NotAllowed for a host that the operator does not name."""
    end = time.monotonic() + patience_s
    if not _free.acquire(blocking=False):
        raise NotHad(Why.BUSY)
    try:
        return _followed(hosts, address, accept, most_bytes, end)
    except TimeoutError as cause:
        raise NotHad(Why.SLOW, str(round(patience_s))) from cause
    except ssl.SSLError as cause:
        raise NotHad(Why.REFUSED, "TLS") from cause
    except (OSError, http.client.HTTPException, ValueError) as cause:
        raise NotHad(Why.UNREACHABLE) from cause
    finally:
        _free.release()


def _followed(hosts: Hosts, address: str, accept: str, most_bytes: int, end: float) -> Body:
    """Each step is looked at as the first was; nobody's secret travels along."""
    headers = {"Connection": "close", "Accept-Encoding": "identity", "User-Agent": "gisserver-map", "Accept": accept}
    for _step in range(MOST_STEPS):
        with connection_to(hosts, address, max(end - time.monotonic(), 0.1)) as connection:
            connection.request("GET", path_of(address), headers=headers)
            with connection.getresponse() as response:
                if response.status not in _REDIRECTS:
                    return _read(response, most_bytes)
                following = urljoin(address, response.headers.get("Location", ""))
        if urlsplit(address).scheme == "https" and urlsplit(following).scheme != "https":
            raise NotHad(Why.LEADS_ELSEWHERE)
        address = following
    raise NotHad(Why.LEADS_ELSEWHERE)


def _read(response: http.client.HTTPResponse, most_bytes: int) -> Body:
    if response.status == http.client.NO_CONTENT:
        return Body("", b"")
    if response.status != http.client.OK:
        raise NotHad(Why.REFUSED, str(response.status))
    content = bytearray()
    while piece := response.read(_PIECE):
        content += piece
        if len(content) > most_bytes:
            raise NotHad(Why.TOO_MUCH, str(most_bytes // 1_000_000))
    media_type = response.headers.get_content_type()
    if media_type == "text/html" or content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGES):
        raise NotHad(Why.PAGE)
    return Body(media_type, bytes(content))

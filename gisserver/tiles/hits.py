"""Most requests of a map: a browser asks for a tile that is in memory. Answered from the raw bytes.

Only what is plain is answered here; anything unusual is left to the server and the application.
"""

import re
from collections.abc import Callable, Sequence

from gisserver.tiles.cache import TileCache
from gisserver.tiles.reply import TileWish, cache_control, takes_gzip

_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\x00-\x08\x0a-\x1f\x7f]*)")

_UNUSUAL = frozenset(
    (b"content-length", b"transfer-encoding", b"expect", b"upgrade", b"if-none-match", b"if-match", b"range")
)
"""Headers with which a request is more than "give me this"."""

_MOST = 1000
_LONGEST = 4096
_LONGEST_NUMBER = 18


class Remembered:
    """Byte strings found to be in order. Requests repeat them, so that each is read once and then known."""

    def __init__(self, is_in_order: Callable[[bytes], bool]) -> None:
        self._is_in_order = is_in_order
        self._known: set[bytes] = set()

    def __contains__(self, read: bytes) -> bool:
        if read in self._known:
            return True
        if len(read) > _LONGEST or not self._is_in_order(read):
            return False
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known.add(read)
        return True


class MemoryHits:
    """The answers that need neither parser nor thread nor database."""

    def __init__(self, tiles: TileCache) -> None:
        self._tiles = tiles
        self._plain = Remembered(_is_plain)
        self._reached = Remembered(self._has_reached)
        self._of_now = _header_line(is_versioned=False)
        self._for_ever = _header_line(is_versioned=True)
        self._standing: Sequence[tuple[bytes, bytes]] = ()
        self._standing_lines = b"\r\n"
        self.count = 0
        """Answers given so far."""

    def answer(self, request: bytes, standing: Sequence[tuple[bytes, bytes]]) -> bytes | None:
        """The whole answer to one whole request; `standing` are the server's own headers, such as Date."""
        line, _, block = request.partition(b"\r\n")
        if not (line.startswith(b"GET /tiles/") and line.endswith(b" HTTP/1.1") and block in self._plain):
            return None
        path, has_query, query = line[4:-9].partition(b"?")
        if has_query and query not in self._reached:
            return None
        kept = self._tiles.kept(path)
        if kept is None:
            return None
        if standing is not self._standing:
            self._standing = standing
            self._standing_lines = b"".join(b"%b: %b\r\n" % header for header in standing) + b"\r\n"
        self.count += 1
        cache_line = self._for_ever if has_query else self._of_now
        return b"".join((kept.head, cache_line, self._standing_lines, kept.tile.body))

    def _has_reached(self, query: bytes) -> bool:
        """Once reached, always reached: the known epoch only grows."""
        number = query[2:]
        return (
            query.startswith(b"v=")
            and number.isdigit()
            and len(number) <= _LONGEST_NUMBER
            and int(number) <= self._tiles.known_epoch
        )


def _is_plain(block: bytes) -> bool:
    """True for whole headers, and nothing after them, of a browser that only wants the tile.

    Stricter than the protocol asks: in doubt the server's parser decides.
    """
    if not block.endswith(b"\r\n\r\n"):
        return False
    headers: dict[bytes, bytes] = {}
    for line in block[:-4].split(b"\r\n"):
        read = _LINE.fullmatch(line)
        if read is None or read[1].lower() in headers:
            return False
        headers[read[1].lower()] = read[2]
    return (
        b"host" in headers
        and _UNUSUAL.isdisjoint(headers)
        and headers.get(b"connection", b"keep-alive").strip().lower() == b"keep-alive"
        and takes_gzip(headers.get(b"accept-encoding", b"").decode("latin-1"))
    )


def _header_line(is_versioned: bool) -> bytes:
    wish = TileWish(takes_gzip=True, if_none_match="", is_versioned=is_versioned)
    return f"cache-control: {cache_control(wish)}\r\n".encode("ascii")

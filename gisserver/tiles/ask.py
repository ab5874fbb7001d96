"""What a request wants of the public tiles, read once from its address and headers."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gisserver.tiles.reply import TileWish, takes_gzip
from gisserver.tiles.sources import TileSource
from layers.core.tiles import TileAddress

_PATH = re.compile(r"/tiles/([a-z_]+)/([0-9]{1,2})/([0-9]{1,8})/([0-9]{1,8})")
_VERSION = re.compile(r"v=([0-9]{1,18})")


@dataclass(frozen=True)
class TileAsk:
    """One public tile that can exist."""

    source: TileSource
    address: TileAddress
    version: int | None
    """The publish that the caller has seen."""
    takes_gzip: bool
    if_none_match: str

    def wish(self, known_epoch: int) -> TileWish:
        """How the tile is to be sent by a process that knows of that epoch."""
        is_versioned = self.version is not None and self.version <= known_epoch
        return TileWish(self.takes_gzip, self.if_none_match, is_versioned)


class TileAsks:
    """Reads requests; what it does not understand is the application's, which answers with a sentence."""

    def __init__(self, sources: Mapping[str, TileSource]) -> None:
        # Only these are anybody's; the others go through the access check.
        self._sources = sources

    def read(self, path: str, query: str, headers: Iterable[tuple[bytes, bytes]]) -> TileAsk | None:
        """None unless it is a tile of public layers, asked for as of now."""
        asked = _PATH.fullmatch(path)
        version = _VERSION.fullmatch(query)
        if asked is None or (query and version is None):
            return None
        source = self._sources.get(asked[1])
        address = TileAddress(int(asked[2]), int(asked[3]), int(asked[4]))
        if source is None or address.z not in source.zooms or not address.is_in_grid:
            return None
        return TileAsk(
            source,
            address,
            int(version[1]) if version else None,
            takes_gzip(_joined(headers, b"accept-encoding")),
            _joined(headers, b"if-none-match"),
        )


def _joined(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str:
    return ", ".join(value.decode("latin-1") for given, value in headers if given == name)

"""Tiles in memory, ready to be sent: bounded in bytes, least used first out."""

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from gisserver.tiles.reply import TileWish, reply
from layers.core.tiles import StoredTile, TileAddress

OVERHEAD = 360
"""Bytes that Python needs per entry beside body and head: path, tile, links (measured with tracemalloc)."""

_FORGOTTEN_AT_ONCE = 1000

_BROWSER = TileWish(takes_gzip=True, if_none_match="", is_versioned=False)


@dataclass(frozen=True, slots=True)
class KeptTile:
    """A tile with what goes before its bytes."""

    tile: StoredTile
    head: bytes
    """Status line and headers for a browser, except those that vary: Cache-Control and Date."""

    @classmethod
    def of(cls, tile: StoredTile) -> "KeptTile":
        """Headers are written once, not for each request."""
        answer = reply(tile, _BROWSER)
        lines = [f"HTTP/1.1 {answer.status.value} {answer.status.phrase}"]
        lines += [f"{name}: {value}" for name, value in answer.headers if name != "cache-control"]
        return cls(tile, "".join(f"{line}\r\n" for line in lines).encode("latin-1"))

    @property
    def size_bytes(self) -> int:
        """What it costs to keep."""
        return len(self.tile.body) + len(self.head) + OVERHEAD


def path_of(layer_id: str, address: TileAddress) -> bytes:
    """The one spelling under which a tile is kept."""
    return b"/tiles/%b/%d/%d/%d" % (layer_id.encode("ascii"), address.z, address.x, address.y)


class TileMemory:
    """What one process remembers. A tile read before the last `forget` began is not taken in any more."""

    def __init__(self, capacity_bytes: int) -> None:
        self._capacity = capacity_bytes
        self._tiles: OrderedDict[bytes, KeptTile] = OrderedDict()
        self._lock = threading.Lock()
        self.size_bytes = 0
        self.generation = 0
        """Goes up whenever something is forgotten; who reads a tile notes it first."""

    def __len__(self) -> int:
        return len(self._tiles)

    def get(self, path: bytes) -> KeptTile | None:
        """The tile, and from now on it is the last to go."""
        with self._lock:
            kept = self._tiles.get(path)
            if kept is not None:
                self._tiles.move_to_end(path)
            return kept

    def keep(self, path: bytes, tile: StoredTile, generation: int) -> None:
        """Remember a tile that was read since `generation` was noted."""
        kept = KeptTile.of(tile)
        with self._lock:
            if self.generation != generation:
                return
            self._drop(path)
            self._tiles[path] = kept
            self.size_bytes += kept.size_bytes
            while self.size_bytes > self._capacity:
                self._drop(next(iter(self._tiles)))

    def forget(self, paths: Iterable[bytes]) -> None:
        """Drop these; in small helpings, so that who is answered from memory meanwhile does not wait."""
        with self._lock:
            self.generation += 1
        waiting = list(paths)
        for start in range(0, len(waiting), _FORGOTTEN_AT_ONCE):
            with self._lock:
                for path in waiting[start : start + _FORGOTTEN_AT_ONCE]:
                    self._drop(path)

    def forget_all(self) -> None:
        """Begin anew."""
        with self._lock:
            self.generation += 1
            self._tiles = OrderedDict()
            self.size_bytes = 0

    def _drop(self, path: bytes) -> None:
        kept = self._tiles.pop(path, None)
        if kept is not None:
            self.size_bytes -= kept.size_bytes

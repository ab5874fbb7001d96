"""Tiles in memory: bounded in bytes, never older than the newest publish this process has seen."""

import threading
from collections import OrderedDict

from sqlalchemy import text

from gisserver.tiles.follower import EpochFollower
from layers.core.epochs import current_epoch
from layers.core.layer import Audience, Layer
from layers.core.registry import Registry
from layers.core.store import WORKER, Store
from layers.core.tiles import StoredTile, TileAddress, stored_tile
from sql import query

Key = tuple[str, TileAddress]

OVERHEAD = 400
"""Bytes that Python needs per entry beside the body: key, address, tile, links (measured with tracemalloc)."""


class TileCache:
    """One process's memory of tiles.

    It trusts itself only while it hears of publishes. A tile is kept only if no publish was heard of while
    it was read, so what is kept is at least as new as `known_epoch`.
    """

    def __init__(self, store: Store, registry: Registry, capacity_bytes: int) -> None:
        self._store = store
        self._open = frozenset(layer.id for layer in registry if layer.audience == Audience.PUBLIC)
        self._capacity = capacity_bytes
        self._tiles: OrderedDict[Key, StoredTile] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._catching_up = threading.Lock()
        self.known_epoch = -1
        self._follower = EpochFollower(store.engine.url, self.catch_up)

    def is_public(self, layer_id: str) -> bool:
        """True where anybody may have the tile."""
        return layer_id in self._open

    def tile(self, layer: Layer, address: TileAddress, at_least: int | None = None) -> StoredTile:
        """The stored tile; a caller who has seen epoch `at_least` never gets an older one."""
        self._follower.start_once()
        if at_least is not None and at_least > self.known_epoch:
            self.catch_up()
        key = (layer.id, address)
        is_trusted = self._follower.is_listening
        if is_trusted and (kept := self._kept(key)) is not None:
            return kept
        epoch_before = self.known_epoch
        with self._store.reading(WORKER) as connection:
            tile = stored_tile(connection, layer, address)
        if is_trusted:
            self._keep(key, tile, epoch_before)
        return tile

    def catch_up(self) -> None:
        """Forget exactly the tiles of publishes not seen yet."""
        with self._catching_up, self._store.reading(WORKER) as connection:
            newest = current_epoch(connection)
            if newest == self.known_epoch:
                return
            # Before the first look nothing has been kept, and every tile would be newer.
            is_first = self.known_epoch < 0
            newer = {"epoch": self.known_epoch}
            rows = [] if is_first else connection.execute(text(query("tiles.newer")), newer).all()
            with self._lock:
                for row in rows:
                    self._forget((row.layer_id, TileAddress(row.z, row.x, row.y)))
                self.known_epoch = newest

    def close(self) -> None:
        """Stop listening."""
        self._follower.stop()

    @property
    def size_bytes(self) -> int:
        """What the memory holds now."""
        return self._bytes

    def _kept(self, key: Key) -> StoredTile | None:
        with self._lock:
            tile = self._tiles.get(key)
            if tile is not None:
                self._tiles.move_to_end(key)
            return tile

    def _keep(self, key: Key, tile: StoredTile, epoch_before: int) -> None:
        with self._lock:
            if self.known_epoch != epoch_before:
                return
            self._forget(key)
            self._tiles[key] = tile
            self._bytes += len(tile.body) + OVERHEAD
            while self._bytes > self._capacity:
                _, oldest = self._tiles.popitem(last=False)
                self._bytes -= len(oldest.body) + OVERHEAD

    def _forget(self, key: Key) -> None:
        tile = self._tiles.pop(key, None)
        if tile is not None:
            self._bytes -= len(tile.body) + OVERHEAD

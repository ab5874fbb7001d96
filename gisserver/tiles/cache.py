"""Public tiles of one process: from memory while it may be trusted, else by one primary-key read."""

import asyncio
import threading
from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Row, text

from gisserver.lines import Lines
from gisserver.tiles.follower import EpochFollower
from gisserver.tiles.memory import KeptTile, TileMemory, path_of
from gisserver.tiles.rows import TILE
from gisserver.tiles.sources import TileSource, tile_sources
from layers.core.epochs import current_epoch
from layers.core.registry import Registry
from layers.core.store import WORKER, Connection, Store
from layers.core.tiles import StoredTile, TileAddress, together
from sql import query

TOO_MANY = 20_000
"""Where a publish drew more tiles than this, forgetting all is quicker than asking which."""


class TileCache:
    """Trusts its memory only while it hears of publishes.

    What it keeps is at least as new as `known_epoch`: a tile is taken in only if nothing was forgotten while it
    was read, and `known_epoch` moves only after what it makes old was forgotten.
    """

    def __init__(self, store: Store, lines: Lines, registry: Registry, capacity_bytes: int) -> None:
        self._store = store
        self.sources = tile_sources(registry)
        self._holding = {
            layer.id: [source.id for source in self.sources.values() if layer in source.layers] for layer in registry
        }
        self._catching_up = threading.Lock()
        self._lines = lines
        self.memory = TileMemory(capacity_bytes)
        self.known_epoch = -1
        self.follower = EpochFollower(store.engine.url, self.catch_up)

    def kept(self, path: bytes) -> KeptTile | None:
        """The tile from memory, where it is there and may be trusted."""
        return self.memory.get(path) if self.follower.is_listening else None

    async def read(self, source: TileSource, address: TileAddress) -> StoredTile:
        """The tile from the database, for the next time kept in memory."""
        generation = self.memory.generation
        is_trusted = self.follower.is_listening
        asks = [self._lines.ask(TILE, (layer.id, address)) for layer in source.layers_at(address.z)]
        tile = await _as_one(await asyncio.gather(*asks))
        # Addresses that were never drawn are without number and must not push out tiles.
        if is_trusted and tile.epoch > 0:
            self.memory.keep(path_of(source.id, address), tile, generation)
        return tile

    def catch_up(self) -> None:
        """Forget exactly the tiles of publishes not seen yet."""
        with self._catching_up, self._store.reading(WORKER) as connection:
            newest = current_epoch(connection)
            if newest == self.known_epoch:
                return
            # Before the first look nothing has been kept, and every tile would be newer.
            if self.known_epoch >= 0:
                self._forget_drawn_since(connection, self.known_epoch)
            self.known_epoch = newest

    def close(self) -> None:
        """Stop listening."""
        self.follower.stop()

    def _forget_drawn_since(self, connection: Connection, epoch: int) -> None:
        newer = connection.execute(text(query("tile_memory.newer")), {"epoch": epoch, "most": TOO_MANY}).all()
        if len(newer) == TOO_MANY:
            self.memory.forget_all()
        else:
            self.memory.forget(self._paths(newer))

    def _paths(self, rows: Iterable[Row[tuple[str, int, int, int]]]) -> Iterator[bytes]:
        """Of every tile that the layer is in."""
        for row in rows:
            for source_id in self._holding[row.layer_id]:
                yield path_of(source_id, TileAddress(row.z, row.x, row.y))


async def _as_one(tiles: Sequence[StoredTile]) -> StoredTile:
    """Packing several anew takes milliseconds that others are not to wait for."""
    return tiles[0] if len(tiles) == 1 else await asyncio.to_thread(together, tiles)

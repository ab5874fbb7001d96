"""One tile, one primary-key read: prepared, without a transaction around it, on a connection that a thread keeps.

Through the store, with its snapshot and its actor, the same read takes seven times as long.
"""

import threading

import psycopg2
from psycopg2.extensions import connection as Connection  # noqa: N812
from psycopg2.extensions import cursor as Cursor  # noqa: N812
from sqlalchemy import URL

from layers.core.layer import Layer
from layers.core.tiles import StoredTile, TileAddress
from sql import query

TROUBLE = (psycopg2.OperationalError, psycopg2.InterfaceError)
"""The database cannot be reached, or the connection has been cut."""


class TileRows:
    """Reads rows of `tiles.tile`; whether the caller may see them has been asked before."""

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._own = threading.local()
        self._connections: list[Connection] = []

    def read(self, layer: Layer, address: TileAddress) -> StoredTile:
        """The tile; a connection that was cut since its last use costs a second try."""
        try:
            return self._read(layer, address)
        except TROUBLE:
            self._own.cursor = None
            return self._read(layer, address)

    def close(self) -> None:
        """Give the connections back."""
        while self._connections:
            self._connections.pop().close()

    def _read(self, layer: Layer, address: TileAddress) -> StoredTile:
        cursor = getattr(self._own, "cursor", None) or self._connect()
        cursor.execute(query("tile_memory.row"), (layer.id, address.z, address.x, address.y))
        row = cursor.fetchone()
        return StoredTile(row[0], bytes(row[1])) if row else StoredTile(0, b"")

    def _connect(self) -> Cursor:
        connection = psycopg2.connect(self._url, connect_timeout=5)
        self._connections = [kept for kept in self._connections if not kept.closed] + [connection]
        connection.set_session(readonly=True, autocommit=True)
        cursor = connection.cursor()
        cursor.execute(query("tile_memory.prepare"))
        self._own.cursor = cursor
        return cursor

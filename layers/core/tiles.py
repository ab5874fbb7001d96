"""Vector tiles as rows: which ones a publish touches, how they are rendered, where they are kept."""

import gzip
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from psycopg2.extras import execute_values
from sqlalchemy import Connection, text

from layers.core.layer import Layer
from sql import query

BATCH = 64
"""Tiles rendered by one statement: enough to share its cost, few enough to keep memory small."""


@dataclass(frozen=True, order=True)
class TileAddress:
    """A square of the WebMercatorQuad grid; y counts from the north."""

    z: int
    x: int
    y: int

    @property
    def is_in_grid(self) -> bool:
        """False for an address that no tile has."""
        return 0 <= self.z <= 24 and 0 <= self.x < 1 << self.z and 0 <= self.y < 1 << self.z


@dataclass(frozen=True)
class StoredTile:
    """A tile as it is served: gzip-compressed MVT, empty where nothing is drawn; epoch 0 if never drawn."""

    epoch: int
    body: bytes


def render(
    connection: Connection, layer: Layer, addresses: Sequence[TileAddress], as_of: int | None = None
) -> Iterator[tuple[TileAddress, bytes]]:
    """Each address with its gzip-compressed MVT, empty where nothing is drawn, in the order asked."""
    for start in range(0, len(addresses), BATCH):
        batch = addresses[start : start + BATCH]
        drawn = _drawn(connection, "tiles.render", layer, batch, as_of)
        # MVT layers that follow one another in the bytes are one tile.
        named = _drawn(connection, "tiles.render_names", layer, batch, as_of) if layer.is_named_once else {}
        for address in batch:
            yield address, _compress(drawn.get(address, b"") + named.get(address, b""))


def _drawn(
    connection: Connection, statement: str, layer: Layer, batch: Sequence[TileAddress], as_of: int | None
) -> dict[TileAddress, bytes]:
    rows = connection.execute(
        text(query(statement)),
        {
            "layer": layer.id,
            "fields": list(layer.tile_fields),
            "zs": [address.z for address in batch],
            "xs": [address.x for address in batch],
            "ys": [address.y for address in batch],
            "as_of": as_of,
        },
    )
    return {TileAddress(row.z, row.x, row.y): bytes(row.mvt) for row in rows}


def _compress(mvt: bytes) -> bytes:
    """Without a time stamp: same tile, same bytes."""
    return gzip.compress(mvt, compresslevel=6, mtime=0) if mvt else b""


def refresh(connection: Connection, layer: Layer, epoch: int) -> int:
    """Re-render every tile that `epoch` may have changed, inside its transaction; returns how many changed.

    A tile whose bytes stay the same keeps its epoch, so what clients have cached stays valid.
    """
    rows = connection.execute(
        text(query("tiles.touched")),
        {"layer": layer.id, "epoch": epoch, "z_from": layer.zooms.start, "z_to": layer.zooms.stop - 1},
    )
    touched = [TileAddress(row.z, row.x, row.y) for row in rows]
    changed = 0
    for start in range(0, len(touched), 16 * BATCH):
        part = touched[start : start + 16 * BATCH]
        changed += _keep(
            connection,
            [(layer.id, a.z, a.x, a.y, epoch, body) for a, body in render(connection, layer, part)],
        )
    return changed


def _keep(connection: Connection, rows: list[tuple[str, int, int, int, int, bytes]]) -> int:
    # execute_values sends one statement per page; SQLAlchemy would send one per tile.
    with closing(connection.connection.cursor()) as cursor:
        kept = execute_values(cursor, query("tiles.keep"), rows, page_size=len(rows), fetch=True)
    return len(kept)


def stored_tile(connection: Connection, layer: Layer, address: TileAddress) -> StoredTile:
    """One primary-key read."""
    row = connection.execute(
        text(query("tiles.stored")),
        {"layer": layer.id, "z": address.z, "x": address.x, "y": address.y},
    ).one_or_none()
    return StoredTile(row.epoch, bytes(row.body)) if row else StoredTile(0, b"")


def past_tile(connection: Connection, layer: Layer, address: TileAddress, as_of: int) -> StoredTile:
    """The tile as it was at epoch `as_of`, rendered from the rows in force then."""
    (_, body), *_ = render(connection, layer, [address], as_of)
    return StoredTile(as_of, body)

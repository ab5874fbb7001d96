"""Tiles as they are kept and served."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.core.layer import Layer
from layers.core.rows import execute_rows
from layers.core.tiles.address import TileAddress
from layers.core.tiles.render import render
from sql import query


@dataclass(frozen=True)
class StoredTile:
    """A tile as it is served: gzip-compressed MVT, empty where nothing is drawn; epoch 0 if never drawn."""

    epoch: int
    body: bytes


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


def keep(connection: Connection, layer: Layer, epoch: int, tiles: Sequence[tuple[TileAddress, bytes]]) -> int:
    """Store tiles; returns how many changed.

    A tile whose bytes stay the same keeps its epoch, so what clients have cached stays valid.
    """
    rows = [(layer.id, a.z, a.x, a.y, epoch, body) for a, body in tiles]
    return len(execute_rows(connection, query("tiles.keep"), rows))


def kept_bodies(connection: Connection, layer: Layer, addresses: Sequence[TileAddress]) -> dict[TileAddress, bytes]:
    """The bodies of those that were ever drawn."""
    rows = connection.execute(text(query("tiles.kept_bodies")), _asked(layer, addresses))
    return {TileAddress(row.z, row.x, row.y): bytes(row.body) for row in rows}


def kept_addresses(connection: Connection, layer: Layer, addresses: Sequence[TileAddress]) -> set[TileAddress]:
    """Those that were ever drawn."""
    rows = connection.execute(text(query("tiles.kept_addresses")), _asked(layer, addresses))
    return {TileAddress(row.z, row.x, row.y) for row in rows}


def _asked(layer: Layer, addresses: Sequence[TileAddress]) -> dict[str, object]:
    return {
        "layer": layer.id,
        "zs": [address.z for address in addresses],
        "xs": [address.x for address in addresses],
        "ys": [address.y for address in addresses],
    }

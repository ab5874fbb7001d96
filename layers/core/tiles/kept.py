"""Tiles as they are kept and served."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.core.layer import Layer
from layers.core.rows import execute_rows
from layers.core.store import WORKER, Actor, Store
from layers.core.tiles.address import TileAddress, columns_of
from layers.core.tiles.render import joined, render
from sql import query

MOST_PAST_TILES = 20_000
"""So many tiles of past days are remembered: some hundred megabytes."""


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


def together(tiles: Sequence[StoredTile]) -> StoredTile:
    """Tiles of several layers at one address as one; its number grows whenever one of theirs does."""
    return StoredTile(sum(tile.epoch for tile in tiles), joined(tile.body for tile in tiles))


def past_tile(connection: Connection, layer: Layer, address: TileAddress, as_of: int) -> StoredTile:
    """The tile as it was at epoch `as_of`: own shapes as they were served, low zooms made of that day's rows."""
    return _known_past_tile(connection, layer, address, as_of) or _drawn_again(connection, layer, address, as_of)


def remembered_past_tile(store: Store, actor: Actor, layer: Layer, address: TileAddress, as_of: int) -> StoredTile:
    """The same, kept for the next who asks; the oldest kept give way."""
    with store.reading(actor) as connection:
        known = _known_past_tile(connection, layer, address, as_of)
        if known is not None:
            return known
        tile = _drawn_again(connection, layer, address, as_of)
    with store.writing(WORKER) as connection:
        connection.execute(text(query("tiles.keep_past")), {**_past(layer, address, as_of), "body": tile.body})
        connection.execute(text(query("tiles.trim_past")), {"most": MOST_PAST_TILES})
    return tile


def _known_past_tile(connection: Connection, layer: Layer, address: TileAddress, as_of: int) -> StoredTile | None:
    """A past tile that somebody asked for before."""
    row = connection.execute(text(query("tiles.past")), _past(layer, address, as_of)).one_or_none()
    return None if row is None else StoredTile(as_of, bytes(row.body))


def _drawn_again(connection: Connection, layer: Layer, address: TileAddress, as_of: int) -> StoredTile:
    (_, body), *_ = render(connection, layer, [address], as_of)
    return StoredTile(as_of, body)


def _past(layer: Layer, address: TileAddress, as_of: int) -> dict[str, object]:
    return {"layer": layer.id, "z": address.z, "x": address.x, "y": address.y, "as_of": as_of}


def keep(connection: Connection, layer: Layer, epoch: int, tiles: Sequence[tuple[TileAddress, bytes]]) -> int:
    """Store tiles; returns how many changed.

    A tile whose bytes stay the same keeps its epoch, so what clients have cached stays valid.
    """
    rows = [(layer.id, a.z, a.x, a.y, epoch, body) for a, body in tiles]
    return len(execute_rows(connection, query("tiles.keep"), rows))


def kept_bodies(connection: Connection, layer: Layer, addresses: Sequence[TileAddress]) -> dict[TileAddress, bytes]:
    """The bodies of those that were ever drawn."""
    rows = connection.execute(text(query("tiles.kept_bodies")), {"layer": layer.id, **columns_of(addresses)})
    return {TileAddress(row.z, row.x, row.y): bytes(row.body) for row in rows}


def kept_addresses(connection: Connection, layer: Layer, addresses: Sequence[TileAddress]) -> set[TileAddress]:
    """Those that were ever drawn."""
    rows = connection.execute(text(query("tiles.kept_addresses")), {"layer": layer.id, **columns_of(addresses)})
    return {TileAddress(row.z, row.x, row.y) for row in rows}

"""Whether the tiles that are kept show the pool as it is."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.core.layer import Layer
from layers.core.tiles.address import TileAddress, columns_of
from layers.core.tiles.kept import kept_bodies
from layers.core.tiles.render import BATCH, render, unpack
from layers.core.tiles.seed import occupied_tiles
from sql import query


@dataclass(frozen=True)
class Fault:
    """A tile that is not what it should be."""

    layer_id: str
    address: TileAddress
    kind: str
    """missing, different, left_over (nothing is there any more), or lost (it shows too few of the pool's features)."""
    expected: int
    """Bytes of a fresh tile; for lost, features that lie in it."""
    found: int


def check(connection: Connection, layer: Layer, addresses: Sequence[TileAddress]) -> Iterator[Fault]:
    """Compare kept tiles with fresh ones and with the pool, in the caller's one snapshot."""
    for start in range(0, len(addresses), BATCH):
        part = addresses[start : start + BATCH]
        kept = kept_bodies(connection, layer, part)
        features = _features_in_pool(connection, layer, [address for address in part if address.z in layer.zooms])
        for address, fresh in render(connection, layer, part):
            body = kept.get(address)
            kind = _difference(body, fresh)
            if kind:
                yield Fault(layer.id, address, kind, len(fresh), len(body or b""))
            drawn = _features_in_tile(fresh, layer.id)
            if drawn < features.get(address, 0):
                yield Fault(layer.id, address, "lost", features[address], drawn)


def _difference(kept: bytes | None, fresh: bytes) -> str | None:
    if kept is None:
        return "missing" if fresh else None
    if kept == fresh or _hold_the_same(kept, fresh):
        return None
    return "different" if fresh else "left_over"


def _hold_the_same(kept: bytes, fresh: bytes) -> bool:
    """Another release of the packer may pack the same tile otherwise."""
    try:
        return unpack(kept) == unpack(fresh)
    except (EOFError, OSError, zlib.error):
        return False


def sampled_tiles(connection: Connection, layer: Layer, zooms: range, count: int | None) -> list[TileAddress]:
    """Some of a layer's kept tiles, chosen by chance; all of them without a count."""
    about = {"layer": layer.id, "z_from": zooms.start, "z_to": zooms.stop - 1, "count": count}
    rows = connection.execute(text(query("seed.sample")), about)
    return sorted(TileAddress(row.z, row.x, row.y) for row in rows)


def expected_tiles(connection: Connection, layer: Layer, zooms: range) -> list[TileAddress]:
    """Tiles that should be there: those in which the layer shows something."""
    found: list[TileAddress] = []
    occupied = [TileAddress(0, 0, 0)]
    for zoom in layer.tile_zooms:
        occupied = occupied_tiles(connection, layer, zoom, occupied)
        found += occupied if zoom in zooms else []
    return found


def _features_in_pool(connection: Connection, layer: Layer, addresses: Sequence[TileAddress]) -> dict[TileAddress, int]:
    if not addresses:
        return {}
    rows = connection.execute(text(query("seed.features_in_pool")), {"layer": layer.id, **columns_of(addresses)})
    return {TileAddress(row.z, row.x, row.y): row.n for row in rows}


def _features_in_tile(body: bytes, name: str) -> int:
    """Features of one MVT layer, counted without reading them (Mapbox Vector Tile 2.1, section 4)."""
    tile = unpack(body)
    for field, part in _fields(tile):
        if field != _TILE_LAYERS:
            continue
        members = list(_fields(part))
        if any(number == _LAYER_NAME and value == name.encode() for number, value in members):
            return sum(number == _LAYER_FEATURES for number, _ in members)
    return 0


_TILE_LAYERS, _LAYER_NAME, _LAYER_FEATURES = 3, 1, 2
_VARINT, _BYTES = 0, 2


def _fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """The fields of a protobuf message that are bytes; the others of a tile are numbers and passed over."""
    at = 0
    while at < len(message):
        key, at = _number(message, at)
        length, at = _number(message, at)
        if key & 7 == _BYTES:
            yield key >> 3, message[at : at + length]
            at += length
        elif key & 7 != _VARINT:
            raise ValueError(f"not a vector tile: wire type {key & 7}")


def _number(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7

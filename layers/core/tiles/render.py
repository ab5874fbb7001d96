"""Drawing tiles: gzip-compressed MVT out of the pool's rows and the shapes kept for low zooms."""

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import deflate
from sqlalchemy import Connection, text

from layers.core.layer import Layer
from layers.core.levels import Counted, Level
from layers.core.tiles.address import TileAddress, columns_of
from layers.core.tiles.level_sql import level_parameters
from sql import query

BATCH = 64
"""Tiles drawn by one statement: enough to share its cost, few enough to keep memory small."""
MANY = 1024
"""Tiles drawn by one statement on all cores."""
_FEW = 256
"""Below this the other cores need longer to get ready than the tiles to be drawn."""
_LEVEL = 6

Drawn = dict[TileAddress, bytes]


def render(
    connection: Connection, layer: Layer, addresses: Sequence[TileAddress], as_of: int | None = None
) -> Iterator[tuple[TileAddress, bytes]]:
    """Each address with its gzip-compressed MVT, empty where nothing is drawn, in the order asked."""
    for start in range(0, len(addresses), BATCH):
        batch = addresses[start : start + BATCH]
        drawn = _drawn(connection, layer, batch, "tiles.render", as_of)
        for address in batch:
            yield address, compress(drawn.get(address, b""))


def render_many(
    connection: Connection, layer: Layer, addresses: Sequence[TileAddress]
) -> Iterator[tuple[TileAddress, bytes]]:
    """The same on all cores, for a transaction that may write."""
    with ThreadPoolExecutor() as threads:
        for start in range(0, len(addresses), MANY):
            batch = addresses[start : start + MANY]
            drawn = _drawn(connection, layer, batch, "tiles.render_many" if len(batch) > _FEW else "tiles.render")
            yield from zip(batch, threads.map(compress, (drawn.get(a, b"") for a in batch)), strict=True)


def compress(mvt: bytes) -> bytes:
    """gzip without a time stamp: same tile, same bytes.

    libdeflate takes a third of zlib's time and makes tiles a hundredth smaller.
    """
    return bytes(deflate.gzip_compress(mvt, _LEVEL)) if mvt else b""


def unpack(body: bytes) -> bytes:
    """The MVT in a body; nothing in an empty one."""
    return gzip.decompress(body) if body else b""


def joined(bodies: Iterable[bytes]) -> bytes:
    """Several tiles of one address as one: MVT layers that follow one another are a tile; one alone stays as it is."""
    drawn = [body for body in bodies if body]
    return drawn[0] if len(drawn) == 1 else compress(b"".join(map(unpack, drawn)))


def _drawn(
    connection: Connection, layer: Layer, batch: Sequence[TileAddress], own: str, as_of: int | None = None
) -> Drawn:
    """MVT layers that follow one another in the bytes are one tile."""
    parts: defaultdict[TileAddress, bytes] = defaultdict(bytes)
    for statement, zooms, about in _parts(layer, own, as_of is not None):
        asked = [address for address in batch if address.z in zooms]
        for address, mvt in _run(connection, statement, {"layer": layer.id, "as_of": as_of, **about}, asked).items():
            parts[address] += mvt
    return parts


def _parts(layer: Layer, own: str, is_past: bool) -> Iterator[tuple[str, range, Mapping[str, Any]]]:
    """The statements that draw a layer, each with its zooms: levels from the ground up, features, labels."""
    for level in reversed(layer.levels):
        yield from _level_parts(layer, level, is_past)
    yield own, layer.zooms, {"fields": list(layer.tile_fields), "are_labels": False}
    if layer.labels_from is not None:
        zooms = range(layer.labels_from, layer.zooms.stop)
        yield own, zooms, {"fields": list(layer.label_fields), "are_labels": True}


def _level_parts(layer: Layer, level: Level, is_past: bool) -> Iterator[tuple[str, range, Mapping[str, Any]]]:
    if isinstance(level, Counted):
        statement, about = "tiles.render_counted", {"areas": level.areas, "prevailing": level.prevailing}
    else:
        statement, about = "tiles.render_dissolved", level_parameters(layer, level)
    if is_past:
        statement += "_at"
    yield statement, level.zooms, {**about, "are_labels": False}
    if level.labels_from is not None:
        yield statement, range(level.labels_from, level.zooms.stop), {**about, "are_labels": True}


def _run(connection: Connection, statement: str, about: Mapping[str, Any], batch: Sequence[TileAddress]) -> Drawn:
    if not batch:
        return {}
    rows = connection.execute(text(query(statement)), {**about, **columns_of(batch)})
    return {TileAddress(row.z, row.x, row.y): bytes(row.mvt) for row in rows}

"""Drawing tiles: gzip-compressed MVT out of the pool's rows and the shapes kept for low zooms."""

import gzip
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

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

Drawn = dict[TileAddress, bytes]


def render(
    connection: Connection, layer: Layer, addresses: Sequence[TileAddress], as_of: int | None = None
) -> Iterator[tuple[TileAddress, bytes]]:
    """Each address with its gzip-compressed MVT, empty where nothing is drawn, in the order asked."""
    return _render(connection, layer, addresses, "tiles.render", as_of)


def render_many(
    connection: Connection, layer: Layer, addresses: Sequence[TileAddress]
) -> Iterator[tuple[TileAddress, bytes]]:
    """The same on all cores of the database, for a transaction that may write."""
    return _render(connection, layer, addresses, "tiles.render_many")


def compress(mvt: bytes) -> bytes:
    """Without a time stamp: same tile, same bytes."""
    return gzip.compress(mvt, compresslevel=6, mtime=0) if mvt else b""


def joined(bodies: Iterable[bytes]) -> bytes:
    """Several tiles of one address as one: MVT layers that follow one another are a tile; one alone stays as it is."""
    drawn = [body for body in bodies if body]
    return drawn[0] if len(drawn) == 1 else compress(b"".join(map(gzip.decompress, drawn)))


def _render(
    connection: Connection, layer: Layer, addresses: Sequence[TileAddress], statement: str, as_of: int | None = None
) -> Iterator[tuple[TileAddress, bytes]]:
    at_once = MANY if statement == "tiles.render_many" else BATCH
    for start in range(0, len(addresses), at_once):
        batch = addresses[start : start + at_once]
        drawn = _drawn(connection, layer, batch, statement, as_of)
        for address in batch:
            yield address, compress(drawn.get(address, b""))


def _drawn(connection: Connection, layer: Layer, batch: Sequence[TileAddress], own: str, as_of: int | None) -> Drawn:
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

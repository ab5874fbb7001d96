"""Rows of tiles, read by the server's loop itself."""

from gisserver.lines import Statement
from layers.core.tiles import StoredTile, TileAddress
from sql import query


def _stored(epoch: int, body: memoryview) -> StoredTile:
    return StoredTile(epoch, bytes(body))


TILE: Statement[tuple[str, TileAddress], StoredTile] = Statement(
    name="tile_rows",
    text=query("tile_memory.rows"),
    types=("text[]", "integer[]", "integer[]", "integer[]"),
    columns=lambda asked: (asked[0], asked[1].z, asked[1].x, asked[1].y),
    found=_stored,
    absent=StoredTile(0, b""),
)
"""By layer and address; epoch 0 where none was ever drawn."""

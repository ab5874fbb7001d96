"""Vector tiles as rows: which ones a publish touches, how they are drawn, where they are kept."""

from layers.core.tiles.address import TileAddress
from layers.core.tiles.areas import areas_of
from layers.core.tiles.contents import TilePart, tile_parts
from layers.core.tiles.kept import StoredTile, past_tile, remembered_past_tile, stored_tile, together
from layers.core.tiles.refresh import refresh
from layers.core.tiles.render import render

__all__ = [
    "StoredTile",
    "TileAddress",
    "TilePart",
    "areas_of",
    "past_tile",
    "refresh",
    "remembered_past_tile",
    "render",
    "stored_tile",
    "tile_parts",
    "together",
]

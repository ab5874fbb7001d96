"""Tiles in one file that other programs open: what goes in, how it is written, which files are kept."""

from layers.core.tiles.export.description import TilesetDescription
from layers.core.tiles.export.make import ExportedFile, make
from layers.core.tiles.export.trouble import ExportTrouble, NotWritable
from layers.core.tiles.export.wish import ExportWish

__all__ = ["ExportTrouble", "ExportWish", "ExportedFile", "NotWritable", "TilesetDescription", "make"]

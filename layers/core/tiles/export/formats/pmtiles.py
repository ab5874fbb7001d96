"""PMTiles 3: one file that a browser reads piece by piece over HTTP."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from pmtiles.tile import Compression, TileType
from pmtiles.writer import Writer

from layers.core.tiles.export.bodies import ExportedTile
from layers.core.tiles.export.description import TilesetDescription
from layers.core.tiles.export.file_format import FileFormat

_DEGREE = 10_000_000
"""Coordinates of the header are whole numbers of this part of a degree."""


def write(path: Path, tiles: Iterable[ExportedTile], about: TilesetDescription) -> int:
    """Bodies that are the same are stored once."""
    with path.open("xb") as file, TemporaryFile(dir=path.parent) as bodies:
        writer = Writer(file)
        # The library collects bodies in the system's temporary folder, which is often memory.
        writer.tile_f.close()
        writer.tile_f = bodies
        for tile in tiles:
            writer.write_tile(tile.number, tile.body)
        writer.finalize(_header(about), _metadata(about))
        return int(writer.addressed_tiles)


def _header(about: TilesetDescription) -> dict[str, Any]:
    lon, lat, zoom = about.center
    return {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": round(about.bounds.west * _DEGREE),
        "min_lat_e7": round(about.bounds.south * _DEGREE),
        "max_lon_e7": round(about.bounds.east * _DEGREE),
        "max_lat_e7": round(about.bounds.north * _DEGREE),
        "center_zoom": zoom,
        "center_lon_e7": round(lon * _DEGREE),
        "center_lat_e7": round(lat * _DEGREE),
    }


def _metadata(about: TilesetDescription) -> dict[str, Any]:
    return {
        "name": about.name,
        "description": about.description,
        "attribution": about.attribution,
        "type": "overlay",
        "version": str(about.epoch),
        **about.origin,
        "vector_layers": about.vector_layers,
    }


FORMAT = FileFormat(suffix=".pmtiles", title="PMTiles 3", media_type="application/vnd.pmtiles", write=write)

"""MBTiles 1.3: an SQLite file, for desktop programs and tile servers."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from layers.core.tiles.export.bodies import ExportedTile
from layers.core.tiles.export.description import TilesetDescription
from layers.core.tiles.export.file_format import FileFormat
from sql import query


def write(path: Path, tiles: Iterable[ExportedTile], about: TilesetDescription) -> int:
    """Bodies that are the same are stored once; nobody reads the file before it is whole, so no journal is kept."""
    with closing(sqlite3.connect(path)) as file:
        file.executescript(query("mbtiles.create"))
        file.executemany(query("mbtiles.describe"), _metadata(about))
        count = 0
        for tile in tiles:
            digest = hashlib.sha256(tile.body).digest()
            file.execute(query("mbtiles.keep_body"), (digest, tile.body))
            row = _row_from_south(tile.address.z, tile.address.y)
            file.execute(query("mbtiles.place"), (tile.address.z, tile.address.x, row, digest))
            count += 1
        file.commit()
        return count


def _row_from_south(z: int, y: int) -> int:
    """MBTiles counts rows as TMS does."""
    return (1 << z) - 1 - y


def _metadata(about: TilesetDescription) -> Iterator[tuple[str, str]]:
    bounds = about.bounds
    yield "name", about.name
    yield "format", "pbf"
    yield "bounds", f"{bounds.west},{bounds.south},{bounds.east},{bounds.north}"
    yield "center", ",".join(map(str, about.center))
    yield "minzoom", str(about.zooms.start)
    yield "maxzoom", str(about.zooms.stop - 1)
    yield "attribution", about.attribution
    yield "description", about.description
    yield "type", "overlay"
    yield "version", str(about.epoch)
    yield from about.origin.items()
    yield "json", about.vector_layers_json


FORMAT = FileFormat(
    suffix=".mbtiles", title="MBTiles 1.3", media_type="application/vnd.mapbox-vector-tileset", write=write
)

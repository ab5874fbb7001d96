"""What a format file declares."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from layers.core.tiles.export.bodies import ExportedTile
from layers.core.tiles.export.description import TilesetDescription


@dataclass(frozen=True)
class FileFormat:
    """A way to put tiles into one file."""

    suffix: str
    """Ending of a file's name, with the dot."""
    title: str
    media_type: str
    write: Callable[[Path, Iterable[ExportedTile], TilesetDescription], int]
    """Writes a new file; says how many tiles came: at least one, in the order of their numbers, never all at once."""

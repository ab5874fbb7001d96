"""Making a file of tiles, all of one epoch."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from sqlalchemy import Connection

from layers.core.epochs import Epoch, current_epoch, epoch_details
from layers.core.profile import Profile
from layers.core.tiles.export.bodies import ExportedTile, exported_tiles
from layers.core.tiles.export.choose import format_of
from layers.core.tiles.export.description import TilesetDescription, describe
from layers.core.tiles.export.places import TilePlace, tile_places
from layers.core.tiles.export.trouble import NothingToExport
from layers.core.tiles.export.unfinished import unfinished
from layers.core.tiles.export.wish import ExportWish

Heard = Callable[[int, int], None]
"""Told after each batch how many places are done, and of how many; what it raises ends the export."""


@dataclass(frozen=True)
class ExportedFile:
    """A finished file."""

    path: Path
    about: TilesetDescription
    tiles: int
    size_bytes: int
    sha256: str


def ignore(_done: int, _of: int) -> None:
    """For who does not want to hear of it."""


def make(
    connection: Connection, profile: Profile, wish: ExportWish, target: Path, heard: Heard = ignore
) -> ExportedFile:
    """Write the tiles to `target`, whose name says the format.

    `connection` is one snapshot, so publishes go on meanwhile and the file holds one epoch. Raises ExportTrouble;
    then the target is as it was before.
    """
    file_format = format_of(target)
    with unfinished(target) as own:
        places = tile_places(connection, wish)
        if not places:
            raise NothingToExport
        about = describe(profile, wish, places, _epoch(connection, wish))
        count = file_format.write(own, _at_least_one(_tiles(connection, wish, places, heard)), about)
        size, sha256 = own.stat().st_size, _sha256(own)
    return ExportedFile(target, about, count, size, sha256)


def _epoch(connection: Connection, wish: ExportWish) -> Epoch:
    number = current_epoch(connection) if wish.as_of is None else wish.as_of
    found = epoch_details(connection, number)
    if found is None:
        raise NothingToExport
    return found


def _tiles(
    connection: Connection, wish: ExportWish, places: Sequence[TilePlace], heard: Heard
) -> Iterator[ExportedTile]:
    done = 0
    for looked_at, tiles in exported_tiles(connection, wish, places):
        yield from tiles
        done += looked_at
        heard(done, len(places))


def _at_least_one(tiles: Iterator[ExportedTile]) -> Iterator[ExportedTile]:
    """An earlier day may have had nothing where something is drawn now."""
    first = next(tiles, None)
    if first is None:
        raise NothingToExport
    return chain((first,), tiles)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

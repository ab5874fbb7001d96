"""Finding the one layer of a sent file that is meant."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import importers.readers
from importers.apart.room import ReadingRoom
from importers.broken import BrokenFile, ExportFirst, NoShapes, NoSuchLayer, NothingInside, SeveralLayers, UnknownFormat
from importers.bundle_sent import is_bundle
from importers.reader import Reader, Record, SourceDescription
from importers.unread import unread_format
from layers.core.layer import Layer, Shape
from layers.core.profile import Profile
from layers.core.registry import discover

_FITTING = {
    Shape.POINT: ("Point",),
    Shape.LINES: ("LineString",),
    Shape.POLYGONS: ("Polygon", "MultiSurface", "Surface"),
}


@dataclass(frozen=True)
class FileLayer:
    """A layer of a file and the reader that knows it."""

    room: ReadingRoom
    reader: Reader
    path: Path
    described: SourceDescription

    def records(self, most: int | None = None) -> Iterator[Record]:
        """The records in the file's order, or the first of them."""
        return self.room.records(self.reader, self.path, self.described, most)

    def records_of(self, lines: Collection[int]) -> Iterator[Record]:
        """The records of these lines, in the file's order."""
        return self.room.records(self.reader, self.path, self.described, max(lines), lines)


def known_readers() -> tuple[Reader, ...]:
    """Every format in importers/readers/."""
    readers: tuple[Reader, ...] = discover(importers.readers, "READER")
    if len({reader.id for reader in readers}) != len(readers):
        raise ValueError("Two readers have the same id.")
    return readers


def layers_of_file(room: ReadingRoom, paths: Iterable[Path], profile: Profile, filename: str) -> list[FileLayer]:
    """Every layer of a sent file. Raises BrokenFile."""
    readers, letters = known_readers(), frozenset(profile.fold_from)
    heads = {path: _head(path) for path in paths}
    recognised = [(reader, path) for path, head in heads.items() for reader in readers if reader.sniff(path, head)]
    if not recognised:
        raise _not_read(heads, readers, filename)
    sources = [
        FileLayer(room, reader, path, described)
        for reader, path in recognised
        for described in room.describe(reader, path, letters)
    ]
    if not sources:
        raise NoShapes(filename=filename)
    return sources


def chosen_layer(sources: list[FileLayer], layer: Layer, profile: Profile, asked: str | None) -> FileLayer:
    """The layer asked for, the only one, the only one that fits, or of these a bundle's own or the profile's.

    Raises BrokenFile.
    """
    chosen = _chosen(sources, layer, profile, asked)
    if chosen.described.count == 0:
        raise NothingInside
    return chosen


def _chosen(sources: list[FileLayer], layer: Layer, profile: Profile, asked: str | None) -> FileLayer:
    names = sorted(source.described.name for source in sources)
    if asked is not None:
        named = [source for source in sources if source.described.name == asked]
        if not named:
            raise NoSuchLayer(asked=asked, layers=names)
        return named[0]
    filled = [source for source in sources if source.described.count] or sources
    fitting = [source for source in filled if _fits(source, layer)]
    candidates = fitting or filled
    of_bundle = [one for one in candidates if one.described.name == layer.id]
    if len(of_bundle) == 1 and is_bundle(source.described for source in sources):
        return of_bundle[0]
    usual = profile.source_layers.get(layer.id, ())
    called_so = [source for source in candidates if profile.fold(source.described.name) in usual]
    if len(called_so) == 1:
        return called_so[0]
    if len(candidates) > 1:
        raise SeveralLayers(layers=sorted(source.described.name for source in candidates))
    return candidates[0]


def _fits(source: FileLayer, layer: Layer) -> bool:
    declared = source.described.geometry_type or "Unknown"
    return any(kind in declared for kind in _FITTING[layer.shape])


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096)


def _not_read(heads: Mapping[Path, bytes], readers: Iterable[Reader], filename: str) -> BrokenFile:
    unread = next((found for path, head in heads.items() if (found := unread_format(path, head))), None)
    if unread is None:
        return UnknownFormat(filename=filename, formats=[reader.title.written for reader in readers])
    instead = unread.instead.written
    return ExportFirst(filename=filename, format=unread.title, instead=instead)

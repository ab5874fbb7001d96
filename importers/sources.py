"""Finding the one layer of a sent file that is meant."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import importers.readers
from importers.broken import NoSuchLayer, NothingInside, SeveralLayers, UnknownFormat
from importers.reader import Reader, Record, SourceDescription
from layers.core.layer import Layer, Shape
from layers.core.registry import discover

_FITTING = {
    Shape.POINT: ("Point",),
    Shape.LINES: ("LineString",),
    Shape.POLYGONS: ("Polygon", "MultiSurface", "Surface"),
}


@dataclass(frozen=True)
class Source:
    """A layer of a file and the reader that knows it."""

    reader: Reader
    path: Path
    described: SourceDescription

    def records(self) -> Iterator[Record]:
        """The records in the file's order."""
        return self.reader.read(self.path, self.described)


def known_readers() -> tuple[Reader, ...]:
    """Every format in importers/readers/."""
    readers = tuple(discover(importers.readers, "READER"))
    if len({reader.id for reader in readers}) != len(readers):
        raise ValueError("Two readers have the same id.")
    return readers


def choose_source(
    paths: Iterable[Path], layer: Layer, letters: frozenset[str], asked: str | None, filename: str
) -> Source:
    """The layer asked for, the only one, or the only one whose shapes fit. Raises BrokenFile."""
    readers = known_readers()
    recognised = [(reader, path) for path in paths if (reader := _reader_of(path, readers))]
    if not recognised:
        raise UnknownFormat(filename=filename, formats=[reader.title.en for reader in readers])
    sources = [
        Source(reader, path, described) for reader, path in recognised for described in reader.describe(path, letters)
    ]
    chosen = _chosen(sources, layer, asked)
    if chosen.described.count == 0:
        raise NothingInside
    return chosen


def _chosen(sources: list[Source], layer: Layer, asked: str | None) -> Source:
    names = sorted(source.described.name for source in sources)
    if asked is not None:
        named = [source for source in sources if source.described.name == asked]
        if not named:
            raise NoSuchLayer(asked=asked, layers=names)
        return named[0]
    if not sources:
        raise NothingInside
    filled = [source for source in sources if source.described.count] or sources
    fitting = [source for source in filled if _fits(source, layer)]
    candidates = fitting or filled
    if len(candidates) > 1:
        raise SeveralLayers(layers=sorted(source.described.name for source in candidates))
    return candidates[0]


def _fits(source: Source, layer: Layer) -> bool:
    declared = source.described.geometry_type or "Unknown"
    return any(kind in declared for kind in _FITTING[layer.shape])


def _reader_of(path: Path, readers: Iterable[Reader]) -> Reader | None:
    with path.open("rb") as file:
        head = file.read(4096)
    return next((reader for reader in readers if reader.sniff(path, head)), None)

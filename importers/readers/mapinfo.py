"""MapInfo TAB and MIF: sets of files that belong together; the encoding stands in the first."""

from collections.abc import Iterator
from pathlib import Path

from importers.reader import Reader, Record, SourceDescription
from importers.readers import _ogr
from layers.core.words import Title

_TITLE = "MapInfo"


def sniff(path: Path, head: bytes) -> bool:
    """The first words of the file that names the table."""
    beginning = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return beginning.startswith(b"!table") or (path.suffix.lower() == ".mif" and beginning.startswith(b"version"))


def describe(path: Path, letters: frozenset[str]) -> tuple[SourceDescription, ...]:
    """The one layer, if all its files came along."""
    companions = (".mid",) if path.suffix.lower() == ".mif" else (".dat", ".map", ".id")
    _ogr.require_beside(path, _TITLE, *companions)
    return _ogr.describe_layers(path, _TITLE)


def read(path: Path, source: SourceDescription) -> Iterator[Record]:
    """The records in the table's order."""
    return _ogr.read_records(path, source, _TITLE)


READER = Reader(
    id="mapinfo",
    title=Title("MapInfo TAB, MIF (zip)", "MapInfo TAB, MIF (zip)"),
    suffixes=(".zip", ".tab", ".mif"),
    sniff=sniff,
    describe=describe,
    read=read,
)

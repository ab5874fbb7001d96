"""FlatGeobuf: one layer with its coordinate system in one file, UTF-8."""

from collections.abc import Iterator
from pathlib import Path

from importers.reader import Reader, Record, SourceDescription
from importers.readers import _ogr
from layers.core.words import Title

_TITLE = "FlatGeobuf"
_MAGIC = b"fgb\x03fgb"


def sniff(path: Path, head: bytes) -> bool:
    """The first bytes; the eighth is a patch number."""
    return head.startswith(_MAGIC)


def describe(path: Path, letters: frozenset[str]) -> tuple[SourceDescription, ...]:
    """UTF-8 by definition, so the letters tell nothing."""
    return _ogr.describe_layers(path, _TITLE)


def read(path: Path, source: SourceDescription) -> Iterator[Record]:
    """The records as they lie in the file: by place where it has an index."""
    return _ogr.read_records(path, source, _TITLE)


READER = Reader(
    id="flatgeobuf",
    title=Title(_TITLE, _TITLE),
    suffixes=(".fgb",),
    sniff=sniff,
    describe=describe,
    read=read,
)

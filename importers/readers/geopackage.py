"""GeoPackage: the format we ask for, since it carries names, types and coordinate system in one file."""

from collections.abc import Iterator
from pathlib import Path

from importers.reader import Batch, Reader, SourceDescription
from importers.readers import _ogr
from layers.core.words import Title

_TITLE = "GeoPackage"


def sniff(path: Path, head: bytes) -> bool:
    """SQLite with the GeoPackage mark in its header, or at least with the name."""
    is_sqlite = head.startswith(b"SQLite format 3\x00")
    return is_sqlite and (head[68:72] in (b"GPKG", b"GP10", b"GP11") or path.suffix.lower() == ".gpkg")


def describe(path: Path, letters: frozenset[str]) -> tuple[SourceDescription, ...]:
    """A GeoPackage is UTF-8 by definition, so the letters tell nothing."""
    return _ogr.describe_layers(path, _TITLE)


def read(path: Path, source: SourceDescription) -> Iterator[Batch]:
    """The records in the table's order."""
    return _ogr.read_batches(path, source, _TITLE)


READER = Reader(
    id="geopackage",
    title=Title(_TITLE, _TITLE),
    suffixes=(".gpkg",),
    sniff=sniff,
    describe=describe,
    read=read,
)

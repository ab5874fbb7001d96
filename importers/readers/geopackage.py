"""GeoPackage: the format we ask for, since it carries names, types and coordinate system in one file."""

from pathlib import Path

from importers.broken import UnreadableFile
from importers.reader import Reader, SourceDescription
from importers.readers import _ogr
from layers.core.words import Title


def sniff(path: Path, head: bytes) -> bool:
    """SQLite with the GeoPackage mark in its header, or at least with the name."""
    is_sqlite = head.startswith(b"SQLite format 3\x00")
    return is_sqlite and (head[68:72] in (b"GPKG", b"GP10", b"GP11") or path.suffix.lower() == ".gpkg")


def describe(path: Path, letters: frozenset[str]) -> tuple[SourceDescription, ...]:
    """A GeoPackage is UTF-8 by definition, so the letters tell nothing."""
    try:
        return _ogr.describe_layers(path)
    except _ogr.UNREADABLE as cause:
        raise UnreadableFile(format="GeoPackage") from cause


READER = Reader(
    id="geopackage",
    title=Title("GeoPackage", "GeoPackage"),
    suffixes=(".gpkg",),
    sniff=sniff,
    describe=describe,
    read=_ogr.read_records,
)

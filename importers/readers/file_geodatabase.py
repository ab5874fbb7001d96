"""File geodatabase: what ArcGIS keeps, a folder of tables, sent as a zip."""

from collections.abc import Iterator
from pathlib import Path

from importers.reader import Batch, Reader, SourceDescription
from importers.readers import _ogr
from layers.core.words import Title

_TITLE = "File Geodatabase"
_FIRST_TABLE = "a00000001.gdbtable"
"""The list of all tables: there is one in each geodatabase."""


def sniff(path: Path, head: bytes) -> bool:
    """The list of tables stands for its folder, which GDAL knows by the ending of its name."""
    return path.name.lower() == _FIRST_TABLE and path.parent.suffix.lower() == ".gdb"


def describe(path: Path, letters: frozenset[str]) -> tuple[SourceDescription, ...]:
    """Its feature classes; texts are UTF-16, so the letters tell nothing."""
    return _ogr.describe_layers(path.parent, _TITLE)


def read(path: Path, source: SourceDescription) -> Iterator[Batch]:
    """The records in the order of their object ids."""
    return _ogr.read_batches(path.parent, source, _TITLE)


READER = Reader(
    id="file_geodatabase",
    title=Title(f"{_TITLE} (zip)", f"{_TITLE} (zip)"),
    suffixes=(".zip",),
    sniff=sniff,
    describe=describe,
    read=read,
)

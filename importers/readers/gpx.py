"""GPX: what receivers and telephones record in the field; always degrees, waypoints, routes and tracks apart."""

from collections.abc import Iterator
from pathlib import Path

from importers.reader import Batch, Reader, SourceDescription
from importers.readers import _ogr
from importers.readers._xml import root_of
from layers.core.words import Title

_TITLE = "GPX"
_WHOLE = ("waypoints", "routes", "tracks")
"""GDAL also tells the single points of routes and tracks: the same ground once more."""


def sniff(path: Path, head: bytes) -> bool:
    """XML whose root is gpx."""
    return root_of(head) == b"gpx"


def describe(path: Path, letters: frozenset[str]) -> tuple[SourceDescription, ...]:
    """Those of the three that hold anything."""
    return tuple(one for one in _ogr.describe_layers(path, _TITLE) if one.name in _WHOLE and one.count)


def read(path: Path, source: SourceDescription) -> Iterator[Batch]:
    """Points, and lines in the order in which they were walked."""
    return _ogr.read_batches(path, source, _TITLE, at_once=source.count + 1)


READER = Reader(
    id="gpx",
    title=Title(_TITLE, _TITLE),
    suffixes=(".gpx",),
    sniff=sniff,
    describe=describe,
    read=read,
)

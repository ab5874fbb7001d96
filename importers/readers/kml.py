"""KML and KMZ: what Google Earth writes; always degrees, a layer for each folder."""

from collections.abc import Iterator
from pathlib import Path

from importers.reader import Batch, Reader, SourceDescription
from importers.readers import _ogr
from importers.readers._xml import root_of
from layers.core.words import Title

_TITLE = "KML"
_HOW_IT_IS_DRAWN = frozenset(
    {"id", "timestamp", "begin", "end", "altitudeMode", "tessellate", "extrude", "visibility", "drawOrder", "icon"}
)
"""What GDAL tells of every placemark; the number is the drawing program's own."""


def sniff(path: Path, head: bytes) -> bool:
    """XML whose root is kml; a KMZ is a zip and has been unpacked before."""
    return root_of(head) == b"kml"


def describe(path: Path, letters: frozenset[str]) -> tuple[SourceDescription, ...]:
    """XML says its encoding itself."""
    return _ogr.describe_layers(path, _TITLE, left_out=_HOW_IT_IS_DRAWN)


def read(path: Path, source: SourceDescription) -> Iterator[Batch]:
    """The placemarks, extended data as columns."""
    return _ogr.read_batches(path, source, _TITLE, columns=source.fields, at_once=source.count + 1)


READER = Reader(
    id="kml",
    title=Title("KML, KMZ", "KML, KMZ"),
    suffixes=(".kml", ".kmz"),
    sniff=sniff,
    describe=describe,
    read=read,
)

"""GeoJSON: what web tools write; degrees unless it says otherwise."""

from pathlib import Path

from importers.broken import UnreadableFile
from importers.reader import Reader, SourceDescription
from importers.readers import _ogr
from layers.core.words import Title

_MARKS = (b'"FeatureCollection"', b'"Feature"', b'"features"', b'"coordinates"')


def sniff(path: Path, head: bytes) -> bool:
    """A JSON object that speaks of features near its beginning, or claims to by its suffix."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith(b"{"):
        return False
    return any(mark in head for mark in _MARKS) or path.suffix.lower() == ".geojson"


def describe(path: Path, letters: frozenset[str]) -> tuple[SourceDescription, ...]:
    """JSON is UTF-8 by definition, so the letters tell nothing."""
    try:
        return _ogr.describe_layers(path)
    except _ogr.UNREADABLE as cause:
        raise UnreadableFile(format="GeoJSON") from cause


READER = Reader(
    id="geojson",
    title=Title("GeoJSON", "GeoJSON"),
    suffixes=(".geojson", ".json"),
    sniff=sniff,
    describe=describe,
    read=_ogr.read_records,
)

"""GeoJSON, also line by line: what web tools write; degrees unless it says otherwise, UTF-8 unless somebody saved it
otherwise."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from importers.encoding import guess
from importers.reader import Batch, Encoding, Reader, SourceDescription
from importers.readers import _ogr
from layers.core.words import Title

_TITLE = "GeoJSON"
_MARKS = (b'"FeatureCollection"', b'"Feature"', b'"features"', b'"coordinates"')
_SPECIAL_TEXT = re.compile(rb'"([^"]*[\x80-\xff][^"]*)"')
_PIECE = 1 << 20
_BEFORE_TEXT = b"\x1e \t\r\n"
"""White space, and the mark that GeoJSON text sequences (RFC 8142) put before each feature."""


def sniff(path: Path, head: bytes) -> bool:
    """A JSON object that speaks of features near its beginning, or claims to by its suffix."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(_BEFORE_TEXT)
    if not start.startswith(b"{"):
        return False
    return any(mark in head for mark in _MARKS) or path.suffix.lower() in READER.suffixes[:-1]


def describe(path: Path, letters: frozenset[str]) -> tuple[SourceDescription, ...]:
    """JSON is UTF-8 by definition, yet desktop programs save it in their own encoding."""
    return _ogr.describe_layers(path, _TITLE, _encoding(path, letters))


def read(path: Path, source: SourceDescription) -> Iterator[Batch]:
    """The records with their letters set right."""
    return _ogr.read_batches(
        path, source, _TITLE, source.encoding if source.encoding.is_guessed else None, at_once=source.count + 1
    )


def _encoding(path: Path, letters: frozenset[str]) -> Encoding | None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    texts: list[bytes] = []
    is_utf_8 = True
    for piece in _pieces(path):
        texts += _SPECIAL_TEXT.findall(piece)
        try:
            decoder.decode(piece)
        except UnicodeDecodeError:
            is_utf_8 = False
            break
    return None if is_utf_8 else Encoding(guess(texts, letters), is_guessed=True)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


READER = Reader(
    id="geojson",
    title=Title(_TITLE, _TITLE),
    suffixes=(".geojson", ".geojsonl", ".geojsons", ".ndjson", ".json"),
    sniff=sniff,
    describe=describe,
    read=read,
)

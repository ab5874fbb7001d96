"""GML: what plan programs (PlanGML), WFS servers and INSPIRE exchange."""

from collections.abc import Iterator
from pathlib import Path

from importers.broken import UnreadableFile
from importers.reader import Batch, Reader, SourceDescription
from importers.readers import _ogr
from importers.readers._xml import plain_copy, root_of
from layers.core.words import Title

_TITLE = "GML"
_NAMESPACE = b"http://www.opengis.net/gml"


def sniff(path: Path, head: bytes) -> bool:
    """XML that speaks of GML's namespace near its beginning, and is not the schema of such a file."""
    return root_of(head) not in (None, b"schema") and _NAMESPACE in head


def describe(path: Path, letters: frozenset[str]) -> tuple[SourceDescription, ...]:
    """XML says its encoding itself; nested elements become columns with their path as the name."""
    return _ogr.describe_layers(_plain(path), _TITLE)


def read(path: Path, source: SourceDescription) -> Iterator[Batch]:
    """The members in the file's order."""
    return _ogr.read_batches(_plain(path), source, _TITLE, at_once=source.count + 1)


def _plain(path: Path) -> Path:
    try:
        return plain_copy(path)
    except UnicodeDecodeError as cause:
        raise UnreadableFile(format=_TITLE) from cause


READER = Reader(
    id="gml",
    title=Title(_TITLE, _TITLE),
    suffixes=(".gml", ".xml"),
    sniff=sniff,
    describe=describe,
    read=read,
)

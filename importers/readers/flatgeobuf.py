"""FlatGeobuf: one layer with its coordinate system in one file, UTF-8."""

import mmap
import struct
from collections.abc import Iterator
from pathlib import Path

from importers.broken import UnreadableFile
from importers.reader import Batch, Reader, SourceDescription
from importers.readers import _ogr
from layers.core.words import Title

_TITLE = "FlatGeobuf"
_MAGIC = b"fgb\x03fgb"
_HEADER_AT = 12
"""Behind the magic bytes and the header's own length."""
_FEATURES_COUNT, _INDEX_NODE_SIZE = 8, 9
"""Places of two facts in the header's table."""
_INDEX_NODE_BYTES = 40


def sniff(path: Path, head: bytes) -> bool:
    """The first bytes; the eighth is a patch number."""
    return head.startswith(_MAGIC)


def describe(path: Path, letters: frozenset[str]) -> tuple[SourceDescription, ...]:
    """UTF-8 by definition, so the letters tell nothing. Its header counts the features: GDAL would believe it."""
    try:
        _require_counted_rightly(path)
    except (struct.error, ValueError, ZeroDivisionError) as cause:
        raise UnreadableFile(format=_TITLE) from cause
    return _ogr.describe_layers(path, _TITLE)


def read(path: Path, source: SourceDescription) -> Iterator[Batch]:
    """The records as they lie in the file: by place where it has an index."""
    return _ogr.read_batches(path, source, _TITLE)


def _require_counted_rightly(path: Path) -> None:
    """Walk from feature to feature by the length before each. Raises ValueError or struct.error."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        (header_bytes,) = struct.unpack_from("<I", content, _HEADER_AT - 4)
        promised = _fact(content, _FEATURES_COUNT, "<Q", default=0)
        at = _HEADER_AT + header_bytes + _index_bytes(promised, _fact(content, _INDEX_NODE_SIZE, "<H", default=16))
        found = 0
        while at < len(content):
            at += 4 + struct.unpack_from("<I", content, at)[0]
            found += 1
        # A program that streams does not know the number beforehand and leaves it 0.
        if at != len(content) or promised not in (0, found):
            raise ValueError(f"{promised} features promised, {found} found")


def _fact(content: mmap.mmap, place: int, form: str, default: int) -> int:
    """One number of the header, a FlatBuffers table: it begins with the way back to the list of its offsets."""
    table = _HEADER_AT + struct.unpack_from("<I", content, _HEADER_AT)[0]
    offsets = table - struct.unpack_from("<i", content, table)[0]
    at = offsets + 4 + 2 * place
    offset = struct.unpack_from("<H", content, at)[0] if at < offsets + _length(content, offsets) else 0
    return int(struct.unpack_from(form, content, table + offset)[0]) if offset else default


def _length(content: mmap.mmap, offsets: int) -> int:
    return int(struct.unpack_from("<H", content, offsets)[0])


def _index_bytes(features: int, node_size: int) -> int:
    """A packed tree: each level has a node for so many of the level below."""
    if not features or not node_size:
        return 0
    nodes = level = features
    while level > 1:
        level = -(-level // node_size)
        nodes += level
    return nodes * _INDEX_NODE_BYTES


READER = Reader(
    id="flatgeobuf",
    title=Title(_TITLE, _TITLE),
    suffixes=(".fgb",),
    sniff=sniff,
    describe=describe,
    read=read,
)

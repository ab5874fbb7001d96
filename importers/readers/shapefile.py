"""Shapefile: several files that belong together, often in an encoding nobody wrote down."""

import itertools
import struct
from collections.abc import Iterator
from pathlib import Path

from importers.encoding import guess, is_written_in
from importers.reader import Encoding, Reader, Record, SourceDescription
from importers.readers import _ogr
from layers.core.words import Title

_TITLE = "Shapefile"
_MAGIC = b"\x00\x00\x27\x0a"
_ROWS_LOOKED_AT = 20_000


def sniff(path: Path, head: bytes) -> bool:
    """The main file's number; its companions must lie beside it."""
    return head.startswith(_MAGIC) and path.suffix.lower() != ".shx"


def describe(path: Path, letters: frozenset[str]) -> tuple[SourceDescription, ...]:
    """The one layer, once the encoding of its table is known."""
    _ogr.require_beside(path, _TITLE, ".shx", ".dbf")
    return _ogr.describe_layers(path, _TITLE, _encoding(path, letters))


def read(path: Path, source: SourceDescription) -> Iterator[Record]:
    """The records with their letters set right."""
    return _ogr.read_records(path, source, _TITLE, source.encoding)


def _encoding(path: Path, letters: frozenset[str]) -> Encoding:
    """What the .cpg says if the bytes agree with it; otherwise what the letters say."""
    table = _ogr.beside(path, ".dbf")
    texts = list(_texts(table)) if table else []
    declared = _declared(path)
    if declared and all(is_written_in(text, declared) for text in texts):
        return Encoding(declared)
    return Encoding(guess(texts, letters), is_guessed=any(not text.isascii() for text in texts))


def _declared(path: Path) -> str | None:
    page = _ogr.beside(path, ".cpg")
    if page is None:
        return None
    named = page.read_bytes()[:40].decode("ascii", "ignore").strip().lower()
    if named.isdecimal():
        return f"cp{named}" if named != "65001" else "utf-8"
    return named or None


def _texts(table: Path) -> Iterator[bytes]:
    """The character cells of the first rows of a dBase table, without padding."""
    with table.open("rb") as file:
        head = file.read(32)
        if len(head) < 32:
            return
        header_bytes, row_bytes = struct.unpack("<HH", head[8:12])
        cells = list(_character_cells(file.read(max(header_bytes - 32, 0))))
        rows = iter(lambda: file.read(row_bytes), b"")
        for row in itertools.islice(rows, _ROWS_LOOKED_AT if row_bytes else 0):
            for start, end in cells:
                if text := row[start:end].strip(b" \x00"):
                    yield text


def _character_cells(described: bytes) -> Iterator[tuple[int, int]]:
    start = 1
    for offset in range(0, len(described) - 31, 32):
        field = described[offset : offset + 32]
        if field[:1] == b"\r":
            return
        width = field[16]
        if field[11:12] == b"C":
            yield start, start + width
        start += width


READER = Reader(
    id="shapefile",
    title=Title(f"{_TITLE} (zip)", f"{_TITLE} (zip)"),
    suffixes=(".zip", ".shp"),
    sniff=sniff,
    describe=describe,
    read=read,
)

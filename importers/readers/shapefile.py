"""Shapefile: several files that belong together, often in an encoding nobody wrote down."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from importers.broken import UnequalSet, UnreadableFile
from importers.encoding import guess, is_written_in
from importers.reader import Batch, Encoding, Reader, SourceDescription
from importers.readers import _dbase, _ogr
from layers.core.words import Title

_TITLE = "Shapefile"
_MAGIC = b"\x00\x00\x27\x0a"
_INDEX_HEADER_BYTES, _INDEX_ENTRY_BYTES = 100, 8


def sniff(path: Path, head: bytes) -> bool:
    """The main file's number; its companions must lie beside it."""
    return head.startswith(_MAGIC) and path.suffix.lower() != ".shx"


def describe(path: Path, letters: frozenset[str]) -> tuple[SourceDescription, ...]:
    """The one layer, once the encoding of its table is known."""
    index, table = _ogr.require_beside(path, _TITLE, ".shx", ".dbf")
    _require_as_many(index, table)
    deleted = _dbase.deleted_rows(table)
    layers = _ogr.describe_layers(path, _TITLE, _encoding(path, table, letters))
    return tuple(replace(layer, count=layer.count - deleted) for layer in layers)


def read(path: Path, source: SourceDescription) -> Iterator[Batch]:
    """The records with their letters set right."""
    _, table = _ogr.require_beside(path, _TITLE, ".shx", ".dbf")
    # GDAL counts the deleted rows when it skips to the next batch, and passes over them when it reads.
    at_once = source.count + 1 if _dbase.deleted_rows(table) else None
    return _ogr.read_batches(path, source, _TITLE, source.encoding, at_once=at_once)


def _require_as_many(index: Path, table: Path) -> None:
    """GDAL would drop what is too many on either side. Raises UnequalSet, UnreadableFile."""
    shapes = max(index.stat().st_size - _INDEX_HEADER_BYTES, 0) // _INDEX_ENTRY_BYTES
    rows = _dbase.count_of_rows(table)
    if rows is None:
        raise UnreadableFile(format=_TITLE)
    if rows != shapes:
        raise UnequalSet(shapes=shapes, rows=rows)


def _encoding(path: Path, table: Path, letters: frozenset[str]) -> Encoding:
    """What the .cpg says if the bytes agree with it; otherwise what the letters say."""
    texts = list(_dbase.texts(table))
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


READER = Reader(
    id="shapefile",
    title=Title(f"{_TITLE} (zip)", f"{_TITLE} (zip)"),
    suffixes=(".zip", ".shp"),
    sniff=sniff,
    describe=describe,
    read=read,
)

"""MapInfo TAB and MIF: sets of files that belong together; the first names the encoding, or says that it is neutral."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

from importers.encoding import guess
from importers.reader import Batch, Encoding, Reader, SourceDescription
from importers.readers import _dbase, _ogr
from layers.core.words import Title

_TITLE = "MapInfo"
_CHARSET = re.compile(rb'charset\s+"?(\w+)', re.IGNORECASE)
_NEUTRAL = (b"neutral", b"none")
_LINES_LOOKED_AT = 20_000


def sniff(path: Path, head: bytes) -> bool:
    """The first words of the file that names the table."""
    beginning = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return beginning.startswith(b"!table") or (path.suffix.lower() == ".mif" and beginning.startswith(b"version"))


def describe(path: Path, letters: frozenset[str]) -> tuple[SourceDescription, ...]:
    """The one layer, if all its files came along."""
    companions = (".mid",) if path.suffix.lower() == ".mif" else (".dat", ".map", ".id")
    table, *_ = _ogr.require_beside(path, _TITLE, *companions)
    return _ogr.describe_layers(path, _TITLE, None if _names_its_charset(path) else _guessed(table, letters))


def read(path: Path, source: SourceDescription) -> Iterator[Batch]:
    """The records in the table's order."""
    return _ogr.read_batches(path, source, _TITLE, source.encoding if source.encoding.is_guessed else None)


def _names_its_charset(path: Path) -> bool:
    """Then GDAL turns the letters into Unicode by itself."""
    with path.open("rb") as file:
        named = _CHARSET.search(file.read(4096))
    return named is not None and named[1].lower() not in _NEUTRAL


def _guessed(table: Path, letters: frozenset[str]) -> Encoding:
    texts = _lines(table) if table.suffix.lower() == ".mid" else _dbase.texts(table)
    special = [text for text in texts if not text.isascii()]
    return Encoding(guess(special, letters), is_guessed=bool(special))


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from itertools.islice(file, _LINES_LOOKED_AT)


READER = Reader(
    id="mapinfo",
    title=Title("MapInfo TAB, MIF (zip)", "MapInfo TAB, MIF (zip)"),
    suffixes=(".zip", ".tab", ".mif"),
    sniff=sniff,
    describe=describe,
    read=read,
)

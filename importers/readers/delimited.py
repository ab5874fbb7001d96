"""CSV and plain text: corner lists of surveying programs, points, WKT; any separator, decimal point or comma."""

import codecs
import csv
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from importers.encoding import guess
from importers.reader import Batch, Encoding, Reader, SourceDescription
from importers.readers import _table
from importers.readers._table import Cells
from layers.core.words import Title

_TITLE = "CSV"
_SUFFIXES = (".csv", ".txt", ".tsv", ".ncn", ".xyz", ".kor")
_SEPARATORS = ";\t|"
_ROWS_LOOKED_AT = 50
_LONGEST_CELL = 64 << 20
"""The outline of a lake in one cell."""
_UNICODE = "utf-8"
_SPACES = re.compile(r"\s+")

csv.field_size_limit(_LONGEST_CELL)


def sniff(path: Path, head: bytes) -> bool:
    """Text under a name that lists have."""
    return path.suffix.lower() in _SUFFIXES and (_utf_16(head) is not None or b"\x00" not in head)


def describe(path: Path, letters: frozenset[str]) -> tuple[SourceDescription, ...]:
    """What the list can be read as."""
    encoding = _encoding(path, letters)
    return _table.describe_table(path.stem, partial(_rows, path, encoding), encoding)


def read(path: Path, source: SourceDescription) -> Iterator[Batch]:
    """The records in the list's order."""
    return _table.read_table(partial(_rows, path, source.encoding), source)


def cells(path: Path, letters: frozenset[str]) -> Iterator[Cells]:
    """Row by row, whatever they mean."""
    return (row for _, row in _rows(path, _encoding(path, letters)))


def _encoding(path: Path, letters: frozenset[str]) -> Encoding:
    with path.open("rb") as file:
        head = file.read(4)
        if wide := _utf_16(head):
            return Encoding(wide)
        file.seek(0)
        texts = [line for line in file if not line.isascii()]
    name = guess(texts, letters)
    return Encoding(name, is_guessed=name != _UNICODE)


def _utf_16(head: bytes) -> str | None:
    return "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None


def _rows(path: Path, encoding: Encoding) -> Iterator[tuple[int, Cells]]:
    name = "utf-8-sig" if encoding.name == _UNICODE else encoding.name
    with path.open(encoding=name, errors="replace", newline="") as file:
        separator = _separator([line for line, _ in zip(file, range(_ROWS_LOOKED_AT), strict=False)])
        file.seek(0)
        if separator is None:
            for line, text in enumerate(file, start=1):
                yield line, _SPACES.split(text.strip())
            return
        lines = csv.reader(file, delimiter=separator)
        for cells in lines:
            yield lines.line_num, cells


def _separator(lines: list[str]) -> str | None:
    """The one that stands in most rows; None for white space, which is asked before the comma: that may be decimal."""
    filled = [line for line in lines if line.strip()]
    for separator in _SEPARATORS:
        if 2 * sum(separator in line for line in filled) > len(filled):
            return separator
    columns = [_SPACES.split(line.strip()) for line in filled]
    numeric = sum(len(cells) > 1 and all(_table.number(cell) is not None for cell in cells[1:]) for cells in columns)
    return None if 2 * numeric > len(filled) else ","


READER = Reader(
    id="delimited",
    title=Title("CSV, metin (koordinat listesi)", "CSV, text (coordinate list)"),
    suffixes=_SUFFIXES,
    sniff=sniff,
    describe=describe,
    read=read,
)

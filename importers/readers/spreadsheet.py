"""Excel and OpenDocument sheets: corner lists, points, WKT; a sheet is a layer."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import python_calamine
from python_calamine import CalamineError

from importers.broken import UnreadableFile
from importers.reader import Batch, Encoding, Reader, SourceDescription
from importers.readers import _table
from importers.readers._table import Cells
from layers.core.words import Title

_TITLE = "Excel"
_SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".ods", ".xls")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UNICODE = Encoding("UTF-8")


def sniff(path: Path, head: bytes) -> bool:
    """A zip or an OLE file under the name of a workbook."""
    return path.suffix.lower() in _SUFFIXES and head.startswith((_ZIP, _OLE))


def describe(path: Path, letters: frozenset[str]) -> tuple[SourceDescription, ...]:
    """What each sheet can be read as."""
    with _damage(), python_calamine.load_workbook(str(path)) as book:
        names = list(book.sheet_names)
    return tuple(
        described for name in names for described in _table.describe_table(name, partial(_rows, path, name), _UNICODE)
    )


def read(path: Path, source: SourceDescription) -> Iterator[Batch]:
    """The records in the sheet's order."""
    with _damage(), python_calamine.load_workbook(str(path)) as book:
        name = next(name for name in book.sheet_names if source.name.removeprefix(name)[:1] in ("", ":"))
    return _table.read_table(partial(_rows, path, name), source)


def cells(path: Path, _letters: frozenset[str]) -> Iterator[Cells]:
    """Those of the first sheet, row by row, whatever they mean."""
    return (row for rows in sheets(path)[:1] for _, row in rows)


def sheets(path: Path) -> list[Iterator[tuple[int, Cells]]]:
    """Each sheet's rows with their lines, whatever they mean."""
    with _damage(), python_calamine.load_workbook(str(path)) as book:
        names = list(book.sheet_names)
    return [_rows(path, name) for name in names]


def _rows(path: Path, name: str) -> Iterator[tuple[int, Cells]]:
    with _damage(), python_calamine.load_workbook(str(path)) as book:
        sheet = book.get_sheet_by_name(name)
        first = sheet.start[0] if sheet.start else 0
        rows = sheet.to_python(skip_empty_area=True)
    yield from enumerate(rows, start=first + 1)


@contextmanager
def _damage() -> Iterator[None]:
    try:
        yield
    except (CalamineError, OSError) as cause:
        raise UnreadableFile(format=_TITLE) from cause


READER = Reader(
    id="spreadsheet",
    title=Title("Excel, OpenDocument (koordinat listesi)", "Excel, OpenDocument (coordinate list)"),
    suffixes=_SUFFIXES,
    sniff=sniff,
    describe=describe,
    read=read,
)

"""A list of the whole city as lists of its districts: each is a changeset of its own."""

import csv
import datetime
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from importers.readers import delimited, spreadsheet
from importers.readers._table import LOOKED_AT, Cells
from layers.core.profile import District, Profile

_MOST_TOLD = 5


class NotByDistrict(Exception):
    """The list does not say which row is whose; the message says what to do."""


@dataclass(frozen=True)
class _List:
    """Rows under their headers, one of which says whose each row is."""

    headers: Cells
    column: int
    rows: Iterator[tuple[int, Cells]]
    """With their line in the file."""


def by_district(path: Path, folder: Path, profile: Profile) -> Mapping[District, Path]:
    """A list for each district that the column of districts names. Raises NotByDistrict, UnreadableFile."""
    listed = _list_in(path, profile)
    files: dict[District, Path] = {}
    unknown: dict[str, int] = {}
    with ExitStack() as opened:
        writers: dict[District, Any] = {}
        for line, cells in listed.rows:
            name = _text(cells[listed.column], profile).strip() if listed.column < len(cells) else ""
            district = profile.district_named(name) if name else None
            if district is None:
                if any(_text(cell, profile).strip() for cell in cells):
                    unknown.setdefault(name, line)
                continue
            if district not in writers:
                files[district] = folder / f"{path.stem}-{district.id}.csv"
                file = opened.enter_context(files[district].open("w", encoding="utf-8", newline=""))
                writers[district] = csv.writer(file, delimiter=";")
                writers[district].writerow([_text(header, profile) for header in listed.headers])
            writers[district].writerow([_text(cell, profile) for cell in cells])
    if unknown:
        told = ", ".join(f"“{name}” (line {line})" for name, line in list(unknown.items())[:_MOST_TOLD])
        raise NotByDistrict(f"The profile has no such district: {told}. Correct these rows; nothing was imported.")
    return files


def _list_in(path: Path, profile: Profile) -> _List:
    found = [listed for rows in _tables(path, profile) if (listed := _by_its_headers(rows, profile))]
    if not found:
        known = ", ".join(sorted(profile.search.district_columns))
        raise NotByDistrict(
            f"No column of {path.name} says which district a row is of. Call one so: {known}; or say whose file it is."
        )
    if len(found) > 1:
        raise NotByDistrict(f"{len(found)} sheets of {path.name} have rows of districts. Put them on one sheet.")
    return found[0]


def _tables(path: Path, profile: Profile) -> list[Iterator[tuple[int, Cells]]]:
    """Each sheet's rows with their lines."""
    suffix = path.suffix.lower()
    if suffix in delimited.READER.suffixes:
        return [enumerate(delimited.cells(path, frozenset(profile.fold_from)), start=1)]
    if suffix in spreadsheet.READER.suffixes:
        return spreadsheet.sheets(path)
    raise NotByDistrict(
        f"Say whose file {path.name} is: only lists (CSV, Excel, OpenDocument) are divided by district."
    )


def _by_its_headers(rows: Iterator[tuple[int, Cells]], profile: Profile) -> _List | None:
    """What stands above the headers, a title, is left out."""
    for _, cells in islice(rows, LOOKED_AT):
        words = [profile.fold(_text(cell, profile)) for cell in cells]
        column = next((n for n, word in enumerate(words) if word in profile.search.district_columns), None)
        if column is not None and sum(map(bool, words)) > 1:
            return _List(cells, column, rows)
    return None


def _text(cell: Any, profile: Profile) -> str:
    """A cell of a workbook as people of this place write it in a list."""
    if isinstance(cell, float):
        written = str(int(cell)) if cell.is_integer() else repr(cell)
        return written.replace(".", ",") if profile.decimal_comma else written
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return "" if cell is None else str(cell)

"""A list of the whole city as lists of its districts: each is a changeset of its own."""

import csv
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from importers.readers import delimited
from layers.core.profile import District, Profile

_MOST_TOLD = 5


class NotByDistrict(Exception):
    """The list does not say which row is whose; the message says what to do."""


def by_district(path: Path, folder: Path, profile: Profile) -> Mapping[District, Path]:
    """A list for each district that the column of districts names. Raises NotByDistrict."""
    if path.suffix.lower() not in delimited.READER.suffixes:
        raise NotByDistrict(f"Say whose file {path.name} is: only lists (CSV) are divided by district.")
    rows = delimited.cells(path, frozenset(profile.fold_from))
    headers = next(iter(rows), [])
    at = next((n for n, cell in enumerate(headers) if profile.fold(cell) in profile.search.district_columns), None)
    if at is None:
        known = ", ".join(sorted(profile.search.district_columns))
        raise NotByDistrict(
            f"No column of {path.name} says which district a row is of. Call one so: {known}; or say whose file it is."
        )
    files: dict[District, Path] = {}
    unknown: dict[str, int] = {}
    with ExitStack() as opened:
        writers: dict[District, Any] = {}
        for line, cells in enumerate(rows, start=2):
            name = cells[at].strip() if at < len(cells) else ""
            district = profile.district_named(name) if name else None
            if district is None:
                if any(cell.strip() for cell in cells):
                    unknown.setdefault(name, line)
                continue
            if district not in writers:
                files[district] = folder / f"{path.stem}-{district.id}.csv"
                file = opened.enter_context(files[district].open("w", encoding="utf-8", newline=""))
                writers[district] = csv.writer(file, delimiter=";")
                writers[district].writerow(headers)
            writers[district].writerow(cells)
    if unknown:
        told = ", ".join(f"“{name}” (line {line})" for name, line in list(unknown.items())[:_MOST_TOLD])
        raise NotByDistrict(f"The profile has no such district: {told}. Correct these rows; nothing was imported.")
    return files

"""The cells of a table that somebody sent, read by a process that may do nothing else: a line of JSON for each row."""

import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from importers.apart.confine import Limits, set_limits, shut_in

MEMORY_BYTES = 2 << 30
CPU_SECONDS = 60
NOT_A_TABLE = 3


def main() -> None:
    """FILE LETTERS MOST; the exit code NOT_A_TABLE where it cannot be read."""
    path, letters, most = Path(sys.argv[1]), frozenset(sys.argv[2]), int(sys.argv[3])
    from importers.broken import BrokenFile
    from importers.readers import delimited, spreadsheet

    set_limits(Limits(cpu_seconds=CPU_SECONDS, memory_bytes=MEMORY_BYTES))
    shut_in(path.parent)
    head = path.read_bytes()[:64]
    reader = next((one for one in (spreadsheet, delimited) if one.sniff(path, head)), None)
    if reader is None:
        sys.exit(NOT_A_TABLE)
    try:
        for row in islice(_rows(reader.cells(path, letters)), most):
            sys.stdout.write(json.dumps(row, ensure_ascii=True) + "\n")
    except (BrokenFile, UnicodeError, ValueError):
        sys.exit(NOT_A_TABLE)


def _rows(cells: Iterator[list[object]]) -> Iterator[list[str]]:
    for row in cells:
        written = ["" if cell is None else _written(cell) for cell in row]
        if any(written):
            yield written


def _written(cell: object) -> str:
    """A workbook keeps every number with decimals."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


if __name__ == "__main__":
    main()

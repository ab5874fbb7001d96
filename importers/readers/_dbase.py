"""dBase tables, which hold the columns of Shapefiles and MapInfo files."""

import itertools
import mmap
import struct
from collections.abc import Iterator
from pathlib import Path

_ROWS_LOOKED_AT = 20_000
_DELETED = b"*"


def count_of_rows(table: Path) -> int | None:
    """As its header says, rows marked as deleted included; None where the file is too short for that."""
    size = table.stat().st_size
    with table.open("rb") as file:
        head = file.read(32)
    if len(head) < 32:
        return None
    rows, header_bytes, row_bytes = struct.unpack("<IHH", head[4:12])
    return int(rows) if size >= header_bytes + rows * row_bytes else None


def deleted_rows(table: Path) -> int:
    """How many rows are marked as deleted: programs keep them until somebody packs the table."""
    with table.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        rows, header_bytes, row_bytes = struct.unpack("<IHH", content[4:12])
        return content[header_bytes : header_bytes + rows * row_bytes : row_bytes or 1].count(_DELETED)


def texts(table: Path) -> Iterator[bytes]:
    """The character cells of the first rows, without padding."""
    with table.open("rb") as file:
        head = file.read(32)
        if len(head) < 32:
            return
        header_bytes, row_bytes = struct.unpack("<HH", head[8:12])
        cells = list(_character_cells(file.read(max(header_bytes - 32, 0))))
        rows = iter(lambda: file.read(row_bytes), b"")
        for row in itertools.islice(rows, _ROWS_LOOKED_AT if row_bytes else 0):
            for start, end in cells:
                # What stands behind a zero byte is left from another row.
                if text := row[start:end].partition(b"\x00")[0].strip():
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

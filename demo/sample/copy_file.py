"""Rows written as PostgreSQL reads them fastest: one COPY text file per layer."""

from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from demo.sample.arrays import Shapes
from demo.sample.text import NULL, Part, Text, ewkb
from layers.core.bulk import BulkTable

_ROWS_AT_ONCE = 4_000
"""One long geometry widens its column for as many rows."""


class CopyFile:
    """A layer's rows on their way to disk."""

    def __init__(self, path: Path, srid: int) -> None:
        self._path = path
        self._srid = srid
        self._columns: tuple[str, ...] = ()
        self._count = 0
        self._file = path.open("wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, geoms: Shapes, **columns: Part) -> None:
        """Add rows; a column given as one word is the same in all of them, one not given is NULL.

        The first call says which columns there are.
        """
        self._columns = self._columns or (*columns, "geom")
        if unknown := set(columns) - set(self._columns):
            raise ValueError(f"{self._path.name} has no columns {sorted(unknown)}")
        ordered = [columns.get(name, NULL) for name in self._columns[:-1]]
        for start in range(0, len(geoms), _ROWS_AT_ONCE):
            part = slice(start, start + _ROWS_AT_ONCE)
            cut = [c if isinstance(c, bytes) else c[part] for c in ordered]
            self._file.write(_lines(len(geoms[part]), [*cut, ewkb(geoms[part], self._srid)]))
        self._count += len(geoms)

    @property
    def table(self) -> BulkTable:
        """What was written."""
        return BulkTable(self._columns, self._path, self._count)


def _lines(count: int, columns: list[Part]) -> bytes:
    """Lay fixed-width columns side by side and squeeze the padding out: no loop over rows."""
    pieces = []
    for number, column in enumerate(columns):
        text: Text = np.full(count, column) if isinstance(column, bytes) else np.ascontiguousarray(column)
        pieces.append(text.view(np.uint8).reshape(count, -1))
        end = b"\n" if number == len(columns) - 1 else b"\t"
        pieces.append(np.full((count, 1), ord(end), dtype=np.uint8))
    return np.hstack(pieces).tobytes().translate(None, b"\0")

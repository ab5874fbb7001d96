"""What a format file declares, and what every format becomes."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from importers.batches import batched
from layers.core.words import Title

RECORDS_A_BATCH = 2_000


class Record(NamedTuple):
    """One line of a district's file, as it stands there."""

    line: int
    """Counted from 1 in the file's order."""
    attributes: Mapping[str, Any]
    geometry: BaseGeometry | None


@dataclass(frozen=True)
class Batch:
    """Neighbouring lines of a file, column by column: so GDAL hands them out, and so they travel."""

    lines: Sequence[int]
    columns: Mapping[str, Sequence[Any]]
    shapes: Sequence[bytes | None]
    """WKB without heights and measures: those are left out on purpose."""

    def records(self) -> Iterator[Record]:
        """Line by line. A shape that cannot be decoded counts as missing: its record is refused, the file goes on."""
        with np.errstate(invalid="ignore"):  # a coordinate that is no number is seen by a rule
            decoded = shapely.from_wkb(np.array(self.shapes, dtype=object), on_invalid="ignore")
        names, rows = tuple(self.columns), zip(*self.columns.values(), strict=True)
        values = rows if names else (() for _ in self.lines)
        for line, row, shape in zip(self.lines, values, decoded, strict=True):
            yield Record(line, MappingProxyType(dict(zip(names, row, strict=True))), shape)

    def pieces(self) -> Iterator["Batch"]:
        """The same in batches of at most RECORDS_A_BATCH."""
        for start in range(0, len(self.lines), RECORDS_A_BATCH):
            yield self._cut(slice(start, start + RECORDS_A_BATCH))

    def first(self, most: int) -> "Batch":
        """Only the lines at its beginning."""
        return self._cut(slice(most))

    def those(self, lines: Container[int]) -> "Batch":
        """Only these lines, as far as it has them."""
        kept = [line in lines for line in self.lines]
        columns = {name: list(compress(values, kept)) for name, values in self.columns.items()}
        return Batch(list(compress(self.lines, kept)), columns, list(compress(self.shapes, kept)))

    def _cut(self, piece: slice) -> "Batch":
        columns = {name: values[piece] for name, values in self.columns.items()}
        return Batch(self.lines[piece], columns, self.shapes[piece])


def in_batches(records: Iterable[Record]) -> Iterator[Batch]:
    """What a reader has made line by line; a column that a record lacks is empty there."""
    for some in batched(records, RECORDS_A_BATCH):
        names = dict.fromkeys(name for record in some for name in record.attributes)
        yield Batch(
            lines=[record.line for record in some],
            columns={name: [record.attributes.get(name) for record in some] for name in names},
            shapes=list(shapely.to_wkb(np.array([record.geometry for record in some], dtype=object))),
        )


@dataclass(frozen=True)
class Encoding:
    """How the letters of a file are written, and how we know."""

    name: str
    is_guessed: bool = False


@dataclass(frozen=True)
class SourceDescription:
    """One layer of a file, before any of its records is read."""

    name: str
    fields: tuple[str, ...]
    geometry_type: str | None
    crs: str | None
    """As the file declares it (authority code or WKT); None where it says nothing."""
    encoding: Encoding
    count: int


def source_of(said: Mapping[str, Any]) -> SourceDescription:
    """A description that was written as JSON."""
    return SourceDescription(**{**said, "fields": tuple(said["fields"]), "encoding": Encoding(**said["encoding"])})


@dataclass(frozen=True)
class Reader:
    """A file format. Its functions take what they need and keep nothing."""

    id: str
    title: Title
    suffixes: tuple[str, ...]
    sniff: Callable[[Path, bytes], bool]
    """Whether the path is of this format, told from its first bytes; a suffix alone proves nothing."""
    describe: Callable[[Path, frozenset[str]], tuple[SourceDescription, ...]]
    """The layers inside; the letters of the place tell encodings apart."""
    read: Callable[[Path, SourceDescription], Iterator[Batch]]
    """The records in the file's order, where the format allows it never all of them in memory."""

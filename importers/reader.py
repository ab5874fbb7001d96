"""What a format file declares, and what every format becomes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shapely.geometry.base import BaseGeometry

from layers.core.words import Title


@dataclass(frozen=True)
class Record:
    """One line of a district's file, as it stands there."""

    line: int
    """Counted from 1 in the file's order."""
    attributes: Mapping[str, Any]
    geometry: BaseGeometry | None


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
    read: Callable[[Path, SourceDescription], Iterator[Record]]
    """The records in the file's order, never all of them in memory."""

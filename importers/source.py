"""What a kind of source declares, what its pull is given, and what it gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from layers.core.declared_crs import DeclaredCrs
from layers.core.declared_source import DeclaredSource
from layers.core.hosts import Hosts
from layers.core.words import Title


@dataclass(frozen=True)
class Terms:
    """What a pull may do."""

    hosts: Hosts
    root: Path | None
    """Folders are watched beneath it; None where none may be."""
    secret: str | None
    most_bytes: int
    patience_s: float
    """For all of it."""


@dataclass(frozen=True)
class Fetched:
    """A file that a source gave, as a district would send it."""

    name: str
    path: Path
    marker: Mapping[str, str]
    """Shown to the next pull, which tells by it whether anything is new."""
    count: int | None = None
    """Features, where the source says so."""
    declared_crs: DeclaredCrs | None = None
    is_more: bool = False
    """Another file waits behind this one."""


Fetch = Callable[[DeclaredSource, Terms, Mapping[str, str], Path], Fetched | None]


@dataclass(frozen=True)
class SourceKind:
    """A kind of source. Its function takes what it needs and keeps nothing."""

    id: str
    title: Title
    fetch: Fetch
    """A file in the given folder, or None where the marker says that nothing is new. Raises NotFetched."""

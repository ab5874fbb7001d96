"""How features are written: one format per file; the folder is the list."""

import sys
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from layers.core.changes import ChangesQuery, Span
from layers.core.query import EVERYTHING, PAGE, FeatureQuery, FoundFeature, PageEnd, ReadableLayer, Unsaid
from layers.core.registry import discover
from layers.core.store import Connection
from layers.core.words import Title

Links = Callable[[PageEnd], Sequence[dict[str, str]]]
"""What a page links to, which is known when it has been read."""

ChangeLinks = Callable[[Span, uuid.UUID | None], Sequence[dict[str, str]]]
"""The same of a page of changes, told the feature after which the next one begins."""


@dataclass(frozen=True)
class Paged:
    """Pages that link to each other, written as they are read."""

    write: Callable[[Connection, FeatureQuery, Links], Iterator[str]]


@dataclass(frozen=True)
class Streamed:
    """Everything that matches, written as it is read."""

    write: Callable[[Connection, FeatureQuery], Iterator[bytes]]


@dataclass(frozen=True)
class Shown:
    """Pages for people, which the site lays out."""


def whatever(_query: FeatureQuery) -> None:
    """Any question can be answered."""


@dataclass(frozen=True)
class Filed:
    """Everything that matches, in a file that a library writes and that is sent when it is whole."""

    write: Callable[[Connection, FeatureQuery, Path], None]
    check: Callable[[FeatureQuery], None] = whatever
    """Before anything is read: raises WrongQuery where the format cannot hold what is asked for."""


@dataclass(frozen=True)
class FeatureFormat:
    """A way to write features."""

    word: str
    """What `f` and `--format` say."""
    title: Title
    media_type: str
    suffix: str
    """Of a file's name, without the dot."""
    how: Paged | Streamed | Filed | Shown
    also: tuple[str, ...] = ()
    """Other media types by which it is asked for."""
    profiles: tuple[str, ...] = ()
    """Values of the parameter `profile` that ask for it."""
    item: Callable[[Connection, FeatureQuery, str], FoundFeature | None] | None = None
    """One feature by its uid or ref as a JSON object, where the format has single ones."""
    changes: Callable[[Connection, ChangesQuery, Span, ChangeLinks], Iterator[str]] | None = None
    """What changed between two states, where the format can tell it: a page, or all where the format is a file."""
    is_native: bool = False
    """Where no system is asked for, the answer is in that of the storage."""

    @property
    def is_paged(self) -> bool:
        """False where an answer without `limit` is everything that matches."""
        return isinstance(self.how, Paged | Shown)

    def unsaid(self, readable: ReadableLayer) -> Unsaid:
        """What is meant by a request that does not say it."""
        meant = PAGE if self.is_paged else EVERYTHING
        return Unsaid(meant.limit, readable.storage) if self.is_native else meant


def feature_formats() -> tuple[FeatureFormat, ...]:
    """Those with pages first."""
    declared: tuple[FeatureFormat, ...] = discover(sys.modules[__name__], "FORMAT")
    return tuple(sorted(declared, key=lambda one: not one.is_paged))


def whole_formats() -> dict[str, FeatureFormat]:
    """Word -> format, of those that are files."""
    return {one.word: one for one in feature_formats() if not one.is_paged}


def write_file(declared: FeatureFormat, connection: Connection, query: FeatureQuery, target: Path) -> None:
    """A whole answer as a new file."""
    match declared.how:
        case Streamed(write):
            with target.open("wb") as file:
                file.writelines(write(connection, query))
        case Filed(write_to, check):
            check(query)
            write_to(connection, query, target)
        case Paged() | Shown():
            raise TypeError(f"{declared.word} has pages and is no file.")

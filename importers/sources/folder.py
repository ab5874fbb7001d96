"""A folder or a file that is watched: what is new in it is taken, once nobody writes it any more."""

import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from importers.source import Fetched, SourceKind, Terms
from importers.unfetched import NoSuchFile, SourceNotAllowed, StillWritten, TooMuch
from layers.core.declared_source import DeclaredSource
from layers.core.inbox import Part, as_one, with_companions
from layers.core.inbox.several import COMPANIONS
from layers.core.words import Title

SETTLED_S = 5.0
"""What was written within so many seconds may not be whole."""
_OUTSIDE = Title("yol izin verilen klasörün dışında", "the path leads out of the folder that is allowed")
_BESIDE = frozenset(suffix for suffixes in COMPANIONS.values() for suffix in suffixes)


@dataclass(frozen=True)
class _Seen:
    """A file with what belongs to it."""

    path: Path
    parts: Mapping[str, Path]

    @property
    def state(self) -> tuple[int, int]:
        """When it was written last, and how large it is."""
        stats = [part.stat() for part in self.parts.values()]
        return max(stat.st_mtime_ns for stat in stats), sum(stat.st_size for stat in stats)

    @property
    def mark(self) -> str:
        """Grows with each file that comes."""
        return f"{self.state[0]:020d} {self.path.name}"


def fetch(source: DeclaredSource, terms: Terms, known: Mapping[str, str], folder: Path) -> Fetched | None:
    """The eldest file that is new; of whole states only the newest counts. Raises NotFetched."""
    place = _inside(source, terms)
    fresh = sorted((one for one in _seen(place) if one.mark > known.get("mark", "")), key=lambda one: one.mark)
    if not fresh:
        return None
    if source.whole_state:
        fresh = fresh[-1:]
    chosen = fresh[0]
    written_ns, size = before = chosen.state
    if time.time_ns() - written_ns < SETTLED_S * 1e9:
        raise StillWritten(where=chosen.path.name)
    if size > terms.most_bytes:
        raise TooMuch(where=chosen.path.name, limit_mb=terms.most_bytes // 1_000_000)
    name = _copied(chosen, folder)
    if chosen.state != before:
        raise StillWritten(where=chosen.path.name)
    return Fetched(name, folder / "file", {"mark": chosen.mark}, None, source.declared_crs, is_more=len(fresh) > 1)


def _inside(source: DeclaredSource, terms: Terms) -> Path:
    """Links are followed before it is judged where the path leads."""
    if terms.root is None:
        raise SourceNotAllowed(where=source.address, why=_OUTSIDE.written)
    place = (terms.root / source.address).resolve()
    if not place.is_relative_to(terms.root.resolve()):
        raise SourceNotAllowed(where=source.address, why=_OUTSIDE.written)
    if not place.exists():
        raise NoSuchFile(where=source.address)
    return place


def _seen(place: Path) -> list[_Seen]:
    """Files whose name begins with a point are none of ours, nor are links: they may lead anywhere."""
    files = [place] if place.is_file() else [file for file in sorted(place.iterdir()) if file.is_file()]
    return [
        _Seen(file, {name: part for name, part in with_companions(file).items() if not part.is_symlink()})
        for file in files
        if not file.name.startswith(".") and not file.is_symlink() and file.suffix.lower() not in _BESIDE
    ]


def _copied(chosen: _Seen, folder: Path) -> str:
    streams = {name: path.open("rb") for name, path in chosen.parts.items()}
    try:
        with as_one([Part(name, stream) for name, stream in streams.items()]) as whole:
            with (folder / "file").open("wb") as target:
                shutil.copyfileobj(whole.stream, target)
            return whole.name
    finally:
        for stream in streams.values():
            stream.close()


SOURCE = SourceKind(id="folder", title=Title("İzlenen klasör", "Watched folder"), fetch=fetch)

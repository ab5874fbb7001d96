"""How a district's columns become ours: every column is mapped, ignored or removed, none silently."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import Numeric

from importers.broken import NoUsableColumn
from importers.personal import is_personal_header
from layers.core.layer import Layer
from layers.core.profile import Profile

ALIKE = 90
"""Of 100: headers this alike differ by a slip of the pen."""
_DBASE_WIDTH = 10


@dataclass(frozen=True)
class Target:
    """A column of the pool that a file can fill."""

    field: str
    kind: str
    is_required: bool = False
    scale: int | None = None
    precision: int | None = None


@dataclass(frozen=True)
class Column:
    """A header of the file and what it stands for."""

    header: str
    target: Target
    is_proposed: bool = False
    """True where it is only alike: the report says so."""


@dataclass(frozen=True)
class Columns:
    """What becomes of each column of a file."""

    mapped: tuple[Column, ...]
    ignored: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def carried(self) -> tuple[str, ...]:
        """Fields the file speaks about; the others keep what is published."""
        return tuple(sorted(column.target.field for column in self.mapped if column.target.field != "ref"))

    @property
    def ref(self) -> Column | None:
        """The column of lasting names, if there is one."""
        return next((column for column in self.mapped if column.target.field == "ref"), None)


def targets_of(layer: Layer) -> tuple[Target, ...]:
    """What a file of this layer can carry."""
    own = [_target(layer, field.name, field.kind, field.is_required) for field in layer.fields if not field.is_derived]
    return (Target("ref", "string"), Target("valid_from", "date"), Target("valid_to", "date"), *own)


def map_columns(headers: Iterable[str], layer: Layer, profile: Profile) -> Columns:
    """By the profile's words, then our own names, then likeness. Raises NoUsableColumn."""
    words = _words(layer, profile)
    folded = {header: profile.fold(header) for header in headers}
    removed = [header for header, word in folded.items() if word not in words and is_personal_header(word, profile)]
    open_headers = {header: word for header, word in folded.items() if header not in removed}
    exact = _exact(open_headers, words)
    alike = _alike({h: w for h, w in open_headers.items() if h not in exact}, words, set(exact.values()))
    mapped = [Column(header, target) for header, target in exact.items()]
    mapped += [Column(header, target, is_proposed=True) for header, target in alike.items()]
    if not mapped:
        raise NoUsableColumn(columns=sorted(folded), known=[target.field for target in targets_of(layer)])
    taken = {column.header for column in mapped}
    return Columns(
        mapped=tuple(sorted(mapped, key=lambda column: column.target.field)),
        ignored=tuple(sorted(header for header in open_headers if header not in taken)),
        removed=tuple(sorted(removed)),
    )


def _target(layer: Layer, name: str, kind: str, is_required: bool) -> Target:
    stored = layer.model.__table__.columns[name].type
    if isinstance(stored, Numeric):
        return Target(name, kind, is_required, stored.scale, stored.precision)
    return Target(name, kind, is_required)


def _words(layer: Layer, profile: Profile) -> Mapping[str, tuple[int, Target]]:
    """Folded word -> its rank and target; a lower rank wins where two headers mean the same field."""
    spoken = profile.mappings.get(layer.id, {})
    words: dict[str, tuple[int, Target]] = {}
    for target in targets_of(layer):
        names = (*spoken.get(target.field, ()), profile.fold(target.field))
        for rank, name in enumerate(names):
            words.setdefault(name, (rank, target))
    return words


def _exact(folded: Mapping[str, str], words: Mapping[str, tuple[int, Target]]) -> dict[str, Target]:
    best: dict[Target, tuple[int, str]] = {}
    for header, word in folded.items():
        if word not in words:
            continue
        rank, target = words[word]
        if target not in best or rank < best[target][0]:
            best[target] = (rank, header)
    return {header: target for target, (_, header) in best.items()}


def _alike(folded: Mapping[str, str], words: Mapping[str, tuple[int, Target]], taken: set[Target]) -> dict[str, Target]:
    """The field each left-over header seems to mean, where exactly one header means it."""
    free = {word: target for word, (_, target) in words.items() if target not in taken}
    meant: dict[Target, list[str]] = {}
    for header, word in folded.items():
        if (target := _meant(header, word, free)) is not None:
            meant.setdefault(target, []).append(header)
    return {headers[0]: target for target, headers in meant.items() if len(headers) == 1}


def _meant(header: str, word: str, known: Mapping[str, Target]) -> Target | None:
    if len(header) == _DBASE_WIDTH:  # cut by the dBase table of a shapefile
        begun = {target for name, target in known.items() if _joined(name).startswith(_joined(word))}
        if len(begun) == 1:
            return begun.pop()
    found = process.extractOne(word, known.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return known[found[0]] if found else None


def _joined(words: str) -> str:
    return words.replace(" ", "")

"""How a district's columns become ours: every column is mapped, ignored or removed, none silently."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz import fuzz, process

from importers.broken import NoSuchColumn, NoUsableColumn, UnitNotConvertible
from importers.personal import is_personal_header, national_number
from importers.units import factor, is_unit, unit_of_header
from importers.values import Conversion
from layers.core.bundle_mark import MARK_FIELD
from layers.core.columns import Choice, Target, targets_of
from layers.core.layer import Layer
from layers.core.profile import Profile

ALIKE = 90
"""Of 100: headers this alike differ by a slip of the pen."""
_DBASE_WIDTH = 10


@dataclass(frozen=True)
class Column:
    """A header of the file and what it stands for."""

    header: str
    target: Target
    is_proposed: bool = False
    """True where it is only alike: the report says so."""
    conversion: Conversion | None = None
    """How its numbers become the field's, where the sender has said so."""


@dataclass(frozen=True)
class Held:
    """A header that names a field and, beside it, another unit than the field's."""

    header: str
    target: Target
    unit: str


@dataclass(frozen=True)
class Columns:
    """What becomes of each column of a file."""

    mapped: tuple[Column, ...]
    ignored: tuple[str, ...]
    removed: tuple[str, ...]
    held: tuple[Held, ...] = ()
    """Columns in another unit than the field's: left out until the sender says how to read them."""

    @property
    def carried(self) -> tuple[str, ...]:
        """Fields the file speaks about; the others keep what is published."""
        return tuple(sorted(column.target.field for column in self.mapped if column.target.field != "ref"))

    @property
    def ref(self) -> Column | None:
        """The column of lasting names, if there is one."""
        return next((column for column in self.mapped if column.target.field == "ref"), None)


def map_columns(
    headers: Iterable[str], layer: Layer, profile: Profile, said: Mapping[str, str] = MappingProxyType({})
) -> Columns:
    """As the sender said; else by the profile's words, our own names, likeness. Raises BrokenFile."""
    headers = frozenset(header for header in headers if not _is_about_the_record(header, layer, profile))
    chosen = _chosen(said, headers, layer)
    words = {
        word: (rank, target) for word, (rank, target) in _words(layer, profile).items() if target not in chosen.values()
    }
    folded = {header: _word(header, words, profile) for header in sorted(headers)}
    removed = [
        header for header, word in folded.items() if word not in words and _is_about_people(header, word, profile)
    ]
    open_headers = {header: word for header, word in folded.items() if header not in removed}
    asked = {header: target for header, target in chosen.items() if header in open_headers}
    free = {header: word for header, word in open_headers.items() if header not in said}
    exact = _exact(free, words)
    alike = _alike({h: w for h, w in free.items() if h not in exact}, words, set(exact.values()))
    found = {header: Column(header, target) for header, target in exact.items()}
    found |= {header: Column(header, target, is_proposed=True) for header, target in alike.items()}
    held = tuple(_held(found, profile))
    found |= {
        header: Column(header, target, conversion=_conversion(said[header], header, target))
        for header, target in asked.items()
    }
    mapped = [column for column in found.values() if column.header not in {one.header for one in held}]
    if not mapped:
        raise NoUsableColumn(columns=sorted(folded) or ["–"], known=[target.field for target in targets_of(layer)])
    return Columns(
        mapped=tuple(sorted(mapped, key=lambda column: column.target.field)),
        ignored=tuple(header for header in open_headers if header not in found),
        removed=tuple(removed),
        held=held,
    )


def is_about_operations(header: str, profile: Profile) -> bool:
    """Its cells say which operation a record is part of."""
    return profile.fold(header) in profile.operations.columns


def _is_about_the_record(header: str, layer: Layer, profile: Profile) -> bool:
    """Not a property of the feature."""
    return header.lower() == MARK_FIELD or (layer.is_exclusive and is_about_operations(header, profile))


def _chosen(said: Mapping[str, str], headers: frozenset[str], layer: Layer) -> dict[str, Target]:
    """What the sender says about columns of this file."""
    known = {target.field: target for target in targets_of(layer)}
    chosen = {}
    for header, written in said.items():
        if header not in headers:
            raise NoSuchColumn(asked=header, columns=sorted(headers))
        choice = Choice.parse(written)
        if choice is not None and choice.field in known:
            chosen[header] = known[choice.field]
    return chosen


def _conversion(written: str, header: str, target: Target) -> Conversion | None:
    choice = Choice.parse(written)
    if choice is None or choice.unit is None or choice.unit == target.unit:
        return None
    size = factor(choice.unit, target.unit) if is_unit(choice.unit) else None
    if size is None:
        raise UnitNotConvertible(header=header, unit=choice.unit, field=target.title.written)
    return Conversion(choice.unit, size)


def _word(header: str, words: Mapping[str, object], profile: Profile) -> str:
    """The header folded; without the unit beside it, unless the profile knows it whole."""
    whole = profile.fold(header)
    return whole if whole in words else profile.fold(unit_of_header(header, profile).bare)


def is_personal(header: str, profile: Profile) -> bool:
    """Whatever layer it is in."""
    return _is_about_people(header, profile.fold(header), profile)


def _is_about_people(header: str, word: str, profile: Profile) -> bool:
    """A header may be a value as well: a table without a first line of names begins with somebody."""
    number = national_number(profile)
    return is_personal_header(word, profile) or (number is not None and number.is_in(header))


def _held(found: Mapping[str, Column], profile: Profile) -> Iterator[Held]:
    for header, column in found.items():
        unit = unit_of_header(header, profile).unit
        if unit is not None and column.target.kind in ("number", "integer") and unit != column.target.unit:
            yield Held(header, column.target, unit)


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

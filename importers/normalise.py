"""Records as the pool holds them: typed values under our names, shapes in the storage CRS on the millimetre."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from shapely.geometry.base import BaseGeometry

from importers.batches import batched
from importers.crs.pipelines import Placement
from importers.encoding import repaired
from importers.mapping import Column, Columns
from importers.personal import HIDDEN, LARGEST_SHARE, national_number
from importers.reader import Record
from importers.rule import WITHHELD, Misfit, Repair
from importers.shapes import as_held
from importers.values import NotReadable, Value, read_value
from layers.core.layer import Shape
from layers.core.operations import OperationKind
from layers.core.profile import Profile

BATCH = 5_000
LONGEST_SHOWN = 80
REMEMBERED = 10_000
"""Different texts of one column."""


class Normalised(NamedTuple):
    """A record ready to be compared with the pool."""

    line: int
    ref: str | None
    attributes: Mapping[str, Any]
    misfits: tuple[Misfit, ...]
    geometry: BaseGeometry | None
    original: BaseGeometry | None
    """As sent, where it had to be moved to the storage CRS."""
    is_sound: bool
    """True where the shape has the layer's type and is valid, so that it can be compared with others."""


@dataclass
class Observations:
    """What only shows once all values have passed: counted on the way, read at the end."""

    filled: Counter[str] = field(default_factory=Counter)
    personal: Counter[str] = field(default_factory=Counter)
    withheld: dict[str, list[int]] = field(default_factory=dict)
    """Header -> lines in which the cell held a national number and was left out."""
    repairs: Counter[str] = field(default_factory=Counter)
    first_repairs: dict[str, tuple[str, str]] = field(default_factory=dict)
    marks: Counter[str] = field(default_factory=Counter)
    """Of which pool and publish the records say they are."""
    declared: dict[int, OperationKind] = field(default_factory=dict)
    """Line -> the operation that the record says it is part of."""
    unknown_operations: dict[str, int] = field(default_factory=dict)
    """Words for one that nobody knows -> the first line that has them."""

    @property
    def personal_columns(self) -> tuple[str, ...]:
        """Headers whose content turned out to be national numbers."""
        return tuple(sorted(header for header, n in self.personal.items() if n > LARGEST_SHARE * self.filled[header]))

    @property
    def withheld_cells(self) -> Mapping[str, tuple[int, ...]]:
        """Those of columns that stay."""
        gone = self.personal_columns
        return {header: tuple(lines) for header, lines in self.withheld.items() if header not in gone}

    @property
    def repair(self) -> Repair:
        """How many texts were set right, and one of them; never one of a column that is removed."""
        gone = self.personal_columns
        kept = [header for header in self.first_repairs if header not in gone]
        if not kept:
            return Repair()
        return Repair(sum(self.repairs[header] for header in kept), *self.first_repairs[kept[0]])


def normalise(
    records: Iterable[Record],
    columns: Columns,
    placement: Placement,
    shape: Shape,
    profile: Profile,
    seen: Observations,
    numberings: frozenset[str] = frozenset(),
) -> Iterator[Normalised]:
    """Batch by batch, so that a file of any length takes the same memory."""
    cells = _Cells(columns, profile, numberings)
    for batch in batched(records, BATCH):
        shapes = np.array([record.geometry for record in batch], dtype=object)
        moved, is_sound = as_held(placement.to_storage(shapes), shape)
        for record, held, sound in zip(batch, moved, is_sound.tolist(), strict=True):
            attributes, misfits = _typed(record, cells, seen)
            yield Normalised(
                line=record.line,
                ref=attributes.pop("ref", None),
                attributes=attributes,
                misfits=misfits,
                geometry=held,
                original=record.geometry if placement.is_reprojected else None,
                is_sound=sound,
            )


def _typed(record: Record, cells: "_Cells", seen: Observations) -> tuple[dict[str, Any], tuple[Misfit, ...]]:
    attributes: dict[str, Any] = {}
    misfits: list[Misfit] = []
    for header, raw in record.attributes.items():
        if raw is None or raw == "":
            continue
        seen.filled[header] += raw != HIDDEN
        cell = cells[header].read(raw)
        if cell.is_personal:
            seen.personal[header] += 1
        if cell.misfit is not None:
            misfits.append(cell.misfit)
            if cell.misfit.kind == WITHHELD:
                seen.withheld.setdefault(header, []).append(record.line)
        elif cell.value is not None:
            attributes[cell.field] = cell.value
            if cell.read_wrongly is not None:
                seen.repairs[header] += 1
                seen.first_repairs.setdefault(header, (cell.read_wrongly, str(cell.value)))
    return attributes, tuple(misfits)


class _Cell(NamedTuple):
    """What a cell says, in whichever line it stands."""

    field: str
    is_personal: bool
    value: Value = None
    misfit: Misfit | None = None
    read_wrongly: str | None = None
    """The text before its letters were set right."""


class _Cells(dict[str, "_CellsOfColumn"]):
    """By header, as the headers come."""

    def __init__(self, columns: Columns, profile: Profile, numberings: frozenset[str]) -> None:
        super().__init__()
        self._columns = {column.header: column for column in columns.mapped}
        self._profile, self._numberings = profile, numberings

    def __missing__(self, header: str) -> "_CellsOfColumn":
        made = _CellsOfColumn(self._columns.get(header), self._profile, is_numbering=header in self._numberings)
        self[header] = made
        return made


class _CellsOfColumn:
    """Reads the cells of a column. Texts are remembered: most columns say the same few things in many lines."""

    def __init__(self, column: Column | None, profile: Profile, *, is_numbering: bool) -> None:
        self._column, self._profile, self._is_numbering = column, profile, is_numbering
        self._letters = frozenset(profile.fold_from)
        self._number = national_number(profile)
        self._remembered: dict[str, _Cell] = {}

    def read(self, raw: Any) -> _Cell:
        """The cell as the pool wants it."""
        if not isinstance(raw, str):
            return self._read(raw)
        if (cell := self._remembered.get(raw)) is None:
            cell = self._read(raw)
            if len(self._remembered) < REMEMBERED:
                self._remembered[raw] = cell
        return cell

    def _read(self, raw: Any) -> _Cell:
        is_personal = self._number is not None and self._number.is_in(raw)
        if (column := self._column) is None:
            return _Cell("", is_personal)
        field = column.target.field
        if (is_personal or raw == HIDDEN) and not self._is_numbering:
            return _Cell(field, is_personal, misfit=Misfit(column.header, field, WITHHELD, ""))
        try:
            value = read_value(raw, column.target, self._profile, column.conversion)
        except NotReadable as trouble:
            shown = str(raw)[:LONGEST_SHOWN]
            return _Cell(field, is_personal, misfit=Misfit(column.header, field, trouble.expected, shown))
        if isinstance(value, str) and (meant := repaired(value, self._letters)) is not None:
            return _Cell(field, is_personal, meant, read_wrongly=value)
        return _Cell(field, is_personal, value)

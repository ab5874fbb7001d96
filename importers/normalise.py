"""Records as the pool holds them: typed values under our names, shapes in the storage CRS on the millimetre."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from shapely.geometry.base import BaseGeometry

from importers.batches import batched
from importers.crs.pipelines import Placement
from importers.encoding import repaired
from importers.mapping import Columns
from importers.personal import HIDDEN, LARGEST_SHARE, NationalNumber, national_number
from importers.reader import Record
from importers.rule import WITHHELD, Misfit, Repair
from importers.shapes import as_held
from importers.values import NotReadable, read_value
from layers.core.layer import Shape
from layers.core.profile import Profile

BATCH = 5_000
LONGEST_SHOWN = 80


@dataclass(frozen=True)
class Normalised:
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
    letters = frozenset(profile.fold_from)
    number = national_number(profile)
    for batch in batched(records, BATCH):
        shapes = np.array([record.geometry for record in batch], dtype=object)
        moved, is_sound = as_held(placement.to_storage(shapes), shape)
        for index, record in enumerate(batch):
            withheld = _watch(record, number, seen) - numberings
            ref, attributes, misfits = _typed(record, columns, profile, letters, seen, withheld)
            yield Normalised(
                line=record.line,
                ref=ref,
                attributes=attributes,
                misfits=misfits,
                geometry=moved[index],
                original=record.geometry if placement.is_reprojected else None,
                is_sound=bool(is_sound[index]),
            )


def _watch(record: Record, number: NationalNumber | None, seen: Observations) -> set[str]:
    """Headers of the cells that hold a national number, or from which we took one before they came again."""
    found = set()
    for header, value in record.attributes.items():
        if value is None or value == "":
            continue
        if value == HIDDEN:
            found.add(header)
            continue
        seen.filled[header] += 1
        if number is not None and number.is_in(value):
            seen.personal[header] += 1
            found.add(header)
    return found


def _typed(
    record: Record,
    columns: Columns,
    profile: Profile,
    letters: frozenset[str],
    seen: Observations,
    withheld: set[str],
) -> tuple[str | None, dict[str, Any], tuple[Misfit, ...]]:
    attributes: dict[str, Any] = {}
    misfits: list[Misfit] = []
    for column in columns.mapped:
        target, raw = column.target, record.attributes.get(column.header)
        if column.header in withheld:
            seen.withheld.setdefault(column.header, []).append(record.line)
            misfits.append(Misfit(column.header, target.field, WITHHELD, ""))
            continue
        try:
            value = read_value(raw, target, profile, column.conversion)
        except NotReadable as trouble:
            misfits.append(Misfit(column.header, target.field, trouble.expected, str(raw)[:LONGEST_SHOWN]))
            continue
        if isinstance(value, str) and (meant := repaired(value, letters)) is not None:
            seen.repairs[column.header] += 1
            seen.first_repairs.setdefault(column.header, (value, meant))
            value = meant
        if value is not None:
            attributes[target.field] = value
    ref = attributes.pop("ref", None)
    return ref, attributes, tuple(misfits)

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
from importers.mapping import Column, Columns
from importers.personal import LARGEST_SHARE, looks_like_national_number
from importers.reader import Record
from importers.rule import Misfit, Repair
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
    repairs: int = 0
    first_repair: tuple[str, str] = ("", "")

    @property
    def personal_columns(self) -> tuple[str, ...]:
        """Headers whose content turned out to be national numbers."""
        return tuple(sorted(header for header, n in self.personal.items() if n > LARGEST_SHARE * self.filled[header]))

    @property
    def repair(self) -> Repair:
        """How many texts were set right, and one of them."""
        return Repair(self.repairs, *self.first_repair)


def normalise(
    records: Iterable[Record],
    columns: Columns,
    placement: Placement,
    shape: Shape,
    profile: Profile,
    seen: Observations,
) -> Iterator[Normalised]:
    """Batch by batch, so that a file of any length takes the same memory."""
    letters = frozenset(profile.fold_from)
    for batch in batched(records, BATCH):
        shapes = np.array([record.geometry for record in batch], dtype=object)
        moved, is_sound = as_held(placement.to_storage(shapes), shape)
        for index, record in enumerate(batch):
            _watch(record, profile, seen)
            ref, attributes, misfits = _typed(record, columns, profile, letters, seen)
            yield Normalised(
                line=record.line,
                ref=ref,
                attributes=attributes,
                misfits=misfits,
                geometry=moved[index],
                original=record.geometry if placement.is_reprojected else None,
                is_sound=bool(is_sound[index]),
            )


def _watch(record: Record, profile: Profile, seen: Observations) -> None:
    for header, value in record.attributes.items():
        if value is None or value == "":
            continue
        seen.filled[header] += 1
        if looks_like_national_number(value, profile):
            seen.personal[header] += 1


def _typed(
    record: Record, columns: Columns, profile: Profile, letters: frozenset[str], seen: Observations
) -> tuple[str | None, dict[str, Any], tuple[Misfit, ...]]:
    attributes: dict[str, Any] = {}
    misfits: list[Misfit] = []
    for column in columns.mapped:
        raw = record.attributes.get(column.header)
        try:
            value = _read(raw, column, profile)
        except NotReadable:
            target = column.target
            misfits.append(Misfit(column.header, target.field, target.kind, str(raw)[:LONGEST_SHOWN]))
            continue
        if isinstance(value, str) and (meant := repaired(value, letters)) is not None:
            seen.repairs += 1
            seen.first_repair = seen.first_repair if seen.repairs > 1 else (value, meant)
            value = meant
        if value is not None:
            attributes[column.target.field] = value
    ref = attributes.pop("ref", None)
    return ref, attributes, tuple(misfits)


def _read(raw: Any, column: Column, profile: Profile) -> Any:
    target = column.target
    return read_value(
        raw,
        target.kind,
        decimal_comma=profile.decimal_comma,
        scale=target.scale,
        precision=target.precision,
    )

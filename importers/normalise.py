"""Records as the pool holds them: typed values under our names, shapes in the storage CRS on the millimetre."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from importers.encoding import repaired
from importers.mapping import Column, Columns
from importers.personal import LARGEST_SHARE, looks_like_national_number
from importers.reader import Record
from importers.reading import Placement
from importers.rule import Misfit, Repair
from importers.values import NotReadable, read_value
from layers.core.layer import Shape
from layers.core.profile import Profile

BATCH = 5_000
GRID_M = 0.001
"""Coordinates are written to the millimetre: finer differences are noise of arithmetic, not survey."""
LONGEST_SHOWN = 80

_SINGLE_AND_MULTI = {
    Shape.POINT: (shapely.GeometryType.POINT, shapely.GeometryType.MULTIPOINT),
    Shape.LINES: (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING),
    Shape.POLYGONS: (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON),
}


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
        moved, is_sound = _shaped(placement.to_storage(shapes), shape)
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


def batched(records: Iterable[Record], size: int) -> Iterator[Sequence[Record]]:
    """Lists of at most `size` records."""
    batch: list[Record] = []
    for record in records:
        batch.append(record)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


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


def _shaped(moved: NDArray[np.object_], shape: Shape) -> tuple[NDArray[np.object_], NDArray[np.bool_]]:
    """Shapes of the layer's type on the grid; what is of another type or not valid stays as it is."""
    single, multi = _SINGLE_AND_MULTI[shape]
    moved = np.where(shapely.is_empty(moved), None, moved)
    kinds = shapely.get_type_id(moved)
    bounds = shapely.bounds(moved)
    is_sound = np.isin(kinds, (single, multi)) & np.isfinite(bounds).all(axis=1)
    is_sound &= shapely.is_valid(np.where(is_sound, moved, None))
    snapped = shapely.set_precision(np.where(is_sound, moved, None), GRID_M)
    # A sliver thinner than the grid would vanish: it keeps its coordinates and its finding.
    moved = np.where(is_sound & ~shapely.is_empty(snapped) & ~shapely.is_missing(snapped), snapped, moved)
    return _cast(moved, shape), is_sound & (shapely.get_num_geometries(moved) == 1 if shape is Shape.POINT else True)


def _cast(shapes: NDArray[np.object_], shape: Shape) -> NDArray[np.object_]:
    """Single becomes multi for areas and lines; a one-point multipoint becomes its point."""
    single, multi = _SINGLE_AND_MULTI[shape]
    kinds = shapely.get_type_id(shapes)
    cast = shapes.copy()
    if shape is Shape.POINT:
        is_alone = (kinds == multi) & (shapely.get_num_geometries(shapes) == 1)
        cast[is_alone] = shapely.get_geometry(shapes[is_alone], 0)
        return cast
    collect = shapely.multipolygons if shape is Shape.POLYGONS else shapely.multilinestrings
    is_single = kinds == single
    if is_single.any():
        alone = np.flatnonzero(is_single)
        cast[alone] = collect(shapes[alone], indices=np.arange(len(alone)))
    return cast

"""The pinned steps from a file's numbers to the storage CRS: the same today, on every machine and next year."""

import re
import warnings
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.aoi import AreaOfInterest
from pyproj.exceptions import ProjError
from pyproj.transformer import TransformerGroup

from importers.crs.reading import SURE_ENOUGH, Points, Reading
from importers.shapes import Shapes
from layers.core.declared_crs import METRES_IN
from layers.core.profile import DatumShift, Envelope, Profile

_TO_ANGLES = re.compile(r" ?step proj=unitconvert xy_in=rad xy_out=\w+$")
_FROM_DEGREES = re.compile(r"^step proj=unitconvert xy_in=deg xy_out=rad ?")
_ANGLE_UNITS = {"degree": "deg", "grad": "grad", "radian": "rad"}
_ZONE_M = 1_000_000
"""A zone number stands before an easting of six digits."""


@dataclass(frozen=True)
class Placement:
    """The reading that is used, with the operation that is kept beside every change it moved."""

    reading: Reading
    pipeline: str | None
    """In PROJ's words, from the numbers as sent; None where they are storage numbers already."""
    accuracy_m: float | None

    @property
    def is_reprojected(self) -> bool:
        """True where the sent coordinates differ from the stored ones."""
        return self.pipeline is not None

    def moved(self, points: Points) -> Points:
        """The points in the storage CRS, x first; not finite where the system does not reach."""
        if self.pipeline is None:
            return np.asarray(points, dtype=np.float64)
        return np.column_stack(_transformer(self.pipeline).transform(points[:, 0], points[:, 1]))

    def to_storage(self, shapes: Shapes) -> Shapes:
        """The shapes moved to the storage CRS."""
        if self.pipeline is None:
            return shapes
        return np.asarray(shapely.transform(shapes, self.moved), dtype=object)


def as_defined(shapes: Shapes, reading: Reading) -> Shapes:
    """The sent shapes in the numbers that their system defines: what a program takes them for that knows only that."""
    steps = _adjusting(reading).strip()
    if not steps:
        return shapes
    adjust = _transformer(f"proj=pipeline {steps}")
    moved = shapely.transform(shapes, lambda points: np.column_stack(adjust.transform(points[:, 0], points[:, 1])))
    return np.asarray(moved, dtype=object)


def placement(reading: Reading, profile: Profile) -> Placement:
    """The reading with its pinned operation. Raises ProjError where none leads here."""
    steps, accuracy_m = _steps_to_storage(reading, profile)
    steps = f"{_adjusting(reading)}{steps}".strip()
    return Placement(reading, f"proj=pipeline {steps}" if steps else None, accuracy_m)


def _adjusting(reading: Reading) -> str:
    """What turns the sent numbers into those that the system defines."""
    if reading.said is None:
        return ""
    swap = "step proj=axisswap order=2,1 " if reading.said.is_swapped else ""
    factor = METRES_IN[reading.said.unit] if reading.said.unit else 1.0
    if factor == 1.0 and not reading.said.zone:
        return swap
    return f"{swap}step proj=affine xoff={-reading.said.zone * _ZONE_M} s11={factor:g} s22={factor:g} "


def _steps_to_storage(reading: Reading, profile: Profile) -> tuple[str, float | None]:
    """From the system's own numbers, with what is stated about accuracy. Raises ProjError."""
    if reading.srid == profile.storage_srid:
        return "", None
    srid = reading.srid
    if srid is not None:
        return _known_steps(srid, profile.storage_srid, profile.datum_shifts, profile.envelope)
    return _steps(reading.crs, profile.storage_srid, profile.datum_shifts, profile.envelope)


@cache
def _known_steps(
    srid: int, storage_srid: int, shifts: tuple[DatumShift, ...], envelope: Envelope
) -> tuple[str, float | None]:
    return _steps(Reading.of_srid(srid).crs, storage_srid, shifts, envelope)


def _steps(crs: CRS, storage_srid: int, shifts: tuple[DatumShift, ...], envelope: Envelope) -> tuple[str, float | None]:
    """By the profile's datum shift; where it pins none, by the operation that PROJ holds best for the region."""
    storage = Reading.of_srid(storage_srid).crs
    datum, own_datum = _datum(crs), _datum(storage)
    if datum is not None and datum == own_datum:
        return f"{_to_angles(crs)} {_from_angles(storage)}", 0.0
    pinned = next((shift for shift in shifts if shift.srid == datum), None)
    if pinned is None:
        return _chosen_by_proj(crs, storage, envelope)
    parts = (_to_angles(crs), pinned.pipeline, _from_angles(storage))
    return " ".join(part for part in parts if part), pinned.accuracy_m


def _datum(crs: CRS) -> int | None:
    geodetic = crs.geodetic_crs
    return geodetic.to_epsg(min_confidence=SURE_ENOUGH) if geodetic is not None else None


def _to_angles(crs: CRS) -> str:
    """From the system's numbers to radians, longitude first."""
    if crs.is_geographic:
        return f"step proj=unitconvert xy_in={_ANGLE_UNITS[crs.axis_info[0].unit_name]} xy_out=rad"
    leg = Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)
    return _TO_ANGLES.sub("", _listed(leg.definition))


def _from_angles(storage: CRS) -> str:
    leg = Transformer.from_crs(storage.geodetic_crs, storage, always_xy=True)
    return _FROM_DEGREES.sub("", _listed(leg.definition))


def _chosen_by_proj(crs: CRS, storage: CRS, envelope: Envelope) -> tuple[str, float | None]:
    with warnings.catch_warnings():
        # A better operation may exist whose grid is not installed; the report names the one used.
        warnings.simplefilter("ignore", UserWarning)
        group = TransformerGroup(
            crs,
            storage,
            always_xy=True,
            area_of_interest=_region(storage, envelope),  # type: ignore[arg-type]  # pyproj's stub names another class
            allow_ballpark=False,
        )
    if not group.transformers:
        raise ProjError(f"no operation from {crs.name}")
    best = group.transformers[0]
    stated = float(best.accuracy)
    return _listed(best.definition), stated if stated >= 0 else None  # -1 where nobody knows


def _listed(definition: str) -> str:
    """As steps, whether PROJ wrote one operation or a pipeline."""
    steps = definition.removeprefix("proj=pipeline ")
    if steps.startswith("proj=noop"):
        return ""
    return steps if steps.startswith("step ") else f"step {steps}"


def _region(storage: CRS, envelope: Envelope) -> AreaOfInterest:
    to_degrees = Transformer.from_crs(storage, 4326, always_xy=True)
    bounds = to_degrees.transform_bounds(envelope.west, envelope.south, envelope.east, envelope.north)
    return AreaOfInterest(*bounds)


@cache
def _transformer(pipeline: str) -> Transformer:
    return Transformer.from_pipeline(pipeline)

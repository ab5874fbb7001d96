"""One way to understand a file's numbers, and the pinned steps from there to the storage CRS."""

import warnings
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.aoi import AreaOfInterest
from pyproj.exceptions import CRSError, ProjError
from pyproj.transformer import TransformerGroup

from importers.shapes import Shapes
from layers.core.profile import Profile

Points = NDArray[np.float64]
"""One row of x and y per record."""

_SURE_ENOUGH = 70
"""Of 100: how sure pyproj must be that a .prj without a code is the system of a code."""


@dataclass(frozen=True)
class Reading:
    """A coordinate system, and which of the two numbers comes first."""

    crs: CRS
    is_swapped: bool = False

    @classmethod
    def declared(cls, srid: int) -> "Reading":
        """By EPSG code; negative says that the axes are the other way round. Raises CRSError."""
        return cls(CRS.from_epsg(abs(srid)), srid < 0)

    @classmethod
    def of_file(cls, crs: str | None) -> "Reading | None":
        """As the file says; None where it says nothing that leads to a place on Earth."""
        try:
            found = CRS.from_user_input(crs) if crs else None
        except CRSError:
            return None
        return cls(found) if found is not None and (found.is_projected or found.is_geographic) else None

    @property
    def srid(self) -> int | None:
        """As `declared` takes it; None for a system without a code."""
        code = self.crs.to_epsg(min_confidence=_SURE_ENOUGH)
        return None if code is None else -code if self.is_swapped else code

    @property
    def name(self) -> str:
        """For people."""
        code = f" (EPSG:{abs(self.srid)})" if self.srid else ""
        return f"{self.crs.name}{code}{' ⇄' if self.is_swapped else ''}"

    def moved(self, points: Points, transformer: Transformer | None) -> Points:
        """The points in the storage CRS, x first; not finite where the system does not reach."""
        ordered = points[:, ::-1] if self.is_swapped else points
        if transformer is None:
            return np.asarray(ordered, dtype=np.float64)
        return np.column_stack(transformer.transform(ordered[:, 0], ordered[:, 1]))


@dataclass(frozen=True)
class Placement:
    """The reading that is used, with the operation that is kept beside every change it moved."""

    reading: Reading
    pipeline: str | None
    """None where the file is in the storage CRS already."""
    accuracy_m: float | None

    @property
    def is_reprojected(self) -> bool:
        """True where the sent coordinates differ from the stored ones."""
        return self.pipeline is not None or self.reading.is_swapped

    def to_storage(self, shapes: Shapes) -> Shapes:
        """The shapes moved to the storage CRS."""
        if not self.is_reprojected:
            return shapes
        transformer = Transformer.from_pipeline(self.pipeline) if self.pipeline else None
        moved = shapely.transform(shapes, lambda points: self.reading.moved(points, transformer))
        return np.asarray(moved, dtype=object)


def placement(reading: Reading, profile: Profile) -> Placement:
    """The reading with its pinned operation. Raises ProjError where none leads here."""
    transformer = transformer_to_storage(reading, profile)
    if transformer is None:
        return Placement(reading, None, None)
    stated = float(transformer.accuracy)
    return Placement(reading, transformer.definition, stated if stated >= 0 else None)  # -1 where nobody knows


def transformer_to_storage(reading: Reading, profile: Profile) -> Transformer | None:
    """The best operation for this region; None where the numbers are storage numbers already. Raises ProjError."""
    if reading.crs.to_epsg(min_confidence=_SURE_ENOUGH) == profile.storage_srid:
        return None
    storage = CRS.from_epsg(profile.storage_srid)
    with warnings.catch_warnings():
        # A better operation may exist whose grid is not installed; the report names the one used.
        warnings.simplefilter("ignore", UserWarning)
        group = TransformerGroup(
            reading.crs,
            storage,
            always_xy=True,
            area_of_interest=_region(profile),  # type: ignore[arg-type]  # pyproj's own stub names another class
            allow_ballpark=False,
        )
    if not group.transformers:
        raise ProjError(f"no operation from {reading.name}")
    return group.transformers[0]


def _region(profile: Profile) -> AreaOfInterest:
    envelope = profile.envelope
    to_degrees = Transformer.from_crs(profile.storage_srid, 4326, always_xy=True)
    bounds = to_degrees.transform_bounds(envelope.west, envelope.south, envelope.east, envelope.north)
    return AreaOfInterest(*bounds)

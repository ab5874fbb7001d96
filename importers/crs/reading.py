"""One way to understand a file's numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS
from pyproj.exceptions import CRSError

from layers.core.declared_crs import DeclaredCrs

Points = NDArray[np.float64]
"""One row of x and y per record."""

SURE_ENOUGH = 70
"""Of 100: how sure pyproj must be that a .prj without a code is the system of a code."""


@dataclass(frozen=True)
class Reading:
    """A coordinate system, and how the numbers differ from what it defines."""

    crs: CRS
    said: DeclaredCrs | None
    """None for a system without a code, which nobody can declare but the file itself."""

    @classmethod
    def declared(cls, said: DeclaredCrs) -> "Reading":
        """As a sender or the profile says. Raises CRSError."""
        return cls(_system(said.srid), said)

    @classmethod
    def of_srid(cls, srid: int) -> "Reading":
        """A system as it is defined. Raises CRSError."""
        return cls.declared(DeclaredCrs(srid))

    @classmethod
    def of_file(cls, crs: str | None) -> "Reading | None":
        """As the file says; None where it says nothing that leads to a place on Earth."""
        try:
            found = CRS.from_user_input(crs) if crs else None
        except CRSError:
            return None
        if found is None or not (found.is_projected or found.is_geographic):
            return None
        code = found.to_epsg(min_confidence=SURE_ENOUGH)
        return cls(found, None if code is None else DeclaredCrs(code))

    @property
    def srid(self) -> int | None:
        """The code; None for a system without one."""
        return self.said.srid if self.said else None

    @property
    def signed_srid(self) -> int | None:
        """Negative where the axes are the other way round."""
        return -self.said.srid if self.said and self.said.is_swapped else self.srid

    @property
    def adjustment(self) -> Mapping[str, Any] | None:
        """Zone number and unit, where they are not the system's own."""
        return self.said.adjustment if self.said else None

    @property
    def assumptions(self) -> int:
        """In how many ways the numbers differ from what the system defines."""
        return self.said.assumptions if self.said else 0

    @property
    def name(self) -> str:
        """For people."""
        if self.said is None:
            return self.crs.name
        code = str(self.said).removeprefix("-").removesuffix("!")
        return f"{self.crs.name} (EPSG:{code}){' ⇄' if self.said.is_swapped else ''}"


@cache
def _system(srid: int) -> CRS:
    return CRS.from_epsg(srid)

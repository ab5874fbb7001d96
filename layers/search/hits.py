"""What a search brings back."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from layers.core.query import LonLatBox


class HitKind(StrEnum):
    """What was found."""

    ADDRESS = "address"
    PARCEL = "parcel"
    STREET = "street"
    NEIGHBOURHOOD = "neighbourhood"
    DISTRICT = "district"
    PLACE = "place"
    PLAN = "plan"
    COORDINATE = "coordinate"


@dataclass(frozen=True)
class Hit:
    """One thing found, ready to be listed and shown on a map."""

    kind: HitKind
    title: str
    subtitle: str
    lon: float
    lat: float
    bbox: LonLatBox | None = None
    uid: uuid.UUID | None = None
    layer: str | None = None
    """Id of the layer that holds the feature `uid`."""
    parcel_uid: uuid.UUID | None = None
    """The parcel a zoning answer would be about."""
    confidence: float = 1.0
    """0 to 1; equal values of exact hits mean that nothing tells them apart."""
    is_exact: bool = True
    """False where anything of the text was not met: the door, the neighbourhood, too many letters."""
    is_interpolated: bool = False
    """True where no such door is known and its place was worked out from its neighbours."""
    met: tuple[str, ...] = ()
    """What of the text fits: street, door, neighbourhood, district, postal_code …"""
    unmet: tuple[str, ...] = ()
    """What of the text does not."""
    also_known_as: str | None = None
    """The name of the street by which it was found, where that is not the official one."""
    district_id: int | None = None
    """Whose ground it lies on; None where nobody's is known."""


@dataclass(frozen=True)
class Found:
    """What one reading of the text brought, and what has to be said about it."""

    hits: tuple[Hit, ...] = ()
    note: str = ""

    @property
    def is_exact(self) -> bool:
        """At least one hit meets all that was written."""
        return any(hit.is_exact for hit in self.hits)


NOTHING = Found()


@dataclass(frozen=True)
class SearchResult:
    """The list a box shows; where it is ambiguous a person must choose."""

    query: str
    hits: tuple[Hit, ...]
    is_ambiguous: bool
    note: str

    @property
    def sure(self) -> Hit | None:
        """The one hit that needs no choice."""
        return self.hits[0] if self.hits and self.hits[0].is_exact and not self.is_ambiguous else None

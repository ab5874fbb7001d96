"""What a text in the search box may mean; one text can have several readings, the likeliest first."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class AddressReading:
    """A street, and a door on it where one was named."""

    street_key: str
    """Folded name without its type: "1453 1" of "1453/1 Sokak"."""
    street_type: str | None = None
    """Canonical type word of the profile; None where the text names none."""
    door: str | None = None
    """Door key, see `door_key`."""
    district_id: int | None = None
    neighbourhood_key: str | None = None

    @property
    def is_bare(self) -> bool:
        """True where no word says that it is a street."""
        return self.street_type is None


@dataclass(frozen=True)
class ParcelReading:
    """Block and parcel number; both as text, since both may carry letters."""

    block: str
    parcel: str
    district_id: int | None = None
    neighbourhood_key: str | None = None
    is_bare: bool = field(default=False, compare=False)
    """True where only numbers were written, which could as well be a street and a door."""


@dataclass(frozen=True)
class CoordinateReading:
    """A place by numbers: degrees, and metres in the storage CRS."""

    lon: float
    lat: float
    x: float
    y: float
    is_inside: bool
    """False where neither order of the two numbers falls inside the profile's envelope."""


@dataclass(frozen=True)
class CodeReading:
    """The ten digits of an address code."""

    code: str


@dataclass(frozen=True)
class PlanReading:
    """A plan number, as written."""

    plan_no: str


@dataclass(frozen=True)
class NameReading:
    """The name, or the beginning of it, of a neighbourhood, district, street, place or plan."""

    key: str
    district_id: int | None = None
    is_neighbourhood: bool = False
    """True where a word of the text says so."""


Reading = AddressReading | ParcelReading | CoordinateReading | CodeReading | PlanReading | NameReading

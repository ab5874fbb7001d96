"""What a text in the search box may mean; one text can have several readings, the likeliest first."""

from dataclasses import dataclass, field

from layers.search.gazetteer import Street


@dataclass(frozen=True)
class AddressReading:
    """Streets that the text may mean, and what it says of the door."""

    streets: tuple[Street, ...]
    core: str
    """The name under which they are known."""
    edits: int = 0
    """Letters by which what was written differs from it."""
    doors: tuple[str, ...] = ()
    """Door keys, see `door_key`, the likeliest first."""
    site: str | None = None
    block: str | None = None
    met: frozenset[str] = frozenset()
    """What beside the street was written and fits: district, neighbourhood, postal_code, street_type."""
    unmet: frozenset[str] = frozenset()
    """What was written and does not fit, or is not understood: the same, and street, words, elsewhere."""
    missed_district: int | None = None
    """The district that was written, where none of the streets lies in it."""
    cost: float = 0.0
    """0 where everything is met; used to compare readings."""
    is_trusted: bool = True
    """False where a person has to look whether this is what was meant."""


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


Reading = ParcelReading | CoordinateReading | CodeReading | PlanReading | NameReading
"""What is understood without knowing any street."""

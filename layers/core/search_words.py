"""The words of a place in which its addresses are written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class SearchWords:
    """How people of this place write addresses; every word in folded form."""

    street_types: Mapping[str, str]
    """Abbreviation or variant -> canonical folded street type."""
    neighbourhood: frozenset[str]
    door: frozenset[str]
    block: frozenset[str]
    parcel: frozenset[str]
    noise: frozenset[str]
    flat: frozenset[str] = frozenset()
    """What announces a flat, floor or staircase: not part of the door number."""
    plan: frozenset[str] = frozenset()
    """What announces a plan number."""
    estate: frozenset[str] = frozenset()
    building_block: frozenset[str] = frozenset()
    building: frozenset[str] = frozenset()
    """What a house with a name is called: such names are not recorded, so they are passed over."""
    filler: frozenset[str] = frozenset()
    """What people write beside an address without meaning a place."""
    elsewhere: frozenset[str] = frozenset()
    """Names of other cities: with one of them an address is never surely here."""
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    """Short form of a word in names -> the whole word."""
    address_columns: frozenset[str] = frozenset()
    """Headers of a column that holds whole addresses."""
    district_columns: frozenset[str] = frozenset()
    """Headers of a column that names the district of each row."""
    encodings: tuple[str, ...] = ()
    """Old encodings in which this language was written, for letters that were misread."""

    @cached_property
    def phrases(self) -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
        """First word -> what begins with it and its role; the longest first, and earlier roles win among equals."""
        by_role: tuple[tuple[str, Iterable[str]], ...] = (
            ("plan", self.plan),
            ("flat", self.flat),
            ("street_type", self.street_types),
            ("neighbourhood", self.neighbourhood),
            ("block", self.block),
            ("parcel", self.parcel),
            ("door", self.door),
            ("building_block", self.building_block),
            ("estate", self.estate),
            ("building", self.building),
            ("noise", self.noise),
        )
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for role, phrases in by_role:
            for phrase in sorted(phrases):
                words = tuple(phrase.split())
                found.setdefault(words[0], []).append((words, role))
        return {first: tuple(sorted(some, key=lambda one: -len(one[0]))) for first, some in found.items()}

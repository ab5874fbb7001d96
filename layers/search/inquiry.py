"""One search under way: whom it asks, in which language it speaks, how much it brings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from pyproj import Transformer
from rapidfuzz import fuzz

from layers.core.profile import Profile
from layers.core.query import LonLatBox
from layers.core.words import Title
from layers.search.gazetteer import Gazetteer

ALIKE = 0.75
"""Names less alike than this are different names."""
_PART = 0.95


class Row(Protocol):
    """What a statement brings, by the names of its columns."""

    def __getattr__(self, column: str) -> Any:
        """Of that column."""


class Asked(Protocol):
    """Who answers the statements of sql/queries/search.sql: a transaction at once, or connections of a loop."""

    @property
    def gazetteer(self) -> Gazetteer:
        """The names of streets by heart."""

    async def rows(self, name: str, values: Mapping[str, object]) -> Sequence[Row]:
        """The rows of a named statement."""


@cache
def _to_degrees(srid: int) -> Transformer:
    return Transformer.from_crs(srid, 4326, always_xy=True)


@dataclass(frozen=True)
class Inquiry:
    """What every finder needs."""

    asked: Asked
    profile: Profile
    language: str
    most: int

    @property
    def gazetteer(self) -> Gazetteer:
        """The names of streets by heart."""
        return self.asked.gazetteer

    async def rows(self, name: str, **values: object) -> Sequence[Row]:
        """The rows of a named statement."""
        return await self.asked.rows(name, {"most": self.most, **values})

    def degrees(self, x: float, y: float) -> tuple[float, float]:
        """Longitude and latitude of a place in the storage CRS."""
        lon, lat = _to_degrees(self.profile.storage_srid).transform(x, y)
        return float(lon), float(lat)

    def say(self, title: Title, **values: object) -> str:
        """A sentence in the asker's language."""
        return title.in_language(self.language).format(**values)

    def where(self, *names: str | None, district_id: int) -> str:
        """The line under a hit: neighbourhood and district."""
        district = self.profile.district(district_id)
        return ", ".join(name for name in (*names, district.name if district else None) if name)


def box_of(row: Row) -> LonLatBox:
    """The extent that the statement worked out."""
    return LonLatBox(row.west, row.south, row.east, row.north)


def likeness(one: str, other: str) -> float:
    """0 to 1; 0 where the numbers differ, since a wrong number is another thing and no misspelling."""
    if _numbers(one) != _numbers(other):
        return 0.0
    return fuzz.ratio(one, other) / 100


def part_likeness(name: str, wanted: str) -> float:
    """The likeness of the whole name, or a little less for as many of its words as were written."""
    words, length = name.split(), len(wanted.split())
    parts = (" ".join(words[start : start + length]) for start in range(len(words) - length + 1))
    return max((likeness(name, wanted), *(_PART * likeness(part, wanted) for part in parts)))


def _numbers(key: str) -> list[str]:
    return ["".join(sign for sign in word if sign.isdigit()) for word in key.split() if any(map(str.isdigit, word))]


def numbers_of(key: str) -> str:
    """The digits of a name, as `street_names_alike` compares them."""
    return " ".join("".join(sign if sign.isdigit() else " " for sign in key).split())


def fits(wanted: str | None, keys: Sequence[str | None], profile: Profile) -> float:
    """How well a neighbourhood that was written fits the ones a row belongs to; 1 where none was written."""
    if wanted is None:
        return 1.0
    return max((likeness(_bare(wanted, profile), _bare(key, profile)) for key in keys if key), default=0.0)


def _bare(key: str, profile: Profile) -> str:
    words = [word for word in key.split() if word not in profile.search.neighbourhood]
    return " ".join(words) or key

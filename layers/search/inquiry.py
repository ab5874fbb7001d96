"""One search under way: whom it asks, in which language it speaks, how much it brings."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from pyproj import Transformer
from rapidfuzz import fuzz
from sqlalchemy import Connection, Row, TextClause, text

from layers.core.profile import Profile
from layers.core.query import LonLatBox
from layers.core.words import Title
from layers.search.gazetteer import Gazetteer
from layers.search.street_index import catch_up, known_gazetteer
from sql import query

ALIKE = 0.75
"""Names less alike than this are different names."""
_PART = 0.95


@cache
def _statement(name: str) -> TextClause:
    """Parsed once: its parameters are found by a regular expression."""
    return text(query(f"search.{name}"))


@cache
def _to_degrees(srid: int) -> Transformer:
    return Transformer.from_crs(srid, 4326, always_xy=True)


@dataclass(frozen=True)
class Inquiry:
    """What every finder needs."""

    connection: Connection
    profile: Profile
    language: str
    most: int
    _heard: list[int] = field(default_factory=list, compare=False)
    """The newest publish, where a statement told it."""

    def rows(self, name: str, **values: object) -> Sequence[Row[Any]]:
        """The rows of a named statement of sql/queries/search.sql."""
        return self.connection.execute(_statement(name), {"most": self.most, **values}).all()

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The names of streets as this process knows them; `is_behind` tells afterwards whether that was enough."""
        return known_gazetteer(self.connection, self.profile)

    def doors(self, **asked: object) -> Sequence[Row[Any]]:
        """Rows of the statement `doors`, which also tells the newest publish."""
        rows = self.rows("doors", **asked)
        self._heard.append(int(rows[0].epoch))
        return [row for row in rows if row.uid is not None]

    @property
    def is_behind(self) -> bool:
        """Whether the streets were compared with names from before a publish that this transaction sees."""
        if "gazetteer" not in self.__dict__:
            return False
        newest = self._heard[0] if self._heard else int(self.connection.execute(_statement("epoch")).scalar_one())
        return newest > self.gazetteer.epoch

    def caught_up(self) -> "Inquiry":
        """The same inquiry with the names as this transaction sees them."""
        catch_up(self.connection, self.profile)
        return Inquiry(self.connection, self.profile, self.language, self.most)

    def degrees(self, x: float, y: float) -> tuple[float, float]:
        """Longitude and latitude of a place in the storage CRS."""
        lon, lat = _to_degrees(self.profile.storage_srid).transform(x, y)
        return float(lon), float(lat)

    def loosen(self) -> None:
        """For the rest of the transaction names count as alike earlier than the database would have it."""
        self.connection.execute(_statement("loosen"))

    def say(self, title: Title, **values: object) -> str:
        """A sentence in the asker's language."""
        return title.in_language(self.language).format(**values)

    def where(self, *names: str | None, district_id: int) -> str:
        """The line under a hit: neighbourhood and district."""
        district = self.profile.district(district_id)
        return ", ".join(name for name in (*names, district.name if district else None) if name)


def box_of(row: Row[Any]) -> LonLatBox:
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

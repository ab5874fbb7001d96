"""What is to be printed, in words that are kept until the worker's turn comes."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from gisserver.prints.paper import Paper, paper_of
from gisserver.prints.sheet import Sheet
from layers.core.layer import Audience
from layers.core.store import Actor


@dataclass(frozen=True)
class Place:
    """Where one sheet lies, in metres of the storage system."""

    east: float
    north: float
    scale: float
    rotation: float = 0.0
    name: str = ""
    """Of the feature that the sheet of an atlas is about."""


@dataclass(frozen=True)
class Wish:
    """A layer that is shown."""

    layer: str
    opacity: float = 1.0
    as_of: int | None = None
    """Where the layer is shown as of another publish than the rest."""


@dataclass(frozen=True)
class Picture:
    """A layer of another server that somebody has added, shown as pictures."""

    title: str
    address: str
    """With {z}, {x} and {y}, or {bbox}, in it."""
    credit: str = ""
    opacity: float = 1.0
    over: int = 0
    """So many of the things of `drawings` lie beneath it, and all layers of the pool."""


@dataclass(frozen=True)
class Wanted:
    """What a map shows, and to whom."""

    layers: tuple[Wish, ...]
    """From the top."""
    audience: Audience
    language: str
    as_of: int | None = None
    drawings: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Order:
    """One document."""

    paper: str
    is_landscape: bool
    format: str
    dots_per_inch: int
    places: tuple[Place, ...]
    layers: tuple[Wish, ...]
    title: str
    note: str
    author: str
    language: str
    has_grid: bool
    has_legend: bool
    drawings: Mapping[str, Any] | None
    as_of: int | None
    """None for what is published when the sheet is drawn."""
    link: str
    """The address of the same view."""
    role: str
    district_id: int | None
    account_id: int | None
    background: str | None = None
    """The map that all lies on, by its name in the profile."""
    pictures: tuple[Picture, ...] = ()
    """From below."""

    @classmethod
    def parse(cls, words: str) -> "Order":
        """What `words` has written."""
        told = json.loads(words)
        places = tuple(Place(**place) for place in told.pop("places"))
        layers = tuple(Wish(**wish) for wish in told.pop("layers"))
        pictures = tuple(Picture(**picture) for picture in told.pop("pictures", ()))
        return cls(places=places, layers=layers, pictures=pictures, **told)

    @property
    def words(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @property
    def steps(self) -> int:
        """In which its making is told."""
        shown = len(self.layers) + len(self.pictures) + (self.background is not None)
        return len(self.places) * (shown + 1)

    @property
    def actor(self) -> Actor:
        """Whose rights count in the database."""
        return Actor(self.role, self.district_id, self.account_id)

    @property
    def wanted(self) -> Wanted:
        """What each of its maps shows."""
        return Wanted(self.layers, self.actor.audience, self.language, self.as_of, self.drawings)

    @property
    def sheet_paper(self) -> Paper:
        """As it lies on the table."""
        return paper_of(self.paper, is_landscape=self.is_landscape)

    def sheet(self, place: Place) -> Sheet:
        """One of the document."""
        return Sheet(self.sheet_paper, place.scale, place.east, place.north, place.rotation)

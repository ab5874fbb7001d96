"""Features of a collection as a client gets them, and questions whose right answer is known from them."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from conformance.check import NothingToTry
from conformance.service import Document, Service, document, links

SAMPLE = 100
"""Features that questions are made from."""
FEW = 2
"""Features of each kind that a question is judged by."""
LEAST_VALUES = 3
MOST_FIELDS = 3
"""Of one kind, each of another collection, that questions are about."""
Fits = Callable[[Document], bool]


@dataclass(frozen=True)
class Collection:
    """A collection of a service and some of its features."""

    service: Service
    id: str

    @property
    def address(self) -> str:
        """Of its items."""
        return f"/collections/{self.id}/items"

    @property
    def about(self) -> Document:
        """Its metadata."""
        return document(self.service.get(f"/collections/{self.id}"))

    @property
    def queryables(self) -> dict[str, Document]:
        """Name to schema of what filters may speak of."""
        found: dict[str, Document] = document(self.service.get(f"/collections/{self.id}/queryables"))["properties"]
        return found

    @property
    def shape_name(self) -> str:
        """The queryable that is the geometry."""
        return next(name for name, about in self.queryables.items() if about.get("x-ogc-role") == "primary-geometry")

    def page(self, **arguments: object) -> Document:
        """One page."""
        return document(self.service.get(self.address, None, **arguments))

    @property
    def sample(self) -> list[Document]:
        """The first features."""
        return list(self.page(limit=SAMPLE)["features"])

    def holds(self, feature: Document, **arguments: object) -> bool:
        """True where a question finds this feature."""
        found = self.page(**{"ref": feature["properties"]["ref"], **arguments})["features"]
        return feature["id"] in [one["id"] for one in found]

    def pages(self, most: int, **arguments: object) -> Iterator[Document]:
        """As they link to each other."""
        page = self.page(**arguments)
        yield page
        for _ in range(most - 1):
            following = links(page, "next")
            if not following:
                return
            page = document(self.service.get(following[0]["href"]))
            yield page


def all_collections(service: Service) -> list[Collection]:
    """Of features, empty ones too."""
    return [Collection(service, one["id"]) for one in service.collections]


def filled(service: Service) -> list[Collection]:
    """Those with features. Raises NothingToTry."""
    found = [one for one in all_collections(service) if one.sample]
    if not found:
        raise NothingToTry("no collection has features")
    return found


def of_each_shape(service: Service) -> list[Collection]:
    """For points, lines and areas the collection that shows most features. Raises NothingToTry."""
    by_shape: dict[str, Collection] = {}
    for one in filled(service):
        shape = one.queryables[one.shape_name]["format"]
        known = by_shape.setdefault(shape, one)
        if len(one.sample) > len(known.sample):
            by_shape[shape] = one
    return list(by_shape.values())


def judge(collection: Collection, asked: dict[str, object], fits: Fits) -> Iterator[str]:
    """A question finds what it means, and nothing else: told from features whose values are known."""
    for feature in collection.page(limit=SAMPLE, **asked)["features"]:
        if not fits(feature):
            yield f"{collection.id} {asked}: {feature['properties'].get('ref')} is found and does not fit"
    for feature in islice((one for one in collection.sample if fits(one)), FEW):
        if not collection.holds(feature, **asked):
            yield f"{collection.id} {asked}: {feature['properties'].get('ref')} fits and is not found"
    for feature in islice((one for one in collection.sample if not fits(one)), FEW):
        if collection.holds(feature, **asked):
            yield f"{collection.id} {asked}: {feature['properties'].get('ref')} does not fit and is found"


def tells_apart(collection: Collection, fits: Fits) -> bool:
    """True where some known features fit and some do not: only there a wrong answer would show."""
    return len({fits(feature) for feature in collection.sample}) == 2


@dataclass(frozen=True)
class Valued:
    """A field of a collection with values that differ."""

    collection: Collection
    name: str
    values: tuple[Any, ...]
    """In ascending order, each once."""

    @property
    def middle(self) -> Any:
        """Smaller than some, larger than others."""
        return self.values[len(self.values) // 2]

    @property
    def between(self) -> Any:
        """Of numbers: a value that no feature has, smaller than some, larger than others."""
        return (self.values[0] + self.values[1]) / 2

    def of(self, feature: Document) -> Any:
        """Its value, None where it has none."""
        return feature["properties"].get(self.name)


def valued(service: Service, kind: str) -> Valued:
    """The first field of that kind (string, number, date) with three values or more. Raises NothingToTry."""
    return next(iter(all_valued(service, kind)))


@lru_cache(maxsize=64)
def all_valued(service: Service, kind: str) -> tuple[Valued, ...]:
    """The first such fields of some collections. Raises NothingToTry."""
    by_collection = (_first_valued(collection, kind) for collection in filled(service))
    found = tuple(islice((one for one in by_collection if one is not None), MOST_FIELDS))
    if not found:
        raise NothingToTry(f"no {kind} field has three different values")
    return found


def texts(service: Service) -> Iterator[Valued]:
    """Every field of words."""
    for one in filled(service):
        for name, about in one.queryables.items():
            if _kind(about) == "string":
                yield Valued(one, name, _values(one, name))


def _first_valued(collection: Collection, kind: str) -> Valued | None:
    for name, about in collection.queryables.items():
        if _kind(about) == kind and len(values := _values(collection, name)) >= LEAST_VALUES:
            return Valued(collection, name, values)
    return None


def _kind(about: Document) -> str:
    if about.get("format") == "date":
        return "date"
    return "number" if about.get("type") == "integer" else str(about.get("type"))


def _values(collection: Collection, name: str) -> tuple[Any, ...]:
    values = {feature["properties"].get(name) for feature in collection.sample} - {None}
    return tuple(sorted(values))


def interval(feature: Document, names: tuple[str, str]) -> tuple[datetime.date, datetime.date]:
    """First and last day of a feature, both included; open ends are the ends of the calendar."""
    first, last = (feature["properties"].get(name) for name in names)
    return (
        datetime.date.fromisoformat(first) if first else datetime.date.min,
        datetime.date.fromisoformat(last) if last else datetime.date.max,
    )


def interval_names(collection: Collection) -> tuple[str, str]:
    """The fields that are first and last day, by their roles. Raises NothingToTry."""
    roles = {about.get("x-ogc-role"): name for name, about in collection.queryables.items()}
    try:
        return roles["primary-interval-start"], roles["primary-interval-end"]
    except KeyError:
        raise NothingToTry(f"{collection.id} has no interval") from None

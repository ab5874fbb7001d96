"""A feature of our own to edit, made like one that is there and ended in the end."""

import copy
import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from conformance.check import NothingToTry
from conformance.features import Collection, filled
from conformance.service import Answer, Document, NotAnswered, Service, document

GEOJSON = "application/geo+json"
MERGE_PATCH = "application/merge-patch+json"
_STEP = 0.00001
"""Degrees that a new point lies beside the one it is made like; about a metre."""


@dataclass(frozen=True)
class Draft:
    """A feature that is not there yet, and where it belongs."""

    collection: Collection
    feature: Document
    text_field: str
    """A property of free words, which edits may change."""

    @property
    def address(self) -> str:
        """Of the collection's items."""
        return self.collection.service.root + self.collection.address

    def send(self, method: str, address: str, body: Document | None = None, **headers: str) -> Answer:
        """With the key; underscores in names of headers stand for dashes."""
        kind = {"Content-Type": MERGE_PATCH if method == "PATCH" else GEOJSON} if body is not None else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        key = {"Authorization": f"Bearer {self.collection.service.key}"}
        text = None if body is None else json.dumps(body)
        return self.collection.service.ask(method, address, {**key, **kind, **named}, text)

    def changed(self, word: str) -> Document:
        """The same with another word in its field."""
        other = copy.deepcopy(self.feature)
        other["properties"][self.text_field] = word
        return other


def draft(service: Service) -> Draft:
    """Raises NothingToTry."""
    if service.key is None:
        raise NothingToTry("editing needs a key (--key)")
    for collection in filled(service):
        like = collection.sample[0]
        if like["geometry"]["type"] == "Point" and (made := _made_like(collection, like)) is not None:
            return made
    raise NothingToTry("no collection of points takes new features")


@contextmanager
def created(service: Service) -> Iterator[tuple[Draft, str]]:
    """A new feature and its address; afterwards it is ended. Raises NothingToTry, NotAnswered."""
    made = draft(service)
    answer = made.send("POST", made.address, made.feature)
    if answer.status != 201:
        raise NotAnswered(f"POST {made.address} is answered with {answer.status}: {answer.body[:300]!r}")
    address = answer.headers["location"]
    try:
        yield made, address
    finally:
        made.send("DELETE", address, If_Match="*")


def now(service: Service, address: str) -> Answer:
    """The feature as everybody reads it, not from memory."""
    return service.ask("GET", address, {"Accept": GEOJSON})


def same_values(wanted: Mapping[str, object], found: Mapping[str, object]) -> bool:
    """True where everything that was sent is there."""
    return all(found.get(name) == value for name, value in wanted.items())


def _made_like(collection: Collection, like: Document) -> Draft | None:
    told = document(collection.service.get(f"/collections/{collection.id}/receivables"))["properties"]
    ref = f"conformance-{secrets.token_hex(4)}"
    values = {name: value for name, value in like["properties"].items() if name in told and value is not None}
    free = [name for name, value in values.items() if isinstance(value, str) and not _is_bound(told[name], name)]
    if not free:
        return None
    lon, lat = like["geometry"]["coordinates"][:2]
    shape = {"type": "Point", "coordinates": [lon + _STEP, lat + _STEP]}
    return Draft(collection, {"type": "Feature", "geometry": shape, "properties": {**values, "ref": ref}}, free[0])


def _is_bound(schema: Document, name: str) -> bool:
    """Values of such a field are not anybody's choice."""
    words = ("enum", "pattern", "format", "oneOf", "x-ogc-role", "x-ogc-codelist")
    return name == "ref" or any(word in schema for word in words)

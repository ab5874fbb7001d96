"""The service that is tried, as its clients see it: addresses in, answers out."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode, urlsplit

from urllib3 import PoolManager, Timeout

PATIENCE_S = 120.0
_DASHED = ("bbox_crs", "filter_crs", "filter_lang")
Document = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What came back; header names in small letters."""

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @cached_property
    def json(self) -> Any:
        """The document, read once."""
        return json.loads(self.body)

    @property
    def media_type(self) -> str:
        """Without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip()

    @property
    def is_problem(self) -> bool:
        """An error as programs read it."""
        return self.media_type == "application/problem+json"

    def not_being(self, status: int, media_type: str | None = None) -> Iterator[str]:
        """A sentence where it is something else."""
        if self.status != status:
            yield f"{self.address} is answered with {self.status}, not {status}"
        elif media_type is not None and self.media_type != media_type:
            yield f"{self.address} is {self.media_type}, not {media_type}"


class Service:
    """Under the address of its landing page; where it is edited, by whoever holds the key."""

    def __init__(self, root: str, key: str | None = None) -> None:
        self.root = root.rstrip("/")
        self.key = key
        self.asked = 0
        self._pool = PoolManager(timeout=Timeout(PATIENCE_S))
        self._known: dict[tuple[str, str | None], Answer] = {}

    def get(self, address: str, accept: str | None = None, **arguments: object) -> Answer:
        """An address below the landing page or a whole one."""
        whole = address if urlsplit(address).scheme else self.root + address
        if arguments:
            named = {name.replace("_", "-") if name in _DASHED else name: value for name, value in arguments.items()}
            whole = f"{whole}{'&' if '?' in whole else '?'}{urlencode(named)}"
        self.asked += 1
        if (whole, accept) not in self._known:
            self._known[whole, accept] = self.ask("GET", whole, {"Accept": accept} if accept else {})
        return self._known[whole, accept]

    def ask(self, method: str, address: str, headers: Mapping[str, str], body: str | None = None) -> Answer:
        """Not remembered."""
        self.asked += 1
        sent = {"Accept-Language": "en", **headers}
        found = self._pool.request(method, address, headers=sent, body=body, redirect=False)
        given = {name.lower(): value for name, value in found.headers.items()}
        return Answer(address, found.status, given, found.data)

    @property
    def landing(self) -> Document:
        """What `/` says."""
        return document(self.get(""))

    @property
    def declared(self) -> tuple[str, ...]:
        """Conformance classes."""
        return tuple(document(self.get("/conformance"))["conformsTo"])

    @property
    def description(self) -> Document:
        """The OpenAPI document."""
        return document(self.get(link(self.landing, "service-desc")["href"]))

    @property
    def collections(self) -> list[Document]:
        """As they are listed."""
        found: list[Document] = document(self.get("/collections"))["collections"]
        return found

    def operations(self) -> Iterator[tuple[str, str, Document]]:
        """Path, method, and what the description says of each."""
        for path, item in self.description["paths"].items():
            for method in ("get", "post", "put", "patch", "delete"):
                if method in item:
                    yield path, method, item[method]

    def parameter(self, collection_id: str, name: str) -> Document | None:
        """What the description says of a parameter of a collection's items."""
        item = self.description["paths"].get(f"/collections/{collection_id}/items", {})
        declared = item.get("get", {}).get("parameters", ())
        return next((one for one in declared if one["name"] == name), None)


class NotAnswered(Exception):
    """A document that others lead to is not there."""


def document(answer: Answer) -> Document:
    """The JSON object of an answer. Raises NotAnswered."""
    if answer.status != 200:
        raise NotAnswered(f"{answer.address} is answered with {answer.status}")
    found: Document = answer.json
    return found


def links(of: Document, rel: str, media_type: str | None = None) -> list[Document]:
    """Those with that relation."""
    return [one for one in of.get("links", ()) if one.get("rel") == rel and media_type in (None, one.get("type"))]


def link(of: Document, rel: str, media_type: str | None = None) -> Document:
    """The first of them. Raises NotAnswered."""
    found = links(of, rel, media_type)
    if not found:
        raise NotAnswered(f"there is no link “{rel}” {media_type or ''}".strip())
    return found[0]


def is_absolute(href: str) -> bool:
    """With scheme and host."""
    parts = urlsplit(href)
    return parts.scheme in ("http", "https") and bool(parts.netloc)

"""The features of another server's layer, page after page up to a limit, as one file."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit
from xml.parsers.expat import ExpatError

from gisserver.foreign.fetching import Body, NotHad, Why
from layers.core.hosts import NotAllowed
from layers.core.wfs_page import WfsPage

MOST_FEATURES = 20_000
"""As many as a map takes of a file."""
PATIENCE_S = 60.0
"""No further page is asked for after that."""
_PAGE = "FeatureCollection"

Fetch = Callable[[str, int], Body]
"""An address and how many bytes may come. Raises NotHad."""


@dataclass(frozen=True)
class Gathered:
    """What came of all pages."""

    name: str
    content: bytes
    matched: int | None
    """So many are there; None where the server does not say."""
    is_whole: bool


@dataclass(frozen=True)
class _Page:
    count: int
    matched: int | None
    following: str | None
    """Where the next one is; None where there is none, or no way to it."""
    has_more: bool
    size: int


def gathered(kind: str, address: str, fetch: Fetch, most_bytes: int) -> Gathered:
    """The first page or NotHad; what goes wrong on a later one ends the search with what is here."""
    joined = _Features() if kind == "ogcapi" else _Members()
    pages = list(_pages(address, joined, fetch, most_bytes))
    count, matched = sum(page.count for page in pages), pages[0].matched
    is_whole = count >= matched if matched is not None else not pages[-1].has_more
    return Gathered(joined.name, joined.content, matched, is_whole and count <= MOST_FEATURES)


def _pages(address: str, joined: "_Features | _Members", fetch: Fetch, left: int) -> Iterator[_Page]:
    end = time.monotonic() + PATIENCE_S
    count, following = 0, address
    while True:
        try:
            page = joined.take(following, fetch(following, left).content, count)
        except (NotHad, NotAllowed):
            if count == 0:
                raise
            return
        yield page
        count, left = count + page.count, left - page.size
        if page.following is None or page.count == 0 or count >= MOST_FEATURES or time.monotonic() > end:
            return
        following = page.following


class _Features:
    """GeoJSON, whose pages name the next one."""

    name = "features.geojson"

    def __init__(self) -> None:
        self._features: list[Any] = []

    @property
    def content(self) -> bytes:
        """One collection."""
        return json.dumps({"type": _PAGE, "features": self._features}, ensure_ascii=False).encode()

    def take(self, address: str, body: bytes, _before: int) -> _Page:
        """Raises NotHad."""
        try:
            told = json.loads(body)
            features, links = list(told["features"]), told.get("links") or []
            following = next((str(link["href"]) for link in links if link.get("rel") == "next"), None)
            matched = told.get("numberMatched")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as cause:
            raise NotHad(Why.NOT_UNDERSTOOD, "GeoJSON") from cause
        self._features += features
        return _Page(
            len(features),
            matched if isinstance(matched, int) else None,
            urljoin(address, following) if following else None,
            following is not None,
            len(body),
        )


class _Members:
    """GML of a WFS; from 2.0 on further pages are asked for by number, for links to them are optional."""

    name = "features.gml"

    def __init__(self) -> None:
        self._first: WfsPage | None = None
        self._members: list[bytes] = []

    @property
    def content(self) -> bytes:
        """One collection, each member as it came."""
        first = self._first
        return b"" if first is None else b"".join((first.head, *self._members, first.tail))

    def take(self, address: str, body: bytes, before: int) -> _Page:
        """Raises NotHad."""
        page = _wfs_page(body)
        if self._first is not None and page.namespaces != self._first.namespaces:
            raise NotHad(Why.NOT_UNDERSTOOD, "GML")
        self._first = self._first or page
        self._members += page.members
        following = _following(address, page, before)
        has_more = following is not None if _has_pages(address) else len(page.members) >= _asked_for(address)
        return _Page(len(page.members), page.announced, following, has_more, len(body))


def _wfs_page(body: bytes) -> WfsPage:
    try:
        page = WfsPage(body)
    except (ExpatError, ValueError) as cause:
        raise NotHad(Why.NOT_UNDERSTOOD, "GML") from cause
    if page.root != _PAGE:
        is_refusal = page.root in ("ExceptionReport", "ServiceExceptionReport")
        raise NotHad(
            Why.REFUSED if is_refusal else Why.NOT_UNDERSTOOD, page.refusal or (page.root if is_refusal else "GML")
        )
    return page


def _following(address: str, page: WfsPage, before: int) -> str | None:
    if not _has_pages(address):
        return None
    received = before + len(page.members)
    is_last = len(page.members) < _asked_for(address) if page.announced is None else received >= page.announced
    if is_last and "next" not in page.said:
        return None
    return f"{address.partition('&STARTINDEX=')[0]}&STARTINDEX={received}"


def _has_pages(address: str) -> bool:
    """From 2.0 on, which has this word."""
    return "COUNT" in _words(address)


def _asked_for(address: str) -> int:
    words = _words(address)
    said = words.get("COUNT") or words.get("MAXFEATURES") or ""
    return int(said) if said.isdigit() else MOST_FEATURES


def _words(address: str) -> dict[str, str]:
    return {name.upper(): values[-1] for name, values in parse_qs(urlsplit(address).query).items()}

"""WFS 2.0: a feature type, page by page, put together as one GML file with each member as it came."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode
from xml.parsers import expat

from importers.source import Fetched, SourceKind, Terms
from importers.sources._http import Caller
from importers.unfetched import MovedMeanwhile, NotUnderstood, SourceRefused
from layers.core.declared_source import DeclaredSource
from layers.core.words import Title

AT_ONCE = 2_000
_EXPECTED = "GML (WFS 2.0)"


class _NotThis(Exception):
    """The document is not a page of features."""


class _Page:
    """One answer: its beginning, its members as they stand there, and what it says of the whole."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.root = ""
        self.said: dict[str, str] = {}
        self.spans: list[tuple[int, int]] = []
        self.refusal: str | None = None
        self._head_end: int | None = None
        self._members_end = 0
        self._depth = 0
        self._start: int | None = None
        self._parse()

    @property
    def members(self) -> list[bytes]:
        """As they were sent."""
        return [self.body[start:end] for start, end in self.spans]

    @property
    def head(self) -> bytes:
        """All before the first member."""
        return self.body[: self.spans[0][0]] if self.spans else self.body

    @property
    def tail(self) -> bytes:
        """All behind the last member."""
        return self.body[self.spans[-1][1] :] if self.spans else b""

    @property
    def announced(self) -> int | None:
        """None where the server does not know."""
        said = self.said.get("numberMatched", "")
        return int(said) if said.isdigit() else None

    @property
    def namespaces(self) -> dict[str, str]:
        """What the members' names stand for."""
        return {name: value for name, value in self.said.items() if name.startswith("xmlns")}

    def _parse(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._began
        self._parser.EndElementHandler = self._ended
        self._parser.StartDoctypeDeclHandler = self._refused
        self._parser.Parse(self.body, True)

    def _began(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            self.root, self.said = name.rpartition(":")[2], attributes
        elif self._depth == 2 and name.rpartition(":")[2] == "member":
            self._start = self._parser.CurrentByteIndex
        if name.rpartition(":")[2] == "Exception" and self.refusal is None:
            self.refusal = attributes.get("exceptionCode", "?")

    def _ended(self, _name: str) -> None:
        if self._depth == 2 and self._start is not None:
            end = self.body.index(b">", self._parser.CurrentByteIndex) + 1
            self.spans.append((self._start, end))
            self._start = None
        self._depth -= 1

    def _refused(self, *_declared: object) -> None:
        raise _NotThis


def fetch(source: DeclaredSource, terms: Terms, known: Mapping[str, str], folder: Path) -> Fetched | None:
    """All pages, or nothing. Raises NotFetched."""
    caller = Caller(source, terms)
    count, first = 0, None
    with (folder / "file").open("wb") as file:
        for page in _pages(source, caller, folder / "page"):
            if first is None:
                first = page
                file.write(page.head)
            if page.namespaces != first.namespaces:
                raise NotUnderstood(where=caller.where, expected=_EXPECTED)
            file.writelines(page.members)
            count += len(page.members)
        file.write(first.tail if first else b"")
    announced = first.announced if first else None
    if announced is not None and count != announced:
        raise MovedMeanwhile(where=caller.where, expected=announced, received=count)
    return Fetched(f"{source.id}.gml", folder / "file", {}, count, None)


def _pages(source: DeclaredSource, caller: Caller, path: Path) -> Iterator[_Page]:
    """By number: links to further pages are optional in this standard and differ among servers."""
    received = 0
    while True:
        caller.get(_question(source, received), path, {"Accept": "application/gml+xml, text/xml"})
        page = _page(path.read_bytes(), caller)
        yield page
        received += len(page.members)
        is_last = len(page.members) < AT_ONCE if page.announced is None else received >= page.announced
        if is_last or not page.members:
            return


def _page(body: bytes, caller: Caller) -> _Page:
    try:
        page = _Page(body)
    except (expat.ExpatError, ValueError, _NotThis) as cause:
        raise NotUnderstood(where=caller.where, expected=_EXPECTED) from cause
    if page.root == "ExceptionReport":
        raise SourceRefused(where=caller.where, answer=page.refusal or "ExceptionReport")
    if page.root != "FeatureCollection":
        raise NotUnderstood(where=caller.where, expected=_EXPECTED)
    return page


def _question(source: DeclaredSource, start: int) -> str:
    asked = {
        "SERVICE": "WFS",
        "VERSION": "2.0.0",
        "REQUEST": "GetFeature",
        "TYPENAMES": source.layer_there or source.layer,
        "COUNT": str(AT_ONCE),
        "STARTINDEX": str(start),
    }
    if source.declared_crs is not None:
        asked["SRSNAME"] = f"urn:ogc:def:crs:EPSG::{source.declared_crs.srid}"
    return f"{source.address}{'&' if '?' in source.address else '?'}{urlencode(asked)}"


SOURCE = SourceKind(id="wfs", title=Title("WFS 2.0", "WFS 2.0"), fetch=fetch)

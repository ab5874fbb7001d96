"""WFS 2.0: a feature type, page by page, put together as one GML file with each member as it came."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode
from xml.parsers.expat import ExpatError

from importers.source import Fetched, SourceKind, Terms
from importers.sources._http import Caller
from importers.unfetched import MovedMeanwhile, NotUnderstood, SourceRefused
from layers.core.declared_source import DeclaredSource
from layers.core.wfs_page import WfsPage
from layers.core.words import Title

AT_ONCE = 2_000
_EXPECTED = "GML (WFS 2.0)"


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


def _pages(source: DeclaredSource, caller: Caller, path: Path) -> Iterator[WfsPage]:
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


def _page(body: bytes, caller: Caller) -> WfsPage:
    try:
        page = WfsPage(body)
    except (ExpatError, ValueError) as cause:
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

"""OGC API Features: a collection, page by page, put together as one GeoJSON file with each feature as it came."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO
from urllib.parse import urlencode, urljoin

import msgspec
from pyproj import CRS
from pyproj.exceptions import CRSError

from importers.source import Fetched, SourceKind, Terms
from importers.sources._http import Caller
from importers.unfetched import MovedMeanwhile, NotUnderstood
from layers.core.declared_crs import DeclaredCrs
from layers.core.declared_source import DeclaredSource
from layers.core.words import Title

AT_ONCE = 1_000
_EXPECTED = "GeoJSON (OGC API – Features)"


class _Link(msgspec.Struct):
    href: str
    rel: str = ""
    type: str = ""


class _Page(msgspec.Struct, rename="camel"):
    features: list[msgspec.Raw]
    links: list[_Link] = []
    number_matched: int | None = None


def fetch(source: DeclaredSource, terms: Terms, known: Mapping[str, str], folder: Path) -> Fetched | None:
    """All pages, or nothing. Raises NotFetched."""
    caller = Caller(source, terms)
    count, announced = 0, None
    with (folder / "file").open("wb") as file:
        file.write(b'{"type":"FeatureCollection","features":[')
        for page in _pages(source, caller, folder / "page"):
            announced = page.number_matched if announced is None else announced
            count = _write(page, file, count)
        file.write(b"\n]}\n")
    if announced is not None and count != announced:
        raise MovedMeanwhile(where=caller.where, expected=announced, received=count)
    return Fetched(f"{source.id}.geojson", folder / "file", {}, count, _as_written(source))


def _pages(source: DeclaredSource, caller: Caller, path: Path) -> Iterator[_Page]:
    url: str | None = _first(source)
    asked: set[str] = set()
    while url is not None:
        if url in asked:
            raise NotUnderstood(where=caller.where, expected=_EXPECTED)
        asked.add(url)
        answer = caller.get(url, path, {"Accept": "application/geo+json, application/json;q=0.5"})
        try:
            page = msgspec.json.decode(path.read_bytes(), type=_Page)
        except (msgspec.DecodeError, UnicodeDecodeError) as cause:
            raise NotUnderstood(where=caller.where, expected=_EXPECTED) from cause
        if answer is None or not _is_in_asked_system(source, answer.headers.get("Content-Crs")):
            raise NotUnderstood(where=caller.where, expected=f"{_EXPECTED}, EPSG:{source.crs}")
        yield page
        following = next((link.href for link in page.links if link.rel == "next" and "html" not in link.type), None)
        # An empty page with a further one behind it would lead on without end.
        url = urljoin(url, following) if following and page.features else None


def _first(source: DeclaredSource) -> str:
    base, _, given = source.address.partition("?")
    items = base if base.rstrip("/").endswith("/items") else f"{base.rstrip('/')}/items"
    asked = {"limit": str(AT_ONCE)}
    if source.declared_crs is not None:
        asked["crs"] = _uri(source.declared_crs)
    return f"{items}?{'&'.join(filter(None, (given, urlencode(asked))))}"


def _uri(declared: DeclaredCrs) -> str:
    return f"http://www.opengis.net/def/crs/EPSG/0/{declared.srid}"


def _is_in_asked_system(source: DeclaredSource, said: str | None) -> bool:
    """A server that does not know the parameter answers in degrees: its numbers would be taken for others."""
    return source.declared_crs is None or (said or "").strip("<>") == _uri(source.declared_crs)


def _as_written(source: DeclaredSource) -> DeclaredCrs | None:
    """The standard has coordinates in the order that the system defines."""
    if source.declared_crs is None:
        return None
    try:
        first = CRS.from_epsg(source.declared_crs.srid).axis_info[0].direction
    except CRSError:
        return source.declared_crs
    return DeclaredCrs(source.declared_crs.srid, is_swapped=first in ("north", "south"))


def _write(page: _Page, file: IO[bytes], count: int) -> int:
    for feature in page.features:
        file.write(b",\n" if count else b"\n")
        file.write(feature)
        count += 1
    return count


SOURCE = SourceKind(id="ogc_api_features", title=Title("OGC API Features", "OGC API Features"), fetch=fetch)

"""OGC API - Tiles 1, Tilesets List."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.service import Service, document, is_absolute, link
from conformance.tilesets import MVT, REL, lists

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list", __name__)


@requirement(
    "/req/tilesets-list/tileset-links",
    "Each entry says kind of data, system, grid and limits, and links by whole addresses to itself, grid and tiles.",
)
def entries(service: Service) -> Iterator[str]:
    for listed in lists(service):
        for one in listed["tilesets"]:
            for name in ("title", "dataType", "crs", "tileMatrixSetURI", "tileMatrixSetId", "tileMatrixSetLimits"):
                if not one.get(name):
                    yield f"{one.get('title')}: no {name}"
            yield from (f"{other['href']} is not absolute" for other in one["links"] if not is_absolute(other["href"]))
            if not link(one, "item", MVT).get("templated"):
                yield f"{one.get('title')}: its template is not called so"
            yield from service.get(link(one, f"{REL}/tiling-scheme")["href"]).not_being(200)


@requirement(
    "/req/tilesets-list/tileset-links (content)",
    "What an entry says is what the tileset says, and its address ends with the grid's name.",
)
def content(service: Service) -> Iterator[str]:
    for listed in lists(service):
        for one in listed["tilesets"]:
            own = link(one, "self")["href"]
            whole = document(service.get(own))
            yield from (f"{own}: {name} differs" for name in one if one[name] != whole.get(name))
            if own.partition("?")[0].rpartition("/")[2] != one.get("tileMatrixSetId"):
                yield f"{own} does not end with {one.get('tileMatrixSetId')}"

"""OGC API - Tiles 1, GeoData Tilesets: tiles of single collections."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.features import all_collections
from conformance.service import Service, link
from conformance.tilesets import REL, undescribed

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets", __name__)
_SUFFIXES = ("collection.vector.getTileSetsList", "collection.vector.getTileSet", "collection.vector.getTile")


@requirement("/req/geodata-tilesets/desc-links", "Each collection links to its list of tilesets.")
def linked(service: Service) -> Iterator[str]:
    for one in all_collections(service):
        yield from service.get(link(one.about, f"{REL}/tilesets-vector")["href"]).not_being(200, "application/json")


@requirement(
    "/req/geodata-tilesets/operation",
    "Lists, tilesets and tiles of collections are described under the names that the standard gives.",
)
def operations(service: Service) -> Iterator[str]:
    yield from undescribed(service, _SUFFIXES)

"""OGC API - Tiles 1, Dataset Tilesets: tiles of all collections together."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.service import Service, document, link
from conformance.tilesets import REL, address_of, deepest, layers_of, place_of, tiled, undescribed

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/dataset-tilesets", __name__)
_SUFFIXES = ("dataset.vector.getTileSetsList", "dataset.vector.getTileSet", "dataset.vector.getTile")


@requirement("/req/dataset-tilesets/landingpage", "The landing page links to the list of tilesets.")
def linked(service: Service) -> Iterator[str]:
    yield from service.get(link(service.landing, f"{REL}/tilesets-vector")["href"]).not_being(200, "application/json")


@requirement(
    "/req/dataset-tilesets/operation",
    "Lists, tilesets and tiles of the dataset are described under the names that the standard gives.",
)
def operations(service: Service) -> Iterator[str]:
    yield from undescribed(service, _SUFFIXES)


@requirement(
    "/req/dataset-tilesets/operation (content)",
    "A tile of the dataset holds what the tiles of its collections hold there.",
)
def content(service: Service) -> Iterator[str]:
    listed = document(service.get(link(service.landing, f"{REL}/tilesets-vector")["href"]))
    whole = document(service.get(link(listed["tilesets"][0], "self")["href"]))
    for collection, own in tiled(service):
        place = place_of(collection.sample[0], deepest(own, collection.id))
        together = layers_of(service.get(address_of(whole, place)).body)
        for name, layer in layers_of(service.get(address_of(own, place)).body).items():
            if together.get(name) != layer:
                yield f"{collection.id}: {name} differs at {place}"

"""OGC API - Tiles 1, Collections Selection."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.service import Service, document, link
from conformance.tilesets import REL, address_of, deepest, layers_of, place_of, tiled

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/collections-selection", __name__)


@requirement(
    "/req/collections-selection/collections-definition",
    "“collections” is described for tilesets and tiles of the dataset.",
)
def definition(service: Service) -> Iterator[str]:
    for _path, _method, about in service.operations():
        is_meant = about["operationId"] in ("dataset.vector.getTileSet", "dataset.vector.getTile")
        if is_meant and "collections" not in {one["name"] for one in about["parameters"]}:
            yield about["operationId"]


@requirement(
    "/req/collections-selection/collections-response",
    "Only those collections are in the tile; one that is not there is refused.",
)
def response(service: Service) -> Iterator[str]:
    listed = document(service.get(link(service.landing, f"{REL}/tilesets-vector")["href"]))
    whole = document(service.get(link(listed["tilesets"][0], "self")["href"]))
    for collection, own in tiled(service):
        place = place_of(collection.sample[0], deepest(own, collection.id))
        alone = service.get(address_of(whole, place), collections=collection.id)
        yield from alone.not_being(200)
        if layers_of(alone.body) != layers_of(service.get(address_of(own, place)).body):
            yield f"{collection.id}: something else at {place}"
    yield from service.get(link(whole, "self")["href"], collections="nothing").not_being(400)

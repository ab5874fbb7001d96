"""OGC API - Tiles 1, Core: a tile by matrix, row and column."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.service import Document, Service
from conformance.tilesets import MVT, Place, address_of, deepest, place_of, tiled, tilesets

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core", __name__)
_HUGE = (2**31, 2**63, 10**30)


@requirement("/req/core/tc-op", "A tile is to be had by GET at the address of the template.")
def operation(service: Service) -> Iterator[str]:
    for collection, tileset in tiled(service):
        place = place_of(collection.sample[0], deepest(tileset, collection.id))
        yield from service.get(address_of(tileset, place)).not_being(200, MVT)


@requirement("/req/core/tc-tilematrix-definition", "“tileMatrix” is described as a required part of the address.")
def matrix(service: Service) -> Iterator[str]:
    yield from _described(service, "tileMatrix")


@requirement("/req/core/tc-tilerow-definition", "“tileRow” is described as a required whole number of the address.")
def row(service: Service) -> Iterator[str]:
    yield from _described(service, "tileRow")


@requirement("/req/core/tc-tilecol-definition", "“tileCol” is described as a required whole number of the address.")
def column(service: Service) -> Iterator[str]:
    yield from _described(service, "tileCol")


@requirement("/req/core/tc-success", "Inside the limits a tile is 200 with content or 204 without.")
def success(service: Service) -> Iterator[str]:
    for tileset in tilesets(service):
        for limits in tileset["tileMatrixSetLimits"]:
            place = Place(int(limits["tileMatrix"]), limits["minTileRow"], limits["maxTileCol"])
            answer = service.get(address_of(tileset, place))
            if (answer.status, bool(answer.body)) not in ((200, True), (204, False)):
                yield f"{answer.address} is answered with {answer.status} and {len(answer.body)} bytes"


@requirement(
    "/req/core/tc-error",
    "Outside the grid it is 404, however large the numbers; inside it but beyond the limits it is empty or 404.",
)
def outside(service: Service) -> Iterator[str]:
    for tileset in tilesets(service):
        zoom = int(tileset["tileMatrixSetLimits"][-1]["tileMatrix"])
        for far in (2**zoom, *_HUGE):
            for place in (Place(zoom, far, 0), Place(zoom, 0, far), Place(far, 0, 0)):
                answer = service.get(address_of(tileset, place))
                yield from answer.not_being(404, "application/problem+json")
        for corner in (Place(zoom, 0, 0), Place(zoom, 2**zoom - 1, 2**zoom - 1)):
            if service.get(address_of(tileset, corner)).status not in (204, 404):
                yield f"{address_of(tileset, corner)} shows something"


@requirement("/req/core/conformance-success", "This class is declared.")
def declared(service: Service) -> Iterator[str]:
    if CLASS.uri not in {*service.get("/conformance").json["conformsTo"]}:
        yield f"{CLASS.uri} is missing"


def _described(service: Service, name: str) -> Iterator[str]:
    found = [about for _path, _method, about in service.operations() if about["operationId"].endswith(".getTile")]
    if not found:
        yield "no operation is called “….getTile”"
    for about in found:
        parameter: Document = next((one for one in about["parameters"] if one["name"] == name), {})
        if parameter.get("in") != "path" or not parameter.get("required"):
            yield f"{about['operationId']}: {parameter}"

"""OGC API - Tiles 1, Tileset: what tiles hold and cover."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.service import Service, is_absolute, link, links
from conformance.tilesets import MVT, REL, tiled, tilesets

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset", __name__)
_VARIABLES = ("{tileMatrix}", "{tileRow}", "{tileCol}")


@requirement(
    "/req/tileset/description",
    "It says kind of data, system, grid, limits and layers, and links to its grid and itself.",
)
def description(service: Service) -> Iterator[str]:
    for tileset in tilesets(service):
        own = link(tileset, "self")["href"]
        for name in ("title", "dataType", "crs", "tileMatrixSetURI", "tileMatrixSetLimits", "boundingBox", "layers"):
            if not tileset.get(name):
                yield f"{own}: no {name}"
        grid = service.get(link(tileset, f"{REL}/tiling-scheme")["href"])
        yield from grid.not_being(200, "application/json")


@requirement(
    "/req/tileset/description (template)",
    "Its template is called so, has the three variables and the type of the tiles.",
)
def template(service: Service) -> Iterator[str]:
    for tileset in tilesets(service):
        for one in links(tileset, "item"):
            lacks = [name for name in _VARIABLES if name not in one["href"]]
            if lacks or one.get("templated") is not True or one.get("type") != MVT or not is_absolute(one["href"]):
                yield f"{one}"


@requirement(
    "/req/tileset/description (limits)", "Its limits follow the zooms that its layers have, and hold its bounding box."
)
def limits(service: Service) -> Iterator[str]:
    for tileset in tilesets(service):
        zooms = [int(one["tileMatrix"]) for one in tileset["tileMatrixSetLimits"]]
        least = min(int(one["minTileMatrix"]) for one in tileset["layers"])
        most = max(int(one["maxTileMatrix"]) for one in tileset["layers"])
        if zooms != list(range(least, most + 1)):
            yield f"{link(tileset, 'self')['href']}: {zooms}, layers {least} to {most}"


@requirement("/req/tileset/description (layers)", "Each layer says its kind of shape and the schema of its fields.")
def layers(service: Service) -> Iterator[str]:
    for collection, tileset in tiled(service):
        for one in tileset["layers"]:
            if one.get("geometryDimension") not in (0, 1, 2) or "properties" not in one.get("propertiesSchema", {}):
                yield f"{collection.id}: {one['id']}"

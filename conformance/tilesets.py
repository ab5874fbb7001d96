"""Tilesets, and the tiles that features are drawn in."""

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import mapbox_vector_tile
import morecantile

from conformance.features import Collection, filled
from conformance.geometry import shape_of
from conformance.service import Document, NotAnswered, Service, document, link, links

REL = "http://www.opengis.net/def/rel/ogc/1.0"
MVT = "application/vnd.mapbox-vector-tile"
GRID = morecantile.tms.get("WebMercatorQuad")


@dataclass(frozen=True)
class Place:
    """A tile of a grid as OGC API Tiles counts: row before column."""

    matrix: int
    row: int
    column: int

    @property
    def tile(self) -> morecantile.Tile:
        """As the library counts."""
        return morecantile.Tile(self.column, self.row, self.matrix)


def lists(service: Service) -> Iterator[Document]:
    """Lists of tilesets: of the whole dataset, and of each collection that has tiles."""
    for owner in (service.landing, *service.collections):
        for one in links(owner, f"{REL}/tilesets-vector"):
            yield document(service.get(one["href"]))


def tilesets(service: Service) -> Iterator[Document]:
    """All of them, whole."""
    for listed in lists(service):
        for one in listed["tilesets"]:
            yield document(service.get(link(one, "self")["href"]))


def tileset_of(collection: Collection) -> Document:
    """The vector tiles of a collection. Raises NotAnswered."""
    listed = document(collection.service.get(link(collection.about, f"{REL}/tilesets-vector")["href"]))
    return document(collection.service.get(link(listed["tilesets"][0], "self")["href"]))


def tiled(service: Service) -> Iterator[tuple[Collection, Document]]:
    """Collections with features and tiles."""
    for collection in filled(service):
        try:
            yield collection, tileset_of(collection)
        except NotAnswered:
            continue


def deepest(tileset: Document, layer: str) -> int:
    """The largest zoom that shows a layer."""
    return next(int(one["maxTileMatrix"]) for one in tileset["layers"] if one["id"] == layer)


def place_of(feature: Document, zoom: int) -> Place:
    """The tile that a point of the feature lies in."""
    point = shape_of(feature).representative_point()
    found = GRID.tile(point.x, point.y, zoom)
    return Place(zoom, found.y, found.x)


def address_of(tileset: Document, place: Place) -> str:
    """By the template of the tileset."""
    template: str = link(tileset, "item", MVT)["href"]
    for name, value in (("tileMatrix", place.matrix), ("tileRow", place.row), ("tileCol", place.column)):
        template = template.replace(f"{{{name}}}", str(value))
    return template


def layers_of(body: bytes) -> dict[str, Any]:
    """Of a tile, compressed or not."""
    plain = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
    found: dict[str, Any] = mapbox_vector_tile.decode(plain, default_options={"y_coord_down": True})
    return found


def undescribed(service: Service, suffixes: Iterable[str]) -> Iterator[str]:
    """A sentence for each name of the standard that no operation of the description ends with."""
    names = [about["operationId"] for _path, _method, about in service.operations()]
    for suffix in suffixes:
        if not any(name == suffix or name.endswith(f".{suffix}") for name in names):
            yield f"no operation is called “….{suffix}”"

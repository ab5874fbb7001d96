"""What OGC API – Tiles says of our tiles: the grid, how much of it they cover, what they hold."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import morecantile

from gisserver.style import lonlat_bounds
from gisserver.tile_fields import tile_field
from gisserver.tiles.reply import MEDIA_TYPE
from layers.core.layer import Layer, Shape
from layers.core.levels import span
from layers.core.profile import Profile
from layers.core.tiles import TilePart, tile_parts
from layers.core.tiles.address import tile_at

GRID = "WebMercatorQuad"
GRID_URI = f"http://www.opengis.net/def/tilematrixset/OGC/1.0/{GRID}"
CRS = "http://www.opengis.net/def/crs/EPSG/0/3857"
CRS_OF_BOUNDS = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
TILEJSON = "application/vnd.mapbox.tilejson+json"
_REL = "http://www.opengis.net/def/rel/ogc/1.0"
TILESETS_REL = f"{_REL}/tilesets-vector"
GRIDS_REL = f"{_REL}/tiling-schemes"
STYLES_REL = f"{_REL}/styles"

Link = dict[str, Any]


@dataclass(frozen=True)
class Tileset:
    """Tiles of one layer, or of several in one."""

    title: str
    layers: Sequence[Layer]
    address: str
    """Of its metadata; tiles are below it."""
    tilejson: str | None = None
    query: str = ""
    """What the address of a tile ends with, "?" included."""

    @property
    def zooms(self) -> range:
        """From the first to the last zoom that any of the layers has."""
        return span(layer.tile_zooms for layer in self.layers)


def grid_definition() -> dict[str, Any]:
    """WebMercatorQuad as the tile matrix set standard defines it."""
    grid = morecantile.tms.get(GRID)
    return grid.model_dump(mode="json", by_alias=True, exclude_none=True)


def listed(tileset: Tileset, grids: str, profile: Profile) -> dict[str, Any]:
    """The entry of a list of tilesets, with all that a client needs to ask for tiles."""
    return {
        "title": tileset.title,
        "dataType": "vector",
        "crs": CRS,
        "tileMatrixSetId": GRID,
        "tileMatrixSetURI": GRID_URI,
        "tileMatrixSetLimits": [_limits(profile, zoom) for zoom in tileset.zooms],
        "links": list(_links(tileset, grids)),
    }


def metadata(tileset: Tileset, grids: str, profile: Profile, language: str) -> dict[str, Any]:
    """All of it: limits by zoom, and each MVT layer with its fields."""
    west, south, east, north = lonlat_bounds(profile)
    return {
        **listed(tileset, grids, profile),
        "boundingBox": {"lowerLeft": [west, south], "upperRight": [east, north], "crs": CRS_OF_BOUNDS},
        "centerPoint": {
            "coordinates": list(profile.center_lonlat),
            "crs": CRS_OF_BOUNDS,
            "tileMatrix": str(tileset.zooms.start),
        },
        "layers": list(_contents(tileset.layers, language)),
    }


def _links(tileset: Tileset, grids: str) -> Iterator[Link]:
    template = f"{tileset.address}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}{tileset.query}"
    yield {"rel": "self", "type": "application/json", "href": tileset.address}
    yield {"rel": "item", "type": MEDIA_TYPE, "href": template, "templated": True}
    yield {"rel": f"{_REL}/tiling-scheme", "type": "application/json", "href": f"{grids}/{GRID}"}
    if tileset.tilejson is not None:
        yield {"rel": "alternate", "type": TILEJSON, "href": tileset.tilejson}


def _limits(profile: Profile, zoom: int) -> dict[str, Any]:
    west, south, east, north = lonlat_bounds(profile)
    first, last = tile_at(west, north, zoom), tile_at(east, south, zoom)
    return {
        "tileMatrix": str(zoom),
        "minTileRow": first.y,
        "maxTileRow": last.y,
        "minTileCol": first.x,
        "maxTileCol": last.x,
    }


def _contents(layers: Iterable[Layer], language: str) -> Iterator[dict[str, Any]]:
    for layer in layers:
        for part in tile_parts(layer):
            yield {
                "id": part.id,
                "title": layer.title.in_language(language),
                "description": layer.description.in_language(language),
                "dataType": "vector",
                "geometryDimension": {Shape.POINT: 0, Shape.LINES: 1, Shape.POLYGONS: 2}[part.shape],
                "minTileMatrix": str(part.zooms.start),
                "maxTileMatrix": str(part.zooms.stop - 1),
                "propertiesSchema": _schema(layer, part, language),
            }


def _schema(layer: Layer, part: TilePart, language: str) -> dict[str, Any]:
    fields = {name: tile_field(layer, name, language) for name in part.fields}
    return {
        "type": "object",
        "properties": {name: {"title": field.title, **field.schema} for name, field in fields.items()},
    }

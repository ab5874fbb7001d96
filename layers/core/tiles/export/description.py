"""What a file of tiles says about itself."""

import datetime
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

from layers.core.epochs import Epoch
from layers.core.layer import Layer
from layers.core.profile import Profile
from layers.core.tiles.address import TileAddress
from layers.core.tiles.contents import TilePart, tile_parts
from layers.core.tiles.export.places import TilePlace
from layers.core.tiles.export.wish import ExportWish

_KINDS = {"integer": "Number", "number": "Number", "boolean": "Boolean"}
_NUMBERS_OF_LEVELS = frozenset({"district_id", "n", "area_m2", "length_m"})


@dataclass(frozen=True)
class Bounds:
    """Sides in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        """Borders included."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north


@dataclass(frozen=True)
class TilesetDescription:
    """Name, extent and contents; each format writes it in its own way."""

    name: str
    description: str
    attribution: str
    bounds: Bounds
    center: tuple[float, float, int]
    """Longitude, latitude and zoom that a viewer begins with."""
    zooms: range
    layers: tuple[str, ...]
    vector_layers: tuple[dict[str, Any], ...]
    epoch: int
    published_at: datetime.datetime | None

    @property
    def origin(self) -> dict[str, str]:
        """Which publish the tiles are of and what wrote them."""
        published = {"published_at": self.published_at.isoformat()} if self.published_at else {}
        return {"epoch": str(self.epoch), **published, "generator": generator()}

    @property
    def vector_layers_json(self) -> str:
        """As the metadata of MBTiles spells it."""
        return json.dumps({"vector_layers": self.vector_layers}, ensure_ascii=False)


@cache
def generator() -> str:
    """What writes the files: another release may write them differently."""
    return f"gisserver {version('gisserver')}"


def describe(profile: Profile, wish: ExportWish, places: Sequence[TilePlace], epoch: Epoch) -> TilesetDescription:
    """The description of the tiles at these places; there is at least one."""
    language = profile.languages[0]
    district = profile.district(wish.district_id) if wish.district_id is not None else None
    title = profile.title(language)
    bounds = _bounds(_finest(places))
    zooms = range(places[0].address.z, places[-1].address.z + 1)
    parts = (_vector_layer(layer, part, language) for layer in wish.layers for part in tile_parts(layer))
    return TilesetDescription(
        name=f"{title}: {district.name}" if district else title,
        description=", ".join(layer.title.in_language(language) for layer in wish.layers),
        attribution=", ".join((title, *profile.credits)),
        bounds=bounds,
        center=(*_middle(bounds, profile), _zoom_that_shows(bounds, zooms)),
        zooms=zooms,
        layers=tuple(layer.id for layer in wish.layers),
        vector_layers=tuple(parts),
        epoch=epoch.number,
        published_at=epoch.published_at,
    )


def _vector_layer(layer: Layer, part: TilePart, language: str) -> dict[str, Any]:
    kinds = {field.name: _KINDS.get(field.kind, "String") for field in layer.fields}
    kinds.update(dict.fromkeys(_NUMBERS_OF_LEVELS, "Number"))
    return {
        "id": part.id,
        "description": layer.description.in_language(language),
        "minzoom": part.zooms.start,
        "maxzoom": part.zooms.stop - 1,
        "fields": {name: kinds.get(name, "String") for name in part.fields},
    }


def _finest(places: Sequence[TilePlace]) -> list[TileAddress]:
    """The last zoom of each layer has the smallest tiles, and so the closest bounds."""
    last = {layer: place.address.z for place in places for layer in place.layers}
    return [place.address for place in places if place.address.z in {last[layer] for layer in place.layers}]


def _bounds(tiles: Iterable[TileAddress]) -> Bounds:
    boxes = [
        (_lon(tile.x, tile.z), _lat(tile.y + 1, tile.z), _lon(tile.x + 1, tile.z), _lat(tile.y, tile.z))
        for tile in tiles
    ]
    west, south, east, north = zip(*boxes, strict=True)
    return Bounds(min(west), min(south), max(east), max(north))


def _lon(x: int, z: int) -> float:
    return round(x / (1 << z) * 360 - 180, 6)


def _lat(y: int, z: int) -> float:
    return round(math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / (1 << z))))), 6)


def _middle(bounds: Bounds, profile: Profile) -> tuple[float, float]:
    """The city's own centre where the file shows it; the middle of a bay would be empty."""
    if bounds.holds(*profile.center_lonlat):
        return profile.center_lonlat
    return (bounds.west + bounds.east) / 2, (bounds.south + bounds.north) / 2


def _zoom_that_shows(bounds: Bounds, zooms: range) -> int:
    """All of it fits on a screen of about two tiles."""
    fitting = math.floor(math.log2(360 / (bounds.east - bounds.west))) + 1
    return min(max(fitting, zooms.start), zooms.stop - 1)

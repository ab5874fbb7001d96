"""OGC API - Tiles 1, Mapbox Vector Tiles."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import shapely

from conformance.check import ConformanceClass, requirement
from conformance.geometry import moved, shape_of
from conformance.service import Document, Service
from conformance.tilesets import GRID, MVT, Place, address_of, deepest, layers_of, place_of, tiled

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt", __name__)
_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_MERCATOR = "http://www.opengis.net/def/crs/EPSG/0/3857"
_UNITS = 2.0
"""Of a tile's grid, that a corner may be moved by rounding."""


@requirement(
    "/req/mvt/content",
    "A tile is called by its type and can be read, with the layers and fields that its tileset names.",
)
def content(service: Service) -> Iterator[str]:
    for collection, tileset in tiled(service):
        named = {one["id"]: one["propertiesSchema"]["properties"] for one in tileset["layers"]}
        place = place_of(collection.sample[0], deepest(tileset, collection.id))
        answer = service.get(address_of(tileset, place), accept=MVT)
        yield from answer.not_being(200, MVT)
        for name, layer in layers_of(answer.body).items():
            fields = {field for feature in layer["features"] for field in feature["properties"]}
            if name not in named or not fields <= set(named[name]):
                yield f"{collection.id}: {name} with {sorted(fields)}"


@requirement(
    "/req/mvt/content (features)",
    "A tile of the deepest zoom shows the features that lie in it, each once, with their values.",
)
def features(service: Service) -> Iterator[str]:
    for collection, tileset in tiled(service):
        place, layer = _drawn(service, tileset, collection.id, collection.sample[0])
        box = GRID.bounds(place.tile)
        found = collection.page(bbox=f"{box.left},{box.bottom},{box.right},{box.top}", limit=10_000)["features"]
        names = _fields(tileset, collection.id)
        expected = Counter(_values(one, names) for one in found if _is_in(one, box))
        shown = Counter(_values(one, names) for one in layer["features"])
        if missing := expected - shown:
            yield f"{collection.id}: not drawn at {place}: {sorted(missing.items(), key=str)[:3]}"
        numbers = [one["id"] for one in layer["features"]]
        if len(numbers) != len(set(numbers)):
            yield f"{collection.id}: a feature is drawn twice at {place}"


@requirement(
    "/req/mvt/content (shapes)",
    "Shapes that lie whole in a tile are those of the features, within two units of its grid.",
)
def shapes(service: Service) -> Iterator[str]:
    for collection, tileset in tiled(service):
        place, layer = _drawn(service, tileset, collection.id, collection.sample[0])
        box = GRID.xy_bounds(place.tile)
        unit = (box.right - box.left) / layer["extent"]
        sight = shapely.box(box.left, box.bottom, box.right, box.top)
        names = _fields(tileset, collection.id)
        drawn = [(_values(one, names), _on_the_ground(one, box, unit)) for one in layer["features"]]
        for feature in collection.sample:
            right = moved(shape_of(feature), _CRS84, _MERCATOR)
            same = [shape for values, shape in drawn if values == _values(feature, names)]
            if not right.within(sight) or not same:
                continue  # cut at an edge, elsewhere, or told by the check of the features
            away = min(_distance(right, shape) for shape in same) / unit
            if away > _UNITS:
                yield f"{collection.id}: {feature['id']} is {away:.1f} units off at {place}"


def _fields(tileset: Document, layer_id: str) -> list[str]:
    """That tiles show of a feature."""
    return next(sorted(one["propertiesSchema"]["properties"]) for one in tileset["layers"] if one["id"] == layer_id)


def _values(feature: Document, names: list[str]) -> tuple[Any, ...]:
    """Of a feature or of what is drawn of it; a tile leaves out what is unknown."""
    return tuple(feature["properties"].get(name) for name in names)


def _distance(one: shapely.Geometry, other: shapely.Geometry) -> float:
    return float("inf") if other.is_empty else float(shapely.hausdorff_distance(one, other))


def _drawn(service: Service, tileset: Document, layer_id: str, feature: Document) -> tuple[Place, dict[str, Any]]:
    place = place_of(feature, deepest(tileset, layer_id))
    return place, layers_of(service.get(address_of(tileset, place)).body)[layer_id]


def _is_in(feature: Document, box: Any) -> bool:
    """Clearly, not by a corner that rounding may move out."""
    inner = shapely.box(box.left, box.bottom, box.right, box.top).buffer(-1e-6)
    return bool(shape_of(feature).intersects(inner))


def _on_the_ground(drawn: dict[str, Any], box: Any, unit: float) -> shapely.Geometry:
    shape = shapely.make_valid(shapely.geometry.shape(drawn["geometry"]))
    return shapely.transform(shape, lambda units: units * (unit, -unit) + (box.left, box.top))

"""What has to be true of a pool's tiles after every publish, found out the long way."""

import gzip
import math
from collections.abc import Iterator
from typing import Any

import mapbox_vector_tile
import numpy as np
import shapely
from numpy.typing import NDArray
from sqlalchemy import Connection, func, literal, select, text

from layers.core.layer import Layer
from layers.core.levels import Counted, Dissolved
from layers.core.registry import Registry
from layers.core.tiles import TileAddress, render
from layers.core.tiles.areas import all_areas, areas_of, recount, redraw_areas
from layers.core.tiles.dissolve import all_groups, dissolve_again

HALF_WORLD = 20037508.342789244
BUFFER = 65 / 4096
STORED = text("SELECT layer_id, z, x, y, body FROM tiles.tile")
KEPT_EXTENTS = text(
    "SELECT layer_id, ST_XMin(box) AS west, ST_YMin(box) AS south, ST_XMax(box) AS east, ST_YMax(box) AS north "
    "FROM (SELECT c.layer_id, ST_Extent(a.geom) AS box FROM tiles.area AS a "
    "        JOIN tiles.count AS c USING (areas, district_id, ref) GROUP BY 1 "
    "      UNION ALL SELECT layer_id, ST_Extent(geom) FROM tiles.dissolved GROUP BY 1) AS shown"
)
KEPT = {
    "blocks": text(
        "SELECT layer_id, level, key, n, area_m2, length_m, fields, ST_AsText(ST_Normalize(outline), 3), "
        "ST_AsText(ST_Normalize(geom), 3), label IS NULL FROM tiles.dissolved ORDER BY 1, 2, 3"
    ),
    "areas": text(
        "SELECT areas, district_id, ref, name, ST_AsText(ST_Normalize(outline), 3), ST_AsText(ST_Normalize(geom), 3) "
        "FROM tiles.area ORDER BY 1, 2, 3"
    ),
    "counts": text(
        "SELECT layer_id, areas, district_id, ref, n, area_m2, length_m, fields "
        "FROM tiles.count WHERE n > 0 ORDER BY 1, 2, 3, 4"
    ),
}
FORGET = tuple(text(f"DELETE FROM tiles.{table}") for table in ("dissolved", "area", "count"))


def stored_tiles(connection: Connection) -> dict[tuple[str, TileAddress], bytes]:
    """Every tile of the pool, by layer and place."""
    return {(row.layer_id, TileAddress(row.z, row.x, row.y)): bytes(row.body) for row in connection.execute(STORED)}


def stale_tiles(connection: Connection, registry: Registry) -> list[tuple[str, TileAddress]]:
    """Tiles that differ from a fresh render, and tiles that are not there although they would show something."""
    stored = stored_tiles(connection)
    asked = _tiles_in_sight(connection, registry)
    for layer_id, address in stored:
        asked[layer_id].add(address)
    return [
        (layer.id, address)
        for layer in registry
        for address, fresh in render(connection, layer, sorted(asked[layer.id]))
        if stored.get((layer.id, address), b"") != fresh
    ]


def _tiles_in_sight(connection: Connection, registry: Registry) -> dict[str, set[TileAddress]]:
    """Every tile of the box around all that a layer shows."""
    found: dict[str, set[TileAddress]] = {layer.id: set() for layer in registry}
    boxes = [tuple(row) for row in connection.execute(KEPT_EXTENTS)]
    for layer in registry:
        box = func.ST_Extent(func.ST_Transform(layer.table.c.geom, 3857))
        sides = (func.ST_XMin(box), func.ST_YMin(box), func.ST_XMax(box), func.ST_YMax(box))
        boxes += [tuple(row) for row in connection.execute(select(literal(layer.id), *sides))]
    for layer_id, *corners in boxes:
        if None not in corners:
            found[layer_id].update(_tiles_of_box(*corners, zooms=registry[layer_id].tile_zooms))
    return found


def _tiles_of_box(west: float, south: float, east: float, north: float, zooms: range) -> Iterator[TileAddress]:
    """Tiles that a box in Web Mercator metres reaches, buffer included."""
    for z in zooms:
        side = 2 * HALF_WORLD / (1 << z)
        columns = _steps((west + HALF_WORLD) / side, (east + HALF_WORLD) / side, z)
        rows = _steps((HALF_WORLD - north) / side, (HALF_WORLD - south) / side, z)
        yield from (TileAddress(z, x, y) for x in columns for y in rows)


def _steps(start: float, end: float, z: int) -> range:
    return range(max(0, math.floor(start - BUFFER)), min(1 << z, math.floor(end + BUFFER) + 1))


def kept_shapes(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """What low zooms are drawn from."""
    return {name: [tuple(row) for row in connection.execute(statement)] for name, statement in KEPT.items()}


def shapes_from_scratch(connection: Connection, registry: Registry) -> dict[str, list[tuple[Any, ...]]]:
    """The same as it would be if all of it were made now; the pool stays as it is."""
    with connection.begin_nested() as attempt:
        for statement in FORGET:
            connection.execute(statement)
        for areas, zooms in areas_of(registry).items():
            redraw_areas(connection, areas, zooms, 0)
        for layer in registry:
            _make_levels(connection, layer)
        made = kept_shapes(connection)
        attempt.rollback()
    return made


def _make_levels(connection: Connection, layer: Layer) -> None:
    districts = connection.execute(text("SELECT DISTINCT district_id FROM pool.counter")).scalars().all()
    for level in layer.levels:
        if isinstance(level, Counted):
            recount(connection, layer, level, all_areas(connection, level), 0)
            continue
        for district_id in districts:
            dissolve_again(connection, layer, level, 0, all_groups(connection, layer, level, district_id))


def features_shown(
    connection: Connection, layer: Layer, mvt_id: str, zoom: int
) -> list[tuple[TileAddress, dict[str, Any]]]:
    """Properties of each feature that an MVT layer shows, with its tile, over all stored tiles of a zoom."""
    return [
        (address, feature["properties"])
        for (layer_id, address), body in sorted(stored_tiles(connection).items())
        if layer_id == layer.id and address.z == zoom and body
        for feature in _features(body, mvt_id)
    ]


def dissolved_levels(registry: Registry) -> Iterator[tuple[Layer, Dissolved]]:
    """Each layer with a level of groups."""
    for layer in registry:
        for level in layer.levels:
            if isinstance(level, Dissolved):
                yield layer, level


def counted_levels(registry: Registry) -> Iterator[tuple[Layer, Counted]]:
    """Each layer with a level of counts."""
    for layer in registry:
        for level in layer.levels:
            if isinstance(level, Counted):
                yield layer, level


def overlap(shapes: NDArray[np.object_]) -> float:
    """Ground that two shapes both cover."""
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = first < second
    return float(shapely.area(shapely.intersection(shapes[first[pairs]], shapes[second[pairs]])).sum())


def _features(body: bytes, mvt_id: str) -> list[dict[str, Any]]:
    found = mapbox_vector_tile.decode(gzip.decompress(body)).get(mvt_id, {"features": []})
    return list(found["features"])

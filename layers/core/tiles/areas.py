"""Keeping the neighbourhoods and districts that features are counted in, and their counts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import shapely
from sqlalchemy import Connection, text

from layers.core.layer import Layer
from layers.core.levels import Counted, span
from layers.core.rows import execute_rows
from layers.core.tiles.address import TileAddress
from layers.core.tiles.reached import tiles_of_shapes
from sql import query

TOLERANCE_M = {"neighbourhoods": 30.0, "districts": 150.0}
"""How much of a border may go: about half a pixel of a sharp screen at the last zoom that is counted."""
_TOLERANCE_OTHERWISE_M = 30.0


@dataclass(frozen=True, order=True)
class AreaKey:
    """A neighbourhood or district; ref '' is what no neighbourhood of the district covers."""

    district_id: int
    ref: str


def areas_of(layers: Iterable[Layer]) -> dict[str, range]:
    """The layers whose polygons others are counted in, and the zooms at which they are."""
    found: dict[str, range] = {}
    for level in (level for layer in layers for level in layer.levels if isinstance(level, Counted)):
        found[level.areas] = span((level.zooms, found.get(level.areas, level.zooms)))
    return found


@dataclass(frozen=True)
class Redrawn:
    """What a publish of an area layer did."""

    keys: frozenset[AreaKey]
    """Areas in which features have to be counted anew."""
    tiles: frozenset[TileAddress]
    """Those that shapes drawn otherwise reach, before and after."""


def redraw_areas(connection: Connection, areas: str, zooms: range, epoch: int) -> Redrawn:
    """Take over an area layer as it is published now; the tiles returned are those of `zooms`.

    All its areas are simplified together, so that neighbours neither gap nor overlap.
    """
    wanted = connection.execute(text(query("low_zooms.area_outlines")), {"areas": areas, "epoch": epoch}).all()
    outlines = shapely.from_wkb([bytes(row.outline) for row in wanted])
    shapes = shapely.coverage_simplify(outlines, TOLERANCE_M.get(areas, _TOLERANCE_OTHERWISE_M))
    rows = [
        (areas, row.ref, row.district_id, row.name, epoch, bytes(row.outline), shape)
        for row, shape in zip(wanted, shapely.to_wkb(shapes), strict=True)
    ]
    gone = connection.execute(
        text(query("low_zooms.drop_areas")),
        {"areas": areas, "districts": [row.district_id for row in wanted], "refs": [row.ref for row in wanted]},
    ).all()
    changed = [*gone, *execute_rows(connection, query("low_zooms.keep_areas"), rows)]
    shown = [bytes(shape) for row in changed for shape in (row.before, row.after) if shape is not None]
    return Redrawn(
        frozenset(AreaKey(row.district_id, row.ref) for row in changed if row.has_moved),
        frozenset(tiles_of_shapes(connection, shown, zooms)),
    )


def recount(
    connection: Connection, layer: Layer, level: Counted, keys: Collection[AreaKey], epoch: int
) -> set[TileAddress]:
    """Count anew in the areas named; returns the tiles that may differ."""
    if not keys:
        return set()
    listed = sorted(keys)
    rows = connection.execute(
        text(query("low_zooms.recount")),
        {
            "layer": layer.id,
            "areas": level.areas,
            "districts": [key.district_id for key in listed],
            "refs": [key.ref for key in listed],
            "prevailing": level.prevailing,
            "epoch": epoch,
        },
    )
    return tiles_of_shapes(connection, [bytes(row.geom) for row in rows], level.zooms)


def moved_areas(
    connection: Connection, layer: Layer, level: Counted, epoch: int, *, is_large: bool = False
) -> set[AreaKey]:
    """Areas whose counts `epoch` may have changed."""
    about = {"layer": layer.id, "areas": level.areas, "epoch": epoch, "is_large": is_large}
    rows = connection.execute(text(query("low_zooms.moved_areas")), about)
    return {AreaKey(row.district_id, row.ref) for row in rows}


def all_areas(connection: Connection, level: Counted) -> set[AreaKey]:
    """Every area of the level."""
    rows = connection.execute(text(query("low_zooms.all_areas")), {"areas": level.areas})
    return {AreaKey(row.district_id, row.ref) for row in rows}

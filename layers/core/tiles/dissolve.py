"""Keeping the groups that low zooms draw as one shape."""

from collections.abc import Sequence
from typing import Any

import shapely
from psycopg2.extras import Json
from sqlalchemy import Connection, Row, text

from layers.core.layer import Layer, Shape
from layers.core.levels import Dissolved
from layers.core.rows import execute_rows
from layers.core.tiles.address import TileAddress
from layers.core.tiles.level_sql import level_parameters
from layers.core.tiles.reached import tiles_of_shapes
from sql import query

_AT_ONCE = 20_000
"""Groups held in memory: a large district has about as many."""


def dissolve_again(
    connection: Connection, layer: Layer, level: Dissolved, epoch: int, keys: Sequence[str] | None = None
) -> set[TileAddress]:
    """Make the groups that `epoch` touched anew, or those with the keys given; returns the tiles that may differ."""
    about = level_parameters(layer, level)
    if keys is None:
        keys = connection.execute(text(query("low_zooms.moved_groups")), {**about, "epoch": epoch}).scalars().all()
    touched: set[TileAddress] = set()
    for start in range(0, len(keys), _AT_ONCE):
        touched |= _dissolve(connection, layer, level, about, epoch, list(keys[start : start + _AT_ONCE]))
    return touched


def all_groups(connection: Connection, layer: Layer, level: Dissolved, district_id: int) -> list[str]:
    """Keys of a district's groups: those of its features, and those kept that may have none any more."""
    about = {**level_parameters(layer, level), "district": district_id}
    return list(connection.execute(text(query("low_zooms.all_groups")), about).scalars())


def _dissolve(
    connection: Connection, layer: Layer, level: Dissolved, about: dict[str, Any], epoch: int, keys: list[str]
) -> set[TileAddress]:
    made = connection.execute(text(query("low_zooms.groups")), {**about, "keys": keys}).all()
    near = _neighbours(connection, about, keys, made)
    gone = sorted({*keys} - {row.key for row in made})
    dropped = connection.execute(text(query("low_zooms.drop_groups")), {**about, "keys": gone}).all()
    outlines = shapely.from_wkb([bytes(row.outline) for row in (*made, *near)])
    if layer.shape == Shape.POLYGONS:
        shapes = shapely.coverage_simplify(outlines, level.tolerance_m)
    else:
        shapes = shapely.simplify(outlines, level.tolerance_m)
    drawn = [
        (row, shape) for row, shape in zip((*made, *near), shapely.to_wkb(shapes), strict=True) if not row.is_context
    ]
    changed = _keep(connection, about, level.labels_from is not None, epoch, drawn)
    return tiles_of_shapes(connection, [bytes(row.box) for row in (*dropped, *changed)], level.zooms)


def _neighbours(
    connection: Connection, about: dict[str, Any], keys: list[str], made: Sequence[Row[Any]]
) -> Sequence[Row[Any]]:
    """Groups of the same districts that share a border with the ones made, and the neighbours of those as context.

    A border is simplified alike from both sides only if both shapes are looked at together. A shape of the
    context lacks some of its own neighbours and is therefore not kept.
    """
    outlines = [bytes(row.outline) for row in made]
    return connection.execute(text(query("low_zooms.neighbours")), {**about, "keys": keys, "outlines": outlines}).all()


def _keep(
    connection: Connection, about: dict[str, Any], has_labels: bool, epoch: int, drawn: list[tuple[Row[Any], bytes]]
) -> list[Any]:
    rows = [
        (
            about["layer"], about["level"], row.key, row.district_id, row.n, row.area_m2, row.length_m,
            Json(row.fields), epoch, bytes(row.outline), shape, has_labels,
        )
        for row, shape in drawn
    ]  # fmt: skip
    return execute_rows(connection, query("low_zooms.keep_groups"), rows)

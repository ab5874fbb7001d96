"""What of a layer lies in a box, to be drawn in the storage system: shapes as they are, cut to the box."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry
from sqlalchemy import ColumnElement, Connection, LargeBinary, Row, func, select, text

from layers.core.crs import epsg
from layers.core.layer import Shape
from layers.core.levels import Counted, Level
from layers.core.query.ground import shape_in_storage
from layers.core.query.properties import ReadableLayer
from layers.core.versions import rows_of
from sql import query


class TooManyToDraw(Exception):
    """More lies in the box than one asked for."""


@dataclass(frozen=True)
class Drawn:
    """Shapes and, in the same order, what is told of each."""

    shapes: NDArray[np.object_]
    told: Sequence[dict[str, Any]]

    def __len__(self) -> int:
        return len(self.told)


def drawn_features(
    connection: Connection,
    readable: ReadableLayer,
    box: Geometry,
    *,
    names: Iterable[str],
    as_of: int | None,
    most: int,
) -> Drawn:
    """The features themselves, in a lasting order; fields that the reader may not see stay away."""
    layer = readable.layer
    rows = rows_of(layer, as_of)
    seen = [name for name in sorted(set(names)) if readable.property_named(name)]
    cut = shape_in_storage(box, epsg(readable.profile.storage_srid), readable.storage)
    geom: ColumnElement[Any] = rows.c.geom
    shape = geom if layer.shape == Shape.POINT else func.ST_ClipByBox2D(geom, func.box2d(cut))
    statement = (
        select(rows.c.id, func.ST_AsBinary(shape, type_=LargeBinary).label("shape"), *(rows.c[name] for name in seen))
        .where(geom.bool_op("&&")(cut))
        .limit(most + 1)
    )
    # Sorted here: with ORDER BY and LIMIT the planner would walk the primary key of the whole city.
    found = sorted(connection.execute(statement), key=lambda row: row.id)
    return _drawn(found, most)


def drawn_level(connection: Connection, readable: ReadableLayer, level: Level, box: Geometry, *, most: int) -> Drawn:
    """What stands for the features from afar, as it is now."""
    name = "low_zooms.counted_in_box" if isinstance(level, Counted) else "low_zooms.dissolved_in_box"
    asked = {
        "layer": readable.layer.id,
        "level": level.areas if isinstance(level, Counted) else level.id,
        "box": shapely.to_wkb(shapely.set_srid(box, readable.storage.srid), include_srid=True),
        "most": most + 1,
    }
    found = connection.execute(text(query(name)), asked).all()
    whole = _drawn(found, most)
    return Drawn(whole.shapes, [{**told.pop("fields", {}), **told} for told in whole.told])


def _drawn(rows: Sequence[Row[Any]], most: int) -> Drawn:
    if len(rows) > most:
        raise TooManyToDraw
    shapes = np.asarray(shapely.from_wkb([bytes(row.shape) if row.shape else None for row in rows]), dtype=object)
    there = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    told = [dict(row._mapping) for row, is_there in zip(rows, there, strict=True) if is_there]
    for one in told:
        del one["shape"]
    return Drawn(shapes[there], told)


def extents_of(
    connection: Connection, readable: ReadableLayer, uids: Sequence[uuid.UUID], as_of: int | None
) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Label and box of the features of these numbers that exist, in the order in which they were asked for."""
    rows = rows_of(readable.layer, as_of)
    label = readable.layer.label if readable.property_named(readable.layer.label) else "ref"
    sides = [getattr(func, f"ST_{side}")(rows.c.geom) for side in ("XMin", "YMin", "XMax", "YMax")]
    found = connection.execute(select(rows.c.uid, rows.c[label], *sides).where(rows.c.uid.in_(uids))).all()
    by_uid = {row[0]: (str(row[1] or ""), (row[2], row[3], row[4], row[5])) for row in found}
    return [by_uid[uid] for uid in uids if uid in by_uid]

"""What is published where a file's sample lies: the features of its names, and the outlines around it."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import shapely
from sqlalchemy import Connection, Float, cast, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import NullType

from importers.crs.reading import Points
from importers.normalise import Normalised
from importers.shapes import Shapes
from layers.core.layer import Layer

NUMBER_FIELDS = ("block_no", "parcel_no")
"""A parcel's number: what names it in a file that knows nothing of refs."""
_MOST_NEAR = 5_000


def published_points(connection: Connection, layer: Layer, district_id: int, named: Iterable[Normalised]) -> Points:
    """Beside each record the centre of the published feature of its ref or number; NaN where there is none."""
    records = list(named)
    rows = layer.model.__table__
    has_number = all(name in rows.c for name in NUMBER_FIELDS)
    columns = [rows.c[name] for name in NUMBER_FIELDS] if has_number else []
    refs = sorted({record.ref for record in records if record.ref})
    numbers = sorted({_number(record) for record in records if not record.ref and all(_number(record))})
    centre = func.ST_Centroid(rows.c.geom, type_=NullType)
    asked = select(rows.c.ref, *columns, func.ST_X(centre).label("x"), func.ST_Y(centre).label("y")).where(
        rows.c.district_id == district_id
    )
    found: dict[Any, tuple[float, float]] = {}
    for row in connection.execute(asked.where(rows.c.ref.in_(refs))) if refs else ():
        found[row.ref] = (row.x, row.y)
    if columns and numbers:
        pairs = func.row(*columns).in_([func.row(*pair) for pair in numbers])
        for row in connection.execute(asked.where(pairs)):
            found[tuple(row[1:3])] = (row.x, row.y)
    nowhere = (np.nan, np.nan)
    return np.array([found.get(r.ref or _number(r), nowhere) for r in records], dtype=np.float64).reshape(-1, 2)


def _number(record: Normalised) -> tuple[Any, ...]:
    return tuple(record.attributes.get(name) for name in NUMBER_FIELDS)


def outlines_near(connection: Connection, layer: Layer, storage_srid: int) -> Callable[[Shapes], Shapes]:
    """A question to ask as often as needed: the published shapes that reach into any of some boxes."""
    rows = layer.model.__table__

    def near(boxes: Shapes) -> Shapes:
        sides = (cast(side.tolist(), ARRAY(Float)) for side in shapely.bounds(boxes).T)
        box = func.unnest(*sides).table_valued("west", "south", "east", "north").render_derived(name="box")
        ground = func.ST_MakeEnvelope(box.c.west, box.c.south, box.c.east, box.c.north, storage_srid)
        found = select(rows.c.id).distinct().join_from(box, rows, rows.c.geom.op("&&")(ground)).limit(_MOST_NEAR)
        shapes = connection.execute(select(func.ST_AsBinary(rows.c.geom)).where(rows.c.id.in_(found)))
        return np.asarray(shapely.from_wkb([bytes(shape) for (shape,) in shapes]), dtype=object)

    return near

"""Literals of a filter: numbers, days, moments, shapes."""

import datetime
import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import shapely
from shapely import Geometry
from shapely.errors import ShapelyError
from shapely.geometry import shape as shape_of

from layers.core.crs import Crs
from layers.core.query.boxes import NoBox, boxes
from layers.core.query.filters import sentences as say
from layers.core.words import Title

_LARGEST = 1e30


def is_text(written: str) -> bool:
    """True where a database can hold it."""
    return "\0" not in written and not any("\ud800" <= sign <= "\udfff" for sign in written)


def number(written: float) -> int | Decimal | None:
    """Exact, so that an index serves; None for what nobody can reckon with."""
    if not math.isfinite(written) or abs(written) > _LARGEST:
        return None
    return int(written) if written == int(written) else Decimal(repr(written))


def instant(kind: str, written: Any) -> datetime.date | datetime.datetime | None:
    """A day, or a moment with its zone (UTC where none is said)."""
    if not isinstance(written, str):
        return None
    try:
        if kind == "date":
            return datetime.date.fromisoformat(written)
        moment = datetime.datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def boxed(sides: Any, crs: Crs) -> Geometry | Title:
    """BBOX(…), or what is wrong with it."""
    if not isinstance(sides, Sequence) or not all(_is_number(side) for side in sides):
        return say.BOX
    try:
        found = boxes([float(side) for side in sides], crs)
    except NoBox:
        return say.BOX
    return found[0] if len(found) == 1 else shapely.multipolygons(found)


def shape(tree: Mapping[str, Any], crs: Crs) -> Geometry | Title:
    """A shape as GeoJSON writes it, in the axis order of its system; or what is wrong with it."""
    try:
        found = shapely.force_2d(shape_of(tree))
        corners = shapely.get_coordinates(found)
    except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError):
        return say.COORDINATES
    if found.is_empty or not all(math.isfinite(side) for corner in corners for side in corner):
        return say.COORDINATES
    if not found.is_valid:
        return say.CROSSES_ITSELF
    return shapely.transform(found, lambda pairs: pairs[:, ::-1]) if crs.is_north_first else found


def _is_number(side: Any) -> bool:
    return isinstance(side, int | float) and not isinstance(side, bool)

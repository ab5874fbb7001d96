"""Many shapes at once, as a layer holds them: of its kind, whole, on the millimetre."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from layers.core.layer import Shape

Shapes = NDArray[np.object_]
"""One shape or None per record."""
Marks = NDArray[np.bool_]

GRID_DECIMALS = 3
GRID_M = 10.0**-GRID_DECIMALS
"""Coordinates are written to the millimetre: finer differences are noise of arithmetic, not survey."""

_SINGLE_AND_MULTI = {
    Shape.POINT: (shapely.GeometryType.POINT, shapely.GeometryType.MULTIPOINT),
    Shape.LINES: (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING),
    Shape.POLYGONS: (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON),
}


def as_held(shapes: Shapes, kind: Shape) -> tuple[Shapes, Marks]:
    """The shapes on the grid and of the layer's type, and which of them are sound; an unsound one stays as it is."""
    shapes = _cast(only(shapes, ~shapely.is_empty(shapes)), kind)
    is_sound = _is_sound(shapes, kind)
    held = shapes.copy()
    held[is_sound] = _on_grid(shapes[is_sound])
    return _cast(held, kind), is_sound


def read_back(stored: Iterable[Any]) -> Shapes:
    """Shapes as a column of the database gives them, by one call."""
    return np.asarray(shapely.from_wkb([None if one is None else bytes(one) for one in stored]), dtype=object)


def as_stored(place: BaseGeometry | None, srid: int) -> str | None:
    """As the database reads it."""
    return None if place is None else shapely.to_wkb(shapely.set_srid(place, srid), hex=True, include_srid=True)


def _on_grid(shapes: Shapes) -> Shapes:
    """Corners rounded in their order; GEOS is asked only where that spoils a shape: it takes ten times as long."""
    rounded = shapely.set_coordinates(shapes.copy(), np.round(shapely.get_coordinates(shapes), GRID_DECIMALS))
    spoilt = np.flatnonzero(~shapely.is_valid(rounded))
    snapped = shapely.set_precision(shapes[spoilt], GRID_M)
    # A sliver thinner than the grid would vanish: it keeps its coordinates and its finding.
    rounded[spoilt] = np.where(shapely.is_empty(snapped), shapes[spoilt], snapped)
    return np.asarray(rounded, dtype=object)


def only(shapes: Shapes, marks: Marks) -> Shapes:
    """The marked shapes; None in place of the others."""
    kept = shapes.copy()
    kept[~marks] = None
    return kept


def _is_sound(shapes: Shapes, kind: Shape) -> Marks:
    single, multi = _SINGLE_AND_MULTI[kind]
    wanted = (single,) if kind is Shape.POINT else (single, multi)
    fits: Marks = np.isin(shapely.get_type_id(shapes), wanted)
    fits &= np.isfinite(shapely.bounds(shapes)).all(axis=1)
    fits &= shapely.is_valid(only(shapes, fits))
    return fits


def _cast(shapes: Shapes, kind: Shape) -> Shapes:
    """Single becomes multi for areas and lines; a one-point multipoint becomes its point."""
    single, multi = _SINGLE_AND_MULTI[kind]
    kinds = shapely.get_type_id(shapes)
    cast = shapes.copy()
    if kind is Shape.POINT:
        alone = (kinds == multi) & (shapely.get_num_geometries(shapes) == 1)
        cast[alone] = shapely.get_geometry(shapes[alone], 0)
        return cast
    singles = np.flatnonzero(kinds == single)
    if len(singles):
        collect = shapely.multipolygons if kind is Shape.POLYGONS else shapely.multilinestrings
        cast[singles] = collect(shapes[singles], indices=np.arange(len(singles)))
    return cast

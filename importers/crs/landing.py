"""Where a reading lets a file land, small enough to be shown beside others on a map."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from importers.crs.judging import Judged, Sample
from importers.shapes import Shapes

Some = TypeVar("Some", BaseGeometry, Shapes)
"""One shape or many."""
_MOST_CORNERS = 150
"""About four kilobytes of GeoJSON."""
_DEGREES_GRID = 1e-6
"""A tenth of a metre."""
_COARSE_M = (0.5, 2.0, 10.0, 50.0, 250.0)


def landing(judged: Judged, sample: Sample, storage_srid: int) -> Mapping[str, Any] | None:
    """The outlines of some records in longitude and latitude, or what encloses all; None where nothing lands."""
    shown = _outlines(judged, sample) or _enclosed(judged)
    if shown is None:
        return None
    rounded = shapely.set_precision(in_degrees(shown, storage_srid), _DEGREES_GRID, mode="pointwise")
    return dict(json.loads(shapely.to_geojson(rounded)))


def in_degrees(shapes: Some, storage_srid: int) -> Some:
    """From the storage CRS to longitude and latitude."""
    moved: Some = shapely.transform(shapes, _to_degrees(storage_srid).transform, interleaved=False)
    return moved


def _outlines(judged: Judged, sample: Sample) -> BaseGeometry | None:
    """Only where all records fit in: some of many would show a place that is too small."""
    if len(sample.compared) < np.isfinite(sample.points).all(axis=1).sum():
        return None
    moved = judged.placement.to_storage(sample.compared)
    together = shapely.force_2d(shapely.geometrycollections(moved[np.isfinite(shapely.bounds(moved)).all(axis=1)]))
    return together if 0 < shapely.get_num_coordinates(together) <= _MOST_CORNERS else None


def _enclosed(judged: Judged) -> BaseGeometry | None:
    points = judged.points[np.isfinite(judged.points).all(axis=1)]
    if not len(points):
        return None
    hull = shapely.convex_hull(shapely.multipoints(points))
    for tolerance in _COARSE_M:
        if shapely.get_num_coordinates(hull) <= _MOST_CORNERS:
            break
        hull = shapely.simplify(hull, tolerance)
    return hull


@cache
def _to_degrees(storage_srid: int) -> Transformer:
    return Transformer.from_crs(storage_srid, 4326, always_xy=True)

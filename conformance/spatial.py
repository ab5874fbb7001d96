"""Spatial functions of CQL2, each judged by GEOS."""

from collections.abc import Callable, Iterator

import shapely

from conformance.features import Collection, judge, of_each_shape
from conformance.geometry import shape_of
from conformance.service import Document, Service

Judge = Callable[[shapely.Geometry, shapely.Geometry], bool]
NEARLY = 1e-7
"""Degrees: what rounding of answers may hide."""


def judged(
    service: Service, function: str, fits: Judge, other: Callable[[Document], shapely.Geometry]
) -> Iterator[str]:
    """The function with the shape of each collection and another shape made from one of its features."""
    for collection in of_each_shape(service):
        shape = other(collection.sample[0])
        asked: dict[str, object] = {"filter": f"{function}({collection.shape_name}, {shape.wkt})"}
        yield from judge(collection, asked, lambda one, s=shape: fits(shape_of(one), s))


def grown(feature: Document, degrees: float = 1e-4) -> shapely.Geometry:
    """A box around it: the shapes inside are clearly inside."""
    west, south, east, north = shape_of(feature).bounds
    return shapely.set_precision(shapely.box(west - degrees, south - degrees, east + degrees, north + degrees), 1e-6)


def far_away(_feature: Document) -> shapely.Geometry:
    """Where nothing of a land is."""
    return shapely.box(-30, -40, -29, -39)


def polygons(service: Service) -> Iterator[Collection]:
    """Collections of areas."""
    for collection in of_each_shape(service):
        if collection.queryables[collection.shape_name]["format"].endswith("polygon"):
            yield collection

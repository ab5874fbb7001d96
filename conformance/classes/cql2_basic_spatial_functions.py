"""CQL2, Basic Spatial Functions: S_INTERSECTS with points and boxes."""

from collections.abc import Iterator

import shapely

from conformance.check import ConformanceClass, requirement
from conformance.features import judge, of_each_shape
from conformance.geometry import box_around, rectangle, shape_of
from conformance.service import Service
from conformance.spatial import polygons

CLASS = ConformanceClass("http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions", __name__)


@requirement("/req/basic-spatial-functions/spatial-predicate", "S_INTERSECTS with a box finds those that it touches.")
def boxes(service: Service) -> Iterator[str]:
    for one in of_each_shape(service):
        box = box_around(one.sample[0], 5)
        shape = rectangle(box)
        asked: dict[str, object] = {"filter": f"S_INTERSECTS({one.shape_name}, BBOX({', '.join(map(str, box))}))"}
        yield from judge(one, asked, lambda feature, s=shape: bool(shape_of(feature).intersects(s)))


@requirement(
    "/req/basic-spatial-functions/spatial-functions", "S_INTERSECTS with a point finds the areas that it lies in."
)
def points(service: Service) -> Iterator[str]:
    for one in polygons(service):
        inside = shapely.set_precision(shape_of(one.sample[0]).representative_point(), 1e-7)
        asked: dict[str, object] = {"filter": f"S_INTERSECTS({one.shape_name}, {inside.wkt})"}
        yield from judge(one, asked, lambda feature, p=inside: bool(shape_of(feature).intersects(p)))

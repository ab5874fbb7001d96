"""CQL2, Basic Spatial Functions with additional Spatial Literals."""

from collections.abc import Iterator

import shapely

from conformance.check import ConformanceClass, requirement
from conformance.features import of_each_shape
from conformance.geometry import shape_of
from conformance.service import Service
from conformance.spatial import grown

CLASS = ConformanceClass("http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions-plus", __name__)


@requirement(
    "/req/basic-spatial-functions-plus/spatial-data-types",
    "Lines, areas, and several shapes at once are taken too, and find what they cross.",
)
def literals(service: Service) -> Iterator[str]:
    for one in of_each_shape(service):
        feature = one.sample[0]
        around = grown(feature)
        west, south, east, north = around.bounds
        corners = [(west, south), (east, north)]
        tried = [
            (shapely.MultiPolygon([around]), True),
            (shapely.GeometryCollection([shapely.Point(west, south), around]), True),
            (shapely.MultiPoint(corners), False),
            (shapely.LineString([(west, south), (east, south)]), False),
        ]
        if shape_of(feature).area > 0:
            inside = shape_of(feature).representative_point()
            across = shapely.LineString([(west, inside.y), (east, inside.y)])
            tried += [(across, True), (shapely.MultiLineString([across]), True)]
        for shape, found in tried:
            if one.holds(feature, filter=f"S_INTERSECTS({one.shape_name}, {shape.wkt})") != found:
                yield f"{one.id}: {feature['id']} and a {shape.geom_type}"

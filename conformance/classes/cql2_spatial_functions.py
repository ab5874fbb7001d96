"""CQL2, Spatial Functions: what two shapes have to do with each other, as GEOS sees it."""

from collections.abc import Iterator

import shapely

from conformance.check import ConformanceClass, requirement
from conformance.features import judge, of_each_shape
from conformance.geometry import shape_of
from conformance.service import Service
from conformance.spatial import far_away, grown, judged, polygons

CLASS = ConformanceClass("http://www.opengis.net/spec/cql2/1.0/conf/spatial-functions", __name__)


@requirement("/req/spatial-functions/spatial-functions (S_WITHIN)", "S_WITHIN finds those inside the other shape.")
def within(service: Service) -> Iterator[str]:
    yield from judged(service, "S_WITHIN", lambda own, other: bool(own.within(other)), grown)


@requirement(
    "/req/spatial-functions/spatial-functions (S_CONTAINS)", "S_CONTAINS finds those that the other shape is inside of."
)
def contains(service: Service) -> Iterator[str]:
    for one in polygons(service):
        inside = shapely.set_precision(shape_of(one.sample[0]).representative_point(), 1e-7)
        asked: dict[str, object] = {"filter": f"S_CONTAINS({one.shape_name}, {inside.wkt})"}
        yield from judge(one, asked, lambda feature, p=inside: bool(shape_of(feature).contains(p)))


@requirement(
    "/req/spatial-functions/spatial-functions (S_DISJOINT)",
    "S_DISJOINT finds those that have nothing in common with it.",
)
def disjoint(service: Service) -> Iterator[str]:
    yield from judged(service, "S_DISJOINT", lambda own, other: bool(own.disjoint(other)), grown)
    yield from judged(service, "S_DISJOINT", lambda own, other: bool(own.disjoint(other)), far_away)


@requirement(
    "/req/spatial-functions/spatial-functions (S_CROSSES)", "S_CROSSES finds areas and lines that a line goes through."
)
def crosses(service: Service) -> Iterator[str]:
    for one in polygons(service):
        feature = one.sample[0]
        west, _south, east, _north = grown(feature).bounds
        y = round(shape_of(feature).representative_point().y, 7)
        line = shapely.LineString([(west, y), (east, y)])
        asked: dict[str, object] = {"filter": f"S_CROSSES({one.shape_name}, {line.wkt})"}
        yield from judge(one, asked, lambda other, s=line: bool(shape_of(other).crosses(s)))


@requirement(
    "/req/spatial-functions/spatial-functions (S_OVERLAPS)", "S_OVERLAPS finds areas that the other covers in part."
)
def overlaps(service: Service) -> Iterator[str]:
    for one in polygons(service):
        feature = one.sample[0]
        west, south, _east, north = grown(feature).bounds
        half = shapely.box(west, south, round(shape_of(feature).representative_point().x, 7), north)
        asked: dict[str, object] = {"filter": f"S_OVERLAPS({one.shape_name}, {half.wkt})"}
        yield from judge(one, asked, lambda other, s=half: bool(shape_of(other).overlaps(s)))


@requirement(
    "/req/spatial-functions/spatial-functions (S_EQUALS, S_TOUCHES)",
    "A shape is neither equal to, nor does it only touch, a box around it.",
)
def equals_and_touches(service: Service) -> Iterator[str]:
    for one in of_each_shape(service):
        feature = one.sample[0]
        for function in ("S_EQUALS", "S_TOUCHES"):
            if one.holds(feature, filter=f"{function}({one.shape_name}, {grown(feature).wkt})"):
                yield f"{one.id}: {function} finds {feature['id']}"


@requirement(
    "/req/spatial-functions/spatial-functions (own system)", "In the system that it is kept in, a shape meets itself."
)
def meets_itself(service: Service) -> Iterator[str]:
    for one in of_each_shape(service):
        kept = one.about["storageCrs"]
        for feature in one.page(limit=2, crs=kept)["features"]:
            shape = shape_of(feature)
            if not one.holds(feature, filter=f"S_INTERSECTS({one.shape_name}, {shape.wkt})", filter_crs=kept):
                yield f"{one.id}: {feature['id']} does not meet itself"

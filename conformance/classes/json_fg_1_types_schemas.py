"""Features and Geometries JSON 1, Feature Types and Schemas."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.features import filled
from conformance.service import Service

CLASS = ConformanceClass("http://www.opengis.net/spec/json-fg-1/1.0/conf/types-schemas", __name__)
_DIMENSIONS = {"point": 0, "multipoint": 0, "linestring": 1, "multilinestring": 1, "polygon": 2, "multipolygon": 2}


@requirement("/req/types-schemas/feature-type", "A document says the type of its features.")
def feature_type(service: Service) -> Iterator[str]:
    for one in filled(service):
        told = one.page(limit=1, f="jsonfg").get("featureType")
        if told != one.id:
            yield f"{one.id}: {told}"


@requirement(
    "/req/types-schemas/geometry-dimension", "It says whether they are points, lines or areas, as their schema does."
)
def dimension(service: Service) -> Iterator[str]:
    for one in filled(service):
        kind = one.queryables[one.shape_name]["format"].removeprefix("geometry-")
        told = one.page(limit=1, f="jsonfg").get("geometryDimension")
        if told != _DIMENSIONS[kind]:
            yield f"{one.id}: {told} for {kind}"

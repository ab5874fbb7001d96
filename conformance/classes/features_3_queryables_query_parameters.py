"""OGC API - Features 3, Queryables as query parameters."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.features import all_collections, all_valued, judge
from conformance.service import Service

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters", __name__)


@requirement(
    "/req/queryables-query-parameters/parameters",
    "Each queryable that is no shape is a parameter, described with its type, and finds those with that value.",
)
def parameters(service: Service) -> Iterator[str]:
    for one in all_collections(service):
        for name, about in one.queryables.items():
            if (
                name != one.shape_name
                and (service.parameter(one.id, name) or {}).get("schema", {}).get("type") != about["type"]
            ):
                yield f"{one.id}: {name} is not described as {about['type']}"
    for kind in ("string", "number", "date"):
        for field in all_valued(service, kind):
            value = field.middle
            yield from judge(field.collection, {field.name: value}, lambda one, f=field, v=value: f.of(one) == v)

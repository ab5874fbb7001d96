"""OGC API - Common 1, Core: HTTP and query parameters."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.features import filled
from conformance.service import Service

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core", __name__)


@requirement("/req/core/http", "It speaks HTTP/1.1: HEAD has the headers of GET and no body, a wrong method is 405.")
def http(service: Service) -> Iterator[str]:
    for path in ("", "/conformance", "/collections"):
        head = service.ask("HEAD", service.root + path, {})
        yield from head.not_being(200)
        if head.body:
            yield f"HEAD {path} is answered with a body"
    wrong = service.ask("DELETE", service.root, {})
    yield from wrong.not_being(405)
    if "allow" not in wrong.headers:
        yield "405 does not say what is allowed"


@requirement(
    "/req/core/query-param-name-unknown", "A parameter that nobody knows is refused with 400, on every resource."
)
def unknown_parameter(service: Service) -> Iterator[str]:
    collection = filled(service)[0]
    some = f"/collections/{collection.id}"
    for path in ("", "/conformance", "/openapi", "/collections", some, f"{some}/items", f"{some}/schema"):
        yield from service.get(path, unknown_parameter="1").not_being(400, "application/problem+json")


@requirement(
    "/req/core/query-param-value-invalid", "A value that cannot be is refused with 400, and the parameter is named."
)
def wrong_value(service: Service) -> Iterator[str]:
    collection = filled(service)[0]
    for name, value in (("limit", "unlimited"), ("limit", "-1"), ("bbox", "1,2,3"), ("datetime", "yesterday")):
        answer = service.get(collection.address, **{name: value})
        yield from answer.not_being(400, "application/problem+json")
        if answer.is_problem and answer.json.get("parameter") != name:
            yield f"{name}={value} is refused without naming {name}"


@requirement("/req/core/query-param-list-delimiter", "A list is written with commas.")
def lists(service: Service) -> Iterator[str]:
    collection = filled(service)[0]
    names = [name for name in collection.queryables if name != collection.shape_name][:2]
    for feature in collection.page(limit=1, properties=",".join(names))["features"]:
        if list(feature["properties"]) != names:
            yield f"properties={','.join(names)} brings {list(feature['properties'])}"

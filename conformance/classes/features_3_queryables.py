"""OGC API - Features 3, Queryables: what filters may speak of."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.features import all_collections
from conformance.service import Service, document, link

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables", __name__)
_REL = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
_DIALECTS = ("https://json-schema.org/draft/2019-09/schema", "https://json-schema.org/draft/2020-12/schema")


@requirement("/req/queryables/queryables-link", "Each collection links to its queryables.")
def linked(service: Service) -> Iterator[str]:
    for one in all_collections(service):
        yield from service.get(link(one.about, _REL)["href"]).not_being(200)


@requirement("/req/queryables/get-queryables-op", "They are given as application/schema+json.")
def operation(service: Service) -> Iterator[str]:
    for one in all_collections(service):
        answer = service.get(link(one.about, _REL)["href"], accept="application/schema+json")
        yield from answer.not_being(200, "application/schema+json")


@requirement(
    "/req/queryables/get-queryables-response",
    "They are a JSON schema of an object under its own address; each has a type or is a shape, none is required.",
)
def response(service: Service) -> Iterator[str]:
    for one in all_collections(service):
        address = link(one.about, _REL)["href"]
        schema = document(service.get(address))
        if schema["$schema"] not in _DIALECTS or schema["type"] != "object" or schema["$id"] != address:
            yield f"{one.id}: {schema['$schema']}, {schema['type']}, {schema['$id']}"
        for name, about in schema["properties"].items():
            is_shape = str(about.get("format", "")).startswith("geometry-")
            if is_shape == ("type" in about) or not about.get("title"):
                yield f"{one.id}: {name} is {about}"


@requirement("/req/queryables/expression-construction", "A filter may name each of them, and nothing else.")
def expressions(service: Service) -> Iterator[str]:
    for one in all_collections(service):
        for name in one.queryables:
            yield from service.get(one.address, filter=f"{name} IS NULL", limit=1).not_being(200)
        yield from service.get(one.address, filter="no_such_field IS NULL").not_being(400)

"""OGC API - Features 5, Returnables and Receivables: what an answer holds and what a new feature must bring."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.features import all_collections, filled
from conformance.service import Service, document, link

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/returnables-and-receivables", __name__)
_REL = "http://www.opengis.net/def/rel/ogc/1.0/schema"
_TYPE = "application/schema+json"
_PYTHON: dict[str, type | tuple[type, ...]] = {"string": str, "number": (int, float), "integer": int, "boolean": bool}


@requirement("/req/returnables-and-receivables/link", "Each collection links to its schema.")
def linked(service: Service) -> Iterator[str]:
    for one in all_collections(service):
        yield from service.get(link(one.about, _REL, _TYPE)["href"]).not_being(200)


@requirement("/req/returnables-and-receivables/op", "The schema is given as application/schema+json.")
def operation(service: Service) -> Iterator[str]:
    for one in all_collections(service):
        yield from service.get(link(one.about, _REL)["href"], accept=_TYPE).not_being(200, _TYPE)


@requirement(
    "/req/returnables-and-receivables/response",
    "Every field of every feature is in the schema, with the type and, where they are listed, one of the values.",
)
def response(service: Service) -> Iterator[str]:
    for one in filled(service):
        fields = document(service.get(link(one.about, _REL)["href"]))["properties"]
        for feature in one.sample:
            for name, value in feature["properties"].items():
                if name not in fields:
                    yield f"{one.id}: {name} is not in the schema"
                elif value is not None and not isinstance(value, _PYTHON[fields[name]["type"]]):
                    yield f"{one.id}: {name} is {value!r}"
                elif value is not None and "enum" in fields[name] and value not in fields[name]["enum"]:
                    yield f"{one.id}: {name} is {value!r}, which is not listed"

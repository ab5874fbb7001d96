"""OGC API - Features 5, Schemas: fields told by JSON schema."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.features import all_collections
from conformance.schemas import schemas_of
from conformance.service import Service, is_absolute

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/schemas", __name__)
_PLAIN = {
    "type", "title", "description", "format", "enum", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    "minLength", "maxLength", "pattern", "multipleOf", "default", "readOnly", "writeOnly", "items",
}  # fmt: skip


@requirement(
    "/req/schemas/json-schema",
    "Each schema is of draft 2020-12, of an object, and lies at its own address without parameters.",
)
def json_schema(service: Service) -> Iterator[str]:
    for address, schema in schemas_of(service):
        if schema["$schema"] != "https://json-schema.org/draft/2020-12/schema" or schema["type"] != "object":
            yield f"{address}: {schema['$schema']}, {schema['type']}"
        if "?" in schema["$id"] or service.get(schema["$id"], accept="application/schema+json").json != schema:
            yield f"{address}: {schema['$id']} is something else"


@requirement(
    "/req/schemas/properties",
    "Each field has a title and a type, a shape has a kind of shape instead, a day is a text with its format.",
)
def properties(service: Service) -> Iterator[str]:
    for address, schema in schemas_of(service):
        for name, about in schema["properties"].items():
            if not about.get("title"):
                yield f"{address}: {name} has no title"
            if str(about.get("format", "")).startswith("geometry-"):
                yield from (f"{address}: the shape {name} has a {word}" for word in ("type", "$ref") if word in about)
            elif about.get("type") not in ("string", "number", "integer", "boolean"):
                yield f"{address}: {name} is {about.get('type')}"
            elif about.get("format") in ("date", "date-time") and about["type"] != "string":
                yield f"{address}: {name} is a day and {about['type']}"


@requirement("/req/schemas/additional-keywords", "Words that are none of JSON schema begin with x-ogc-.")
def keywords(service: Service) -> Iterator[str]:
    for address, schema in schemas_of(service):
        for name, about in schema["properties"].items():
            yield from (
                f"{address}: {name}: {word}" for word in about if word not in _PLAIN and not word.startswith("x-ogc-")
            )


@requirement("/req/schemas/role", "A role is a text.")
def role(service: Service) -> Iterator[str]:
    for address, schema in schemas_of(service):
        for name, about in schema["properties"].items():
            if not isinstance(about.get("x-ogc-role", ""), str):
                yield f"{address}: {name}"


@requirement("/req/schemas/role-id", "One field is the id, and its values are the ids of the features.")
def role_id(service: Service) -> Iterator[str]:
    for one in all_collections(service):
        fields = service.get(f"/collections/{one.id}/schema").json["properties"]
        names = [name for name, about in fields.items() if about.get("x-ogc-role") == "id"]
        if len(names) != 1 or fields[names[0]]["type"] not in ("string", "integer"):
            yield f"{one.id}: {names}"


@requirement("/req/schemas/property-seq", "Places of fields are whole numbers, each once.")
def sequence(service: Service) -> Iterator[str]:
    for address, schema in schemas_of(service):
        places = [about["x-ogc-propertySeq"] for about in schema["properties"].values() if "x-ogc-propertySeq" in about]
        if len(places) != len(set(places)) or not all(isinstance(place, int) for place in places):
            yield f"{address}: {places}"


@requirement("/req/schemas/unit", "A unit is a text as UCUM writes it.")
def unit(service: Service) -> Iterator[str]:
    for address, schema in schemas_of(service):
        for name, about in schema["properties"].items():
            told = about.get("x-ogc-unit")
            if told is not None and (not isinstance(told, str) or not told.isascii() or " " in told):
                yield f"{address}: {name} is in {told}"


@requirement("/req/schemas/definition", "Where a field says what it means elsewhere, it does by an address.")
def meaning(service: Service) -> Iterator[str]:
    for address, schema in schemas_of(service):
        for name, about in schema["properties"].items():
            if "x-ogc-definition" in about and not is_absolute(about["x-ogc-definition"]):
                yield f"{address}: {name}: {about['x-ogc-definition']}"

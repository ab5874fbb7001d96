"""OGC API - Features 5, Core roles for features."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.schemas import schemas_of
from conformance.service import Service

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/core-roles-features", __name__)
_DAYS = ("date", "date-time")
_START, _END = "primary-interval-start", "primary-interval-end"


def _formats(fields: dict[str, dict[str, object]], role: str) -> list[str]:
    return [str(about.get("format")) for about in fields.values() if about.get("x-ogc-role") == role]


@requirement(
    "/req/core-roles-features/role-primary-geometry", "At most one field is the primary shape, and it is a shape."
)
def primary_geometry(service: Service) -> Iterator[str]:
    for address, schema in schemas_of(service):
        found = _formats(schema["properties"], "primary-geometry")
        if len(found) > 1 or not all(one.startswith("geometry-") for one in found):
            yield f"{address}: {found}"


@requirement("/req/core-roles-features/role-primary-instant", "At most one field is the moment, and it is a time.")
def primary_instant(service: Service) -> Iterator[str]:
    for address, schema in schemas_of(service):
        found = _formats(schema["properties"], "primary-instant")
        if len(found) > 1 or not set(found) <= set(_DAYS):
            yield f"{address}: {found}"


@requirement(
    "/req/core-roles-features/role-primary-interval-start", "At most one field is the beginning, and it is a time."
)
def interval_start(service: Service) -> Iterator[str]:
    for address, schema in schemas_of(service):
        found = _formats(schema["properties"], _START)
        if len(found) > 1 or not set(found) <= set(_DAYS):
            yield f"{address}: {found}"


@requirement("/req/core-roles-features/role-primary-interval-end", "At most one field is the end, and it is a time.")
def interval_end(service: Service) -> Iterator[str]:
    for address, schema in schemas_of(service):
        found = _formats(schema["properties"], _END)
        if len(found) > 1 or not set(found) <= set(_DAYS):
            yield f"{address}: {found}"


@requirement(
    "/req/core-roles-features/primary-temporal-constraints",
    "Nothing is a moment and a span, and both ends of a span are equally fine.",
)
def temporal_constraints(service: Service) -> Iterator[str]:
    for address, schema in schemas_of(service):
        start, end = (_formats(schema["properties"], role) for role in (_START, _END))
        if start != end or (start and _formats(schema["properties"], "primary-instant")):
            yield f"{address}: {start}, {end}"


@requirement("/req/core-roles-features/role-type", "At most one field is the type of the feature, and it is a text.")
def role_type(service: Service) -> Iterator[str]:
    for address, schema in schemas_of(service):
        found = [about["type"] for about in schema["properties"].values() if about.get("x-ogc-role") == "type"]
        if len(found) > 1 or not set(found) <= {"string"}:
            yield f"{address}: {found}"

"""OGC API - Features 4, Features: what is sent is GeoJSON, in any of the collection's systems."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.editing import created, draft, now
from conformance.service import Service, document

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-features-4/1.0/conf/features", __name__)
_NEAR = 1e-6
"""Degrees; about a decimetre."""


@requirement("/req/features/geojson", "What is created as GeoJSON is told as GeoJSON, at the same place.")
def geojson(service: Service) -> Iterator[str]:
    with created(service) as (made, address):
        found = now(service, address)
        yield from found.not_being(200, "application/geo+json")
        sent, told = made.feature["geometry"]["coordinates"], found.json["geometry"]["coordinates"]
        if any(abs(a - b) > _NEAR for a, b in zip(sent, told, strict=True)):
            yield f"{address}: {sent} became {told}"


@requirement("/req/features/content-crs", "Content-Crs says in which system the body is.")
def in_its_own_system(service: Service) -> Iterator[str]:
    with created(service) as (made, address):
        storage = document(service.get(f"/collections/{made.collection.id}"))["storageCrs"]
        before = now(service, address).json["geometry"]["coordinates"]
        there = document(service.ask("GET", f"{address}?crs={storage}", {"Accept": "application/geo+json"}))
        body = {**made.feature, "geometry": there["geometry"]}
        answer = made.send("PUT", address, body, If_Match="*", Content_Crs=f"<{storage}>")
        if answer.status not in (200, 204):
            yield f"PUT {address} is answered with {answer.status}"
        after = now(service, address).json["geometry"]["coordinates"]
        if any(abs(a - b) > _NEAR for a, b in zip(before, after, strict=True)):
            yield f"{address}: {before} became {after}"


@requirement("/req/features/content-crs-unknown", "A system that the collection does not have is refused.")
def unknown_system(service: Service) -> Iterator[str]:
    made = draft(service)
    answer = made.send("POST", made.address, made.feature, Content_Crs="<http://www.opengis.net/def/crs/EPSG/0/1>")
    if answer.status not in (400, 415, 422) or not answer.is_problem:
        yield f"it is answered with {answer.status}"

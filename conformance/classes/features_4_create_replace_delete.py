"""OGC API - Features 4, Create, Replace, Delete."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.editing import created, draft, now, same_values
from conformance.service import Service, is_absolute

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-features-4/1.0/conf/create-replace-delete", __name__)


@requirement(
    "/req/create-replace-delete/methods", "Who may edit is told so by Allow, at the items and at each of them."
)
def methods(service: Service) -> Iterator[str]:
    with created(service) as (made, address):
        for asked, wanted in ((made.address, {"POST"}), (address, {"PUT", "DELETE"})):
            allowed = {word.strip() for word in made.send("OPTIONS", asked).headers.get("allow", "").split(",")}
            yield from (f"{asked}: {word} is not allowed" for word in sorted(wanted - allowed))


@requirement("/req/create-replace-delete/insert-response", "A new feature is answered with 201 and its own address.")
def insert(service: Service) -> Iterator[str]:
    with created(service) as (made, address):
        if not is_absolute(address):
            yield f"{address} is no whole address"
        found = now(service, address)
        yield from found.not_being(200)
        if not same_values(made.feature["properties"], found.json["properties"]):
            yield f"{address}: {found.json['properties']} is not what was sent"


@requirement("/req/create-replace-delete/insert-body", "What is no feature creates none.")
def insert_nonsense(service: Service) -> Iterator[str]:
    made = draft(service)
    for body in ({}, {"type": "Feature"}, {**made.feature, "geometry": {"type": "Point", "coordinates": ["a", "b"]}}):
        answer = made.send("POST", made.address, body)
        if answer.status not in (400, 422) or not answer.is_problem:
            yield f"{str(body)[:60]} is answered with {answer.status}"


@requirement("/req/create-replace-delete/replace-response", "A feature is replaced as a whole.")
def replace(service: Service) -> Iterator[str]:
    with created(service) as (made, address):
        answer = made.send("PUT", address, made.changed("replaced"), If_Match="*")
        if answer.status not in (200, 204):
            yield f"PUT {address} is answered with {answer.status}"
        if now(service, address).json["properties"][made.text_field] != "replaced":
            yield f"{address} is as it was"


@requirement("/req/create-replace-delete/delete-response", "A feature that was deleted is not there any more.")
def delete(service: Service) -> Iterator[str]:
    with created(service) as (made, address):
        answer = made.send("DELETE", address, If_Match="*")
        if answer.status not in (200, 204):
            yield f"DELETE {address} is answered with {answer.status}"
        if now(service, address).status not in (404, 410):
            yield f"{address} is still there"


@requirement("/req/create-replace-delete/not-there", "What is not there cannot be deleted.")
def delete_nothing(service: Service) -> Iterator[str]:
    made = draft(service)
    answer = made.send("DELETE", f"{made.address}/00000000-0000-0000-0000-000000000000", If_Match="*")
    if answer.status not in (404, 412):
        yield f"it is answered with {answer.status}"


@requirement("/req/create-replace-delete/rights", "Without a key nothing is edited.")
def rights(service: Service) -> Iterator[str]:
    made = draft(service)
    answer = service.ask("POST", made.address, {"Content-Type": "application/geo+json"}, "{}")
    if answer.status not in (401, 403):
        yield f"it is answered with {answer.status}"

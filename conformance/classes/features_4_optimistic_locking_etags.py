"""OGC API - Features 4, Optimistic locking by ETags: nobody overwrites what they have not seen."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.editing import created, now
from conformance.service import Service

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-features-4/1.0/conf/optimistic-locking-etags", __name__)


@requirement("/req/optimistic-locking-etags/etag", "Each feature has a tag, another after each change.")
def tag(service: Service) -> Iterator[str]:
    with created(service) as (made, address):
        first = now(service, address).headers.get("etag")
        made.send("PATCH", address, {"properties": {made.text_field: "otherwise"}}, If_Match="*")
        second = now(service, address).headers.get("etag")
        if not first or not second or first == second:
            yield f"{address}: {first}, then {second}"


@requirement("/req/optimistic-locking-etags/if-match", "A change with the tag of the newest version is made.")
def newest(service: Service) -> Iterator[str]:
    with created(service) as (made, address):
        known = now(service, address).headers["etag"]
        answer = made.send("PUT", address, made.changed("with its tag"), If_Match=known)
        if answer.status not in (200, 204):
            yield f"PUT {address} is answered with {answer.status}"


@requirement("/req/optimistic-locking-etags/mismatch", "A change with an older tag is answered with 412.")
def overtaken(service: Service) -> Iterator[str]:
    with created(service) as (made, address):
        known = now(service, address).headers["etag"]
        made.send("PATCH", address, {"properties": {made.text_field: "first"}}, If_Match=known)
        for method, body in (("PUT", made.feature), ("PATCH", {"properties": {}}), ("DELETE", None)):
            answer = made.send(method, address, body, If_Match=known)
            if answer.status != 412 or not answer.is_problem:
                yield f"{method} {address} is answered with {answer.status}"


@requirement("/req/optimistic-locking-etags/missing", "A change without a tag is answered with 428.")
def missing(service: Service) -> Iterator[str]:
    with created(service) as (made, address):
        for method, body in (("PUT", made.feature), ("PATCH", {"properties": {}}), ("DELETE", None)):
            answer = made.send(method, address, body)
            if answer.status != 428:
                yield f"{method} {address} is answered with {answer.status}"

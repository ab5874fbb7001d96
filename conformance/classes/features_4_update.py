"""OGC API - Features 4, Update: a merge patch changes what it names."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.editing import MERGE_PATCH, created, now
from conformance.service import Service

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-features-4/1.0/conf/update", __name__)


@requirement("/req/update/methods", "PATCH is allowed, and Accept-Patch says in which form.")
def methods(service: Service) -> Iterator[str]:
    with created(service) as (made, address):
        told = made.send("OPTIONS", address).headers
        if "PATCH" not in told.get("allow", "") or MERGE_PATCH not in told.get("accept-patch", ""):
            yield f"{address}: Allow is {told.get('allow')}, Accept-Patch {told.get('accept-patch')}"


@requirement("/req/update/update-response", "What the patch names changes, all else stays.")
def update(service: Service) -> Iterator[str]:
    with created(service) as (made, address):
        before = now(service, address).json
        answer = made.send("PATCH", address, {"properties": {made.text_field: "patched"}}, If_Match="*")
        if answer.status not in (200, 204):
            yield f"PATCH {address} is answered with {answer.status}"
        after = now(service, address).json
        kept = {name for name in made.feature["properties"] if name != made.text_field}
        if after["properties"][made.text_field] != "patched":
            yield f"{address}: {made.text_field} is as it was"
        if after["geometry"] != before["geometry"]:
            yield f"{address}: the shape has changed"
        for name in sorted(kept):
            if after["properties"].get(name) != before["properties"].get(name):
                yield f"{address}: {name} has changed"


@requirement("/req/update/unsupported", "A body in no form of a patch is answered with 415.")
def unsupported(service: Service) -> Iterator[str]:
    with created(service) as (made, address):
        answer = made.send("PATCH", address, {"properties": {}}, If_Match="*", Content_Type="text/plain")
        if answer.status != 415:
            yield f"it is answered with {answer.status}"

"""OGC API - Styles 1 (draft), Core: styles by their names."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.service import Service, document, link
from conformance.tilesets import REL

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-styles-1/0.0/conf/core", __name__)


@requirement(
    "/req/core/styles-success",
    "The landing page and each collection link to styles with id, title and link; the default is one of them.",
)
def listed(service: Service) -> Iterator[str]:
    for owner in (service.landing, *service.collections):
        found = document(service.get(link(owner, f"{REL}/styles")["href"]))
        if found["default"] not in [one["id"] for one in found["styles"]]:
            yield f"{owner.get('id')}: {found['default']} is not listed"
        for one in found["styles"]:
            if not one.get("title"):
                yield f"{one['id']} has no title"
            yield from service.get(link(one, "stylesheet")["href"]).not_being(200, link(one, "stylesheet")["type"])


@requirement("/req/core/style-success", "A style that is not there is 404.")
def absent(service: Service) -> Iterator[str]:
    yield from service.get("/styles/nothing").not_being(404, "application/problem+json")

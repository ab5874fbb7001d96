"""OGC API - Common 1, Landing Page: where clients begin."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.service import Service, is_absolute, link, links

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/landing-page", __name__)


@requirement("/req/landing-page/root-op", "The landing page is to be had by GET.")
def root(service: Service) -> Iterator[str]:
    yield from service.get("").not_being(200, "application/json")


@requirement("/req/landing-page/root-success", "It has a title, and links to itself, the description and the classes.")
def root_content(service: Service) -> Iterator[str]:
    if not service.landing.get("title"):
        yield "there is no title"
    for rel in ("self", "service-desc", "service-doc", "conformance"):
        if not links(service.landing, rel):
            yield f"there is no link “{rel}”"
    for one in service.landing["links"]:
        if not is_absolute(one["href"]):
            yield f"{one['href']} is not absolute"


@requirement("/req/landing-page/links", "Whatever the landing page links to is there, in the type that the link says.")
def linked(service: Service) -> Iterator[str]:
    for one in service.landing["links"]:
        is_elsewhere = not one["href"].startswith(service.root.removesuffix("/api"))
        if is_elsewhere or one.get("type") == "text/event-stream":
            continue  # the licence of others; a stream that has no end
        yield from service.get(one["href"], accept=one.get("type")).not_being(
            200, one["type"].partition(";")[0] if "type" in one else None
        )


@requirement("/req/landing-page/api-definition-op", "The description is where the link “service-desc” says.")
def description(service: Service) -> Iterator[str]:
    yield from service.get(link(service.landing, "service-desc")["href"]).not_being(200)


@requirement("/req/landing-page/api-definition-success", "The description has the type that its link says.")
def description_type(service: Service) -> Iterator[str]:
    told = link(service.landing, "service-desc")["type"]
    given = service.get(link(service.landing, "service-desc")["href"]).headers["content-type"]
    if given.replace(" ", "") != told.replace(" ", ""):
        yield f"it is {given}, not {told}"


@requirement("/req/landing-page/conformance-op", "The classes are to be had by GET.")
def classes(service: Service) -> Iterator[str]:
    yield from service.get(link(service.landing, "conformance")["href"]).not_being(200, "application/json")


@requirement("/req/landing-page/conformance-success", "The classes are a list of addresses, each once.")
def classes_content(service: Service) -> Iterator[str]:
    if len(set(service.declared)) != len(service.declared):
        yield "a class is named twice"
    yield from (f"{uri} is not an address" for uri in service.declared if not is_absolute(uri))

"""OGC API - Common 1, JSON: every document is to be had as JSON."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.service import Service

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/json", __name__)


@requirement("/req/json/definition", "The landing page and the list of classes are given as application/json.")
def definition(service: Service) -> Iterator[str]:
    for path in ("", "/conformance"):
        yield from service.get(path, accept="application/json").not_being(200, "application/json")


@requirement("/req/json/content", "What is called JSON is an object.")
def content(service: Service) -> Iterator[str]:
    for path in ("", "/conformance"):
        if not isinstance(service.get(path, accept="application/json").json, dict):
            yield f"{path or '/'} is no object"

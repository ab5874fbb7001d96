"""OGC API - Features 1, HTML."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.features import Collection, filled
from conformance.service import Service, document, link

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html", __name__)
_TYPE = "text/html"


@requirement("/req/html/definition", "Each document is given as text/html too, and links to that page.")
def definition(service: Service) -> Iterator[str]:
    for path in ("", "/conformance", *_addresses(service)):
        yield from service.get(path, accept=_TYPE).not_being(200, _TYPE)
    for path in ("", *_addresses(service)):
        page = link(document(service.get(path)), "alternate", _TYPE)["href"]
        yield from service.get(page).not_being(200, _TYPE)


@requirement("/req/html/content", "The page of a feature has its values, that of a collection its title.")
def content(service: Service) -> Iterator[str]:
    for one in filled(service):
        feature = one.sample[0]
        page = service.get(f"{one.address}/{feature['id']}", accept=_TYPE).body.decode()
        if feature["properties"]["ref"] not in page:
            yield f"{one.id}: {feature['id']} without its name"
        if one.about["title"] not in service.get(f"/collections/{one.id}", accept=_TYPE).body.decode():
            yield f"{one.id}: its page has no title"


def _addresses(service: Service) -> list[str]:
    return ["/collections", *(path for one in filled(service) for path in _of_collection(one))]


def _of_collection(one: Collection) -> tuple[str, ...]:
    return f"/collections/{one.id}", one.address, f"{one.address}/{one.sample[0]['id']}"

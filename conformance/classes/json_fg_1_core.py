"""Features and Geometries JSON 1, Core."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.features import Collection, filled, interval_names
from conformance.geometry import shape_of
from conformance.service import Document, Service

CLASS = ConformanceClass("http://www.opengis.net/spec/json-fg-1/1.0/conf/core", __name__)
_TYPE = "application/fg+json"


@requirement("/req/core/metadata", "A document says at its root, and only there, that it is JSON-FG.")
def metadata(service: Service) -> Iterator[str]:
    for one, page in _pages(service):
        if CLASS.uri not in page.get("conformsTo", ()):
            yield f"{one.id}: {page.get('conformsTo')}"
        yield from (f"{one.id}: a feature says it again" for feature in page["features"] if "conformsTo" in feature)


@requirement(
    "/req/core/place", "A shape that is not in longitude and latitude stands in “place”, and “geometry” is null."
)
def place(service: Service) -> Iterator[str]:
    for one, page in _pages(service):
        for feature in page["features"]:
            if feature["geometry"] is not None or not feature["place"]:
                yield f"{one.id}: {feature['id']}"


@requirement("/req/core/coordRefSys", "The system of “place” is named, and the shape is the one of that system.")
def system(service: Service) -> Iterator[str]:
    for one, page in _pages(service):
        if page.get("coordRefSys") != one.about["storageCrs"]:
            yield f"{one.id}: {page.get('coordRefSys')}"
        same = one.page(limit=3, crs=one.about["storageCrs"])["features"]
        for feature, plain in zip(page["features"], same, strict=True):
            if shape_of({"geometry": feature["place"]}).wkt != shape_of(plain).wkt:
                yield f"{one.id}: {feature['id']} is elsewhere"


@requirement("/req/core/time", "Where a feature has a first or last day, “time” is that span, open ends as “..”.")
def time(service: Service) -> Iterator[str]:
    for one, page in _pages(service):
        start, end = interval_names(one)
        for feature in page["features"]:
            first, last = (feature["properties"].get(name) for name in (start, end))
            told = (feature.get("time") or {}).get("interval")
            if (first or last) and told != [first or "..", last or ".."]:
                yield f"{one.id}: {feature['id']}: {told}"


@requirement("/req/core/fallback", "Asked for jsonfg-plus, “geometry” has the shape in longitude and latitude too.")
def fallback(service: Service) -> Iterator[str]:
    for one in filled(service):
        both = one.page(limit=3, f="jsonfg", profile="jsonfg-plus")["features"]
        for feature, plain in zip(both, one.page(limit=3)["features"], strict=True):
            if feature["geometry"] != plain["geometry"] or not feature["place"]:
                yield f"{one.id}: {feature['id']}"


@requirement("/req/core/media-type", "It is given as application/fg+json.")
def media_type(service: Service) -> Iterator[str]:
    for one in filled(service):
        yield from service.get(one.address, accept=_TYPE, limit=1).not_being(200, _TYPE)


def _pages(service: Service) -> Iterator[tuple[Collection, Document]]:
    for one in filled(service):
        yield one, one.page(limit=3, f="jsonfg")

"""OGC API - Features 1, Core: collections, pages of features, features."""

import datetime
from collections.abc import Iterator
from functools import partial

from conformance.check import ConformanceClass, NothingToTry, requirement
from conformance.features import (
    all_collections,
    filled,
    interval,
    interval_names,
    judge,
    tells_apart,
)
from conformance.geometry import box_around, rectangle, shape_of, wide_boxes
from conformance.service import Document, Service, document, is_absolute, link, links

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core", __name__)
_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_GEOJSON = "application/geo+json"
_SMALL = 7
_MOST_PAGES = 200


@requirement("/req/core/root-op", "The landing page is to be had by GET.")
def root(service: Service) -> Iterator[str]:
    yield from service.get("").not_being(200)


@requirement("/req/core/root-success", "It links to the description, the classes and the collections.")
def root_content(service: Service) -> Iterator[str]:
    for rel in ("service-desc", "conformance", "data"):
        yield from service.get(link(service.landing, rel)["href"]).not_being(200)


@requirement("/req/core/api-definition-op", "There is a description at every address that the landing page names.")
def description(service: Service) -> Iterator[str]:
    for one in (*links(service.landing, "service-desc"), *links(service.landing, "service-doc")):
        yield from service.get(one["href"], accept=one["type"]).not_being(200)


@requirement("/req/core/api-definition-success", "The description is OpenAPI 3.0 and called so.")
def description_content(service: Service) -> Iterator[str]:
    if link(service.landing, "service-desc")["type"] != "application/vnd.oai.openapi+json;version=3.0":
        yield "the link has another type"
    if not service.description["openapi"].startswith("3.0"):
        yield f"it is of version {service.description['openapi']}"


@requirement("/req/core/conformance-op", "The classes are to be had at /conformance.")
def classes(service: Service) -> Iterator[str]:
    yield from service.get("/conformance").not_being(200, "application/json")


@requirement("/req/core/conformance-success", "This class is among them.")
def classes_content(service: Service) -> Iterator[str]:
    if CLASS.uri not in service.declared:
        yield f"{CLASS.uri} is not declared"


@requirement("/req/core/http", "It speaks HTTP/1.1, and what is not there is 404.")
def http(service: Service) -> Iterator[str]:
    first = filled(service)[0]
    for path in (
        "/nothing",
        "/collections/nothing",
        "/collections/nothing/items",
        f"{first.address}/nothing-of-that-name",
    ):
        yield from service.get(path).not_being(404, "application/problem+json")


@requirement("/req/core/crs84", "Where no system is asked for, coordinates are longitude and latitude of WGS 84.")
def crs84(service: Service) -> Iterator[str]:
    for collection in filled(service):
        west, south, east, north = collection.about["extent"]["spatial"]["bbox"][0]
        for feature in collection.sample:
            x, y = shape_of(feature).centroid.coords[0]
            if not (west <= x <= east and south <= y <= north):
                yield f"{collection.id}: {feature['id']} at {x}, {y} is outside the extent"


@requirement("/req/core/query-param-unknown", "A parameter that nobody knows is refused with 400.")
def unknown_parameter(service: Service) -> Iterator[str]:
    for collection in all_collections(service):
        yield from service.get(collection.address, bvox="1,2,3,4").not_being(400)


@requirement("/req/core/query-param-invalid", "A value that cannot be is refused with 400.")
def wrong_value(service: Service) -> Iterator[str]:
    wrong = (
        ("limit", "unlimited"),
        ("limit", "0"),
        ("bbox", "1,2,3,4,5"),
        ("bbox", "nan,0,1,1"),
        ("datetime", "2020-13-01"),
    )
    for name, value in wrong:
        yield from service.get(filled(service)[0].address, **{name: value}).not_being(400)


@requirement("/req/core/fc-md-op", "The collections are to be had at /collections.")
def collections(service: Service) -> Iterator[str]:
    yield from service.get("/collections").not_being(200, "application/json")


@requirement("/req/core/fc-md-success", "They are a list with links.")
def collections_content(service: Service) -> Iterator[str]:
    found = document(service.get("/collections"))
    if not isinstance(found.get("links"), list) or not isinstance(found.get("collections"), list):
        yield "links or collections are missing"


@requirement("/req/core/fc-md-links", "The list links to itself and says of each link what it is.")
def collections_links(service: Service) -> Iterator[str]:
    found = document(service.get("/collections"))
    link(found, "self")
    yield from (f"{one['href']} has no rel or type" for one in found["links"] if not {"rel", "type"} <= set(one))


@requirement("/req/core/fc-md-items", "Each collection has an id of its own.")
def collections_items(service: Service) -> Iterator[str]:
    names = [one["id"] for one in document(service.get("/collections"))["collections"]]
    if len(names) != len(set(names)) or not names:
        yield f"the ids are {names}"


@requirement("/req/core/fc-md-items-links", "Each links to its features in GeoJSON, by a whole address.")
def collections_items_links(service: Service) -> Iterator[str]:
    for one in service.collections:
        for to_items in links(one, "items"):
            if not is_absolute(to_items["href"]) or not to_items.get("type"):
                yield f"{one['id']}: {to_items['href']} is not absolute or has no type"
        yield from service.get(link(one, "items", _GEOJSON)["href"]).not_being(200, _GEOJSON)


@requirement("/req/core/fc-md-extent", "The extent of each holds all its features.")
def extent(service: Service) -> Iterator[str]:
    for collection in filled(service):
        west, south, east, north = collection.about["extent"]["spatial"]["bbox"][0]
        for feature in collection.sample:
            w, s, e, n = shape_of(feature).bounds
            if w < west or s < south or e > east or n > north:
                yield f"{collection.id}: {feature['id']} reaches out of the extent"


@requirement("/req/core/fc-md-extent-multi", "The extent in degrees has four numbers and says its system.")
def extent_numbers(service: Service) -> Iterator[str]:
    for one in service.collections:
        spatial = one["extent"]["spatial"]
        if spatial.get("crs", _CRS84) != _CRS84 or any(len(box) != 4 for box in spatial["bbox"]):
            yield f"{one['id']}: {spatial}"


@requirement("/req/core/sfc-md-op", "Each collection is at an address of its own, and only listed ones are.")
def collection(service: Service) -> Iterator[str]:
    for one in service.collections:
        yield from service.get(f"/collections/{one['id']}").not_being(200, "application/json")
    yield from service.get("/collections/nothing").not_being(404)


@requirement("/req/core/sfc-md-success", "What stands there is what the list says.")
def collection_content(service: Service) -> Iterator[str]:
    for one in service.collections:
        alone = document(service.get(f"/collections/{one['id']}"))
        for name in one:
            is_same = one[name] == alone.get(name)
            if not is_same and (name != "links" or any(each not in alone["links"] for each in one["links"])):
                yield f"{one['id']}: {name} differs from the list"


@requirement("/req/core/fc-op", "The features of each collection are to be had by GET.")
def items(service: Service) -> Iterator[str]:
    for collection in all_collections(service):
        yield from service.get(collection.address).not_being(200, _GEOJSON)


@requirement("/req/core/fc-limit-definition", "“limit” is described as a whole number with least, most and default.")
def limit_definition(service: Service) -> Iterator[str]:
    for collection in all_collections(service):
        about = service.parameter(collection.id, "limit") or {}
        schema = about.get("schema", {})
        if schema.get("type") != "integer" or not {"minimum", "maximum", "default"} <= set(schema):
            yield f"{collection.id}: {about}"


@requirement(
    "/req/core/fc-limit-response-1", "No page is longer than asked, and a page beyond the most is cut, not refused."
)
def limit_response(service: Service) -> Iterator[str]:
    for collection in filled(service):
        if len(collection.page(limit=2)["features"]) > 2:
            yield f"{collection.id}: more than limit=2"
        yield from service.get(collection.address, limit=10_001).not_being(200)


@requirement("/req/core/fc-bbox-definition", "“bbox” is described as a list of four or six numbers.")
def bbox_definition(service: Service) -> Iterator[str]:
    for collection in all_collections(service):
        about = service.parameter(collection.id, "bbox") or {}
        schema = about.get("schema", {})
        if (about.get("style"), about.get("explode")) != ("form", False) or schema.get("items") != {"type": "number"}:
            yield f"{collection.id}: {about}"
        sizes = {(one["minItems"], one["maxItems"]) for one in schema.get("oneOf", ())}
        if sizes != {(4, 4), (6, 6)}:
            yield f"{collection.id}: sizes {sizes}"


@requirement(
    "/req/core/fc-bbox-response",
    "A box finds the features that touch it and no others; one over the 180th meridian or a pole is answered.",
)
def bbox_response(service: Service) -> Iterator[str]:
    for collection in filled(service):
        west, south, east, north = box_around(collection.sample[0], metres=5)
        asked: dict[str, object] = {"bbox": f"{west},{south},{east},{north}"}
        yield from judge(collection, asked, lambda one, box=(west, south, east, north): _touches(one, box))
        for box in wide_boxes():
            yield from service.get(collection.address, bbox=box, limit=1).not_being(200)


@requirement("/req/core/fc-time-definition", "“datetime” is described as a text.")
def time_definition(service: Service) -> Iterator[str]:
    for collection in all_collections(service):
        about = service.parameter(collection.id, "datetime") or {}
        if about.get("schema", {}).get("type") != "string":
            yield f"{collection.id}: {about}"


@requirement("/req/core/fc-time-response", "“datetime” finds those whose time meets the day or span, and no others.")
def time_response(service: Service) -> Iterator[str]:
    tried = False
    for collection in filled(service):
        names = interval_names(collection)
        days = sorted(first for one in collection.sample if (first := interval(one, names)[0]) != datetime.date.min)
        if not days:
            continue
        day = days[len(days) // 2]
        later = day + datetime.timedelta(days=1)
        for asked, first, last in (
            (day.isoformat(), day, day),
            (f"{day}T12:00:00Z", day, day),
            (f"../{day}", datetime.date.min, day),
            (f"{later}/..", later, datetime.date.max),
            (f"{day}/{later}", day, later),
        ):
            fits = partial(_meets, names=names, first=first, last=last)
            yield from judge(collection, {"datetime": asked}, fits)
            tried = tried or tells_apart(collection, fits)
    if not tried:
        raise NothingToTry("all features are valid on the same days")


@requirement("/req/core/fc-response", "A page holds only what all parameters together select.")
def all_parameters(service: Service) -> Iterator[str]:
    for collection in filled(service):
        one = collection.sample[0]
        west, south, east, north = box_around(one, metres=5)
        both = collection.page(bbox=f"{west},{south},{east},{north}", ref=one["properties"]["ref"], limit=5)
        if [found["id"] for found in both["features"]] != [one["id"]]:
            yield f"{collection.id}: box and ref together do not find {one['id']}"
        away = collection.page(bbox="-170,-80,-169,-79", ref=one["properties"]["ref"])
        if away["features"]:
            yield f"{collection.id}: the ref is found outside the box"


@requirement("/req/core/fc-links", "A page links to itself, to other formats, and to the next page while there is one.")
def page_links(service: Service) -> Iterator[str]:
    for collection in filled(service):
        page = collection.page(limit=2)
        link(page, "self")
        if not links(page, "alternate"):
            yield f"{collection.id}: no other format"
        if page["numberMatched"] > 2 and not links(page, "next"):
            yield f"{collection.id}: no next page"


@requirement("/req/core/fc-rel-type", "Each link of a page says its relation and type.")
def page_link_types(service: Service) -> Iterator[str]:
    for collection in filled(service):
        for one in collection.page(limit=2)["links"]:
            if not {"rel", "type", "href"} <= set(one) or not is_absolute(one["href"]):
                yield f"{collection.id}: {one}"


@requirement("/req/core/fc-timeStamp", "Where a page says when it was made, it does in UTC.")
def time_stamp(service: Service) -> Iterator[str]:
    for collection in filled(service)[:1]:
        made = collection.page(limit=1).get("timeStamp")
        if made is not None and datetime.datetime.fromisoformat(made).utcoffset() != datetime.timedelta(0):
            yield f"{collection.id}: {made} is not in UTC"


@requirement(
    "/req/core/fc-numberMatched",
    "The number of features is what one meets by following the pages, each once and always in the same order.",
)
def number_matched(service: Service) -> Iterator[str]:
    for collection in filled(service):
        told = collection.page(limit=_SMALL)["numberMatched"]
        met = _names(collection.pages(_MOST_PAGES, limit=_SMALL))
        if len(met) != len(set(met)):
            yield f"{collection.id}: a feature is met twice"
        if len(met) < _SMALL * _MOST_PAGES and len(met) != told:
            yield f"{collection.id}: numberMatched is {told}, paging gives {len(met)}"
        if met[: len(collection.sample)] != [one["id"] for one in collection.sample][: len(met)]:
            yield f"{collection.id}: long and short pages are in different orders"


@requirement("/req/core/fc-numberReturned", "The number on the page is the number on the page.")
def number_returned(service: Service) -> Iterator[str]:
    for collection in all_collections(service):
        page = collection.page(limit=3)
        if page["numberReturned"] != len(page["features"]):
            yield f"{collection.id}: {page['numberReturned']} told, {len(page['features'])} there"


@requirement("/req/core/f-op", "Each feature is at an address of its own.")
def feature(service: Service) -> Iterator[str]:
    for collection in filled(service):
        for one in collection.sample[:3]:
            yield from service.get(f"{collection.address}/{one['id']}").not_being(200, _GEOJSON)


@requirement("/req/core/f-success", "What stands there is what the page says.")
def feature_content(service: Service) -> Iterator[str]:
    for collection in filled(service):
        one = collection.sample[0]
        alone = document(service.get(f"{collection.address}/{one['id']}"))
        yield from (f"{collection.id}: {name} differs" for name in one if one[name] != alone[name])


@requirement("/req/core/f-links", "A feature links to itself, to other formats and to its collection.")
def feature_links(service: Service) -> Iterator[str]:
    for collection in filled(service):
        alone = document(service.get(f"{collection.address}/{collection.sample[0]['id']}"))
        for rel in ("self", "alternate", "collection"):
            yield from service.get(link(alone, rel)["href"], accept=link(alone, rel)["type"]).not_being(200)


def _touches(feature: Document, box: tuple[float, float, float, float]) -> bool:
    return bool(shape_of(feature).intersects(rectangle(box)))


def _meets(feature: Document, names: tuple[str, str], first: datetime.date, last: datetime.date) -> bool:
    begins, ends = interval(feature, names)
    return begins <= last and first <= ends


def _names(pages: Iterator[Document]) -> list[str]:
    return [feature["id"] for page in pages for feature in page["features"]]

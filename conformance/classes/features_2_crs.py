"""OGC API - Features 2, Coordinate Reference Systems."""

from collections.abc import Iterator

import shapely

from conformance.check import ConformanceClass, requirement
from conformance.features import Collection, all_collections, filled, of_each_shape
from conformance.geometry import box_around, crs_of, moved, rectangle, shape_of
from conformance.service import Service, document

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs", __name__)
_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_TOLERANCE_M = 0.02
"""Two centimetres: what pyproj and the database may differ by, rounding included."""
_TRIED = 5
_NEAR_DEGREES = 30.0


@requirement("/req/crs/crs-uri", "Systems are named by addresses that say one system of a registry.")
def addresses(service: Service) -> Iterator[str]:
    for collection in all_collections(service):
        for uri in collection.about["crs"]:
            crs_of(uri)
            if not uri.startswith("http://www.opengis.net/def/crs/"):
                yield f"{collection.id}: {uri}"


@requirement(
    "/req/crs/fc-md-crs-list", "Each collection lists the systems it is to be had in, longitude and latitude first."
)
def listed(service: Service) -> Iterator[str]:
    for collection in all_collections(service):
        if collection.about["crs"][:1] != [_CRS84]:
            yield f"{collection.id}: {collection.about['crs']}"


@requirement("/req/crs/fc-md-crs-list-global", "The list that holds for all collections has systems that each has.")
def listed_for_all(service: Service) -> Iterator[str]:
    everywhere = set(document(service.get("/collections")).get("crs", ()))
    for collection in all_collections(service):
        if missing := everywhere - set(collection.about["crs"]):
            yield f"{collection.id} lacks {sorted(missing)}"


@requirement("/req/crs/fc-md-storageCrs", "Each collection says in which system it is kept.")
def storage(service: Service) -> Iterator[str]:
    yield from (f"{one.id}: not said" for one in all_collections(service) if not one.about.get("storageCrs"))


@requirement("/req/crs/fc-md-storageCrs-valid-value", "That system is one of those it is to be had in.")
def storage_value(service: Service) -> Iterator[str]:
    for one in all_collections(service):
        if one.about["storageCrs"] not in one.about["crs"]:
            yield f"{one.id}: {one.about['storageCrs']}"


@requirement("/req/crs/fc-bbox-crs-definition", "“bbox-crs” is described as a text that is an address.")
def bbox_crs_definition(service: Service) -> Iterator[str]:
    yield from _described(service, "bbox-crs")


@requirement("/req/crs/fc-bbox-crs-valid-value", "A system that is not offered is refused for a box.")
def bbox_crs_value(service: Service) -> Iterator[str]:
    for one in all_collections(service):
        wrong = service.get(one.address, bbox="1,1,2,2", bbox_crs="http://www.opengis.net/def/crs/EPSG/0/999999")
        yield from wrong.not_being(400, "application/problem+json")


@requirement("/req/crs/fc-bbox-crs-valid-defaultValue", "A box without system is in longitude and latitude.")
def bbox_crs_default(service: Service) -> Iterator[str]:
    for one in filled(service):
        box = ",".join(str(side) for side in box_around(one.sample[0], 5))
        plain, named = (one.page(bbox=box, limit=20, **more)["features"] for more in ({}, {"bbox_crs": _CRS84}))
        if [found["id"] for found in plain] != [found["id"] for found in named]:
            yield f"{one.id}: {box} finds something else with bbox-crs"


@requirement(
    "/req/crs/fc-bbox-crs-action", "A box in any system, its axes in that system's order, finds what it touches."
)
def bbox_crs_action(service: Service) -> Iterator[str]:
    for one in of_each_shape(service):
        feature = one.sample[0]
        for uri in _near(one):
            small = moved(rectangle(box_around(feature, 5)), _CRS84, uri)
            found = one.page(bbox=",".join(map(str, small.bounds)), bbox_crs=uri, ref=feature["properties"]["ref"])
            if [other["id"] for other in found["features"]] != [feature["id"]]:
                yield f"{one.id}: {feature['id']} is not found by a box in {uri}"


@requirement("/req/crs/fc-crs-definition", "“crs” is described as a text that is an address.")
def crs_definition(service: Service) -> Iterator[str]:
    yield from _described(service, "crs")


@requirement("/req/crs/fc-crs-valid-value", "A system that is not offered is refused for an answer.")
def crs_value(service: Service) -> Iterator[str]:
    for one in all_collections(service):
        wrong = service.get(one.address, crs="http://www.opengis.net/def/crs/EPSG/0/999999")
        yield from wrong.not_being(400, "application/problem+json")


@requirement("/req/crs/fc-crs-default-value", "An answer without system is in longitude and latitude.")
def crs_default(service: Service) -> Iterator[str]:
    for one in filled(service):
        if one.page(limit=3)["features"] != one.page(limit=3, crs=_CRS84)["features"]:
            yield f"{one.id}: CRS84 is something else"


@requirement(
    "/req/crs/fc-crs-action",
    "Coordinates in each system are those that pyproj finds, within two centimetres, axes in the system's order.",
)
def crs_action(service: Service) -> Iterator[str]:
    for one in of_each_shape(service):
        kept = one.about["storageCrs"]
        originals = one.page(limit=_TRIED, crs=kept)["features"]
        for uri in _near(one):
            for original, answered in zip(originals, one.page(limit=_TRIED, crs=uri)["features"], strict=True):
                right = moved(shape_of(original), kept, uri)
                away = shapely.hausdorff_distance(right, shape_of(answered)) * _metres(uri)
                if away > _TOLERANCE_M:
                    yield f"{one.id}: {original['id']} is {away:.3f} m off in {uri}"


@requirement("/req/crs/ogc-crs-header", "Every answer with coordinates says their system, feature by feature too.")
def header(service: Service) -> Iterator[str]:
    for one in filled(service):
        for path in (one.address, f"{one.address}/{one.sample[0]['id']}"):
            if "content-crs" not in service.get(path).headers:
                yield f"{path}: no Content-Crs"


@requirement("/req/crs/ogc-crs-header-value", "It is the address of the system, in angle brackets.")
def header_value(service: Service) -> Iterator[str]:
    for one in filled(service):
        for uri in one.about["crs"]:
            told = service.get(one.address, limit=1, crs=uri).headers.get("content-crs")
            if told != f"<{uri}>":
                yield f"{one.id}: {told} for {uri}"


@requirement("/req/crs/geojson", "GeoJSON in other systems has no member “crs”.")
def geojson(service: Service) -> Iterator[str]:
    for one in filled(service):
        if "crs" in one.page(limit=1, crs=one.about["storageCrs"]):
            yield f"{one.id}: a member “crs”"


def _described(service: Service, name: str) -> Iterator[str]:
    for one in all_collections(service):
        schema = (service.parameter(one.id, name) or {}).get("schema", {})
        if (schema.get("type"), schema.get("format")) != ("string", "uri"):
            yield f"{one.id}: {schema}"


def _near(collection: Collection) -> list[str]:
    """Systems meant for the place: far from its zone a projection is not asked for what it cannot tell."""
    west, _south, east, _north = collection.about["extent"]["spatial"]["bbox"][0]
    middle = (west + east) / 2
    found = []
    for uri in collection.about["crs"]:
        area = crs_of(uri).area_of_use
        if area is None or area.west - _NEAR_DEGREES <= middle <= area.east + _NEAR_DEGREES:
            found.append(uri)
    return found


def _metres(uri: str) -> float:
    return 111_000.0 if crs_of(uri).is_geographic else 1.0

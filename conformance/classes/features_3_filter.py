"""OGC API - Features 3, Filter: the parameters filter, filter-lang and filter-crs."""

from collections.abc import Iterator
from functools import partial

from conformance.check import ConformanceClass, requirement
from conformance.features import Valued, all_collections, filled, judge, valued
from conformance.geometry import box_around, moved, rectangle
from conformance.service import Document, Service

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter", __name__)
_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


@requirement("/req/filter/filter-param", "“filter” is described as a text.")
def filter_parameter(service: Service) -> Iterator[str]:
    for one in all_collections(service):
        if (service.parameter(one.id, "filter") or {}).get("schema", {}).get("type") != "string":
            yield f"{one.id}: not described"


@requirement("/req/filter/filter-lang-param", "“filter-lang” is described with the languages; another one is refused.")
def language_parameter(service: Service) -> Iterator[str]:
    for one in all_collections(service):
        schema = (service.parameter(one.id, "filter-lang") or {}).get("schema", {})
        if set(schema.get("enum", ())) != {"cql2-text", "cql2-json"} or schema.get("default") != "cql2-text":
            yield f"{one.id}: {schema}"
        yield from service.get(one.address, filter="ref = '1'", filter_lang="sql").not_being(400)


@requirement("/req/filter/filter-crs-wgs84", "Shapes of a filter are in longitude and latitude where nothing is said.")
def shapes_in_degrees(service: Service) -> Iterator[str]:
    for one in filled(service):
        feature = one.sample[0]
        if not one.holds(feature, filter=_meets(one.shape_name, rectangle(box_around(feature, 5)).wkt)):
            yield f"{one.id}: {feature['id']} is not found"


@requirement(
    "/req/filter/filter-crs-param",
    "“filter-crs” names the system of a filter's shapes; one that is not offered is refused.",
)
def shapes_in_any_system(service: Service) -> Iterator[str]:
    for one in filled(service):
        feature = one.sample[0]
        kept = one.about["storageCrs"]
        shape = moved(rectangle(box_around(feature, 5)), _CRS84, kept)
        asked = {"filter": _meets(one.shape_name, shape.wkt), "filter_crs": kept}
        if not one.holds(feature, **asked):
            yield f"{one.id}: {feature['id']} is not found in {kept}"
        wrong = service.get(
            one.address, filter=asked["filter"], filter_crs="http://www.opengis.net/def/crs/EPSG/0/999999"
        )
        yield from wrong.not_being(400)


@requirement("/req/filter/mixing-expressions", "“filter” and other parameters hold together.")
def mixed(service: Service) -> Iterator[str]:
    number = valued(service, "number")
    names = [name for name in number.collection.queryables if name not in (number.name, number.collection.shape_name)]
    for name in names:
        wanted = number.collection.sample[0]["properties"].get(name)
        if isinstance(wanted, (str, int)) and not isinstance(wanted, bool):
            asked: dict[str, object] = {"filter": f"{number.name} <= {number.middle}", name: wanted}
            yield from judge(number.collection, asked, partial(_is_both, number=number, name=name, wanted=wanted))


def _is_both(feature: Document, number: Valued, name: str, wanted: object) -> bool:
    value = number.of(feature)
    return value is not None and value <= number.middle and feature["properties"][name] == wanted


@requirement("/req/filter/response", "A filter that cannot be read is refused with 400 and the place of the mistake.")
def mistakes(service: Service) -> Iterator[str]:
    for one in filled(service)[:1]:
        for wrong in ("ref =", "ref = 'a' AND", "nothing = 1", "(ref = 'a'", "ref LIKE 5"):
            answer = service.get(one.address, filter=wrong)
            yield from answer.not_being(400, "application/problem+json")
            if answer.is_problem and answer.json.get("parameter") != "filter":
                yield f"“{wrong}” is refused without naming the filter"


def _meets(name: str, wkt: str) -> str:
    return f"S_INTERSECTS({name}, {wkt})"

"""OGC API - Features 3, Features Filter: filters on the features of a collection."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.features import all_collections, all_valued, judge
from conformance.service import Service

CLASS = ConformanceClass("http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter", __name__)


@requirement(
    "/req/features-filter/filter-param", "The items of each collection take “filter”, “filter-lang” and “filter-crs”."
)
def parameters(service: Service) -> Iterator[str]:
    for one in all_collections(service):
        for name in ("filter", "filter-lang", "filter-crs"):
            if service.parameter(one.id, name) is None:
                yield f"{one.id}: {name} is not described"
        yield from service.get(one.address, filter="ref IS NOT NULL", limit=1).not_being(200)


@requirement(
    "/req/features-filter/response",
    "A page holds those for which the filter is true, and none for which it is false or unknown.",
)
def response(service: Service) -> Iterator[str]:
    for field in all_valued(service, "number"):
        value = field.middle
        asked: dict[str, object] = {"filter": f"{field.name} > {value}"}
        yield from judge(field.collection, asked, lambda one, f=field, v=value: f.of(one) is not None and f.of(one) > v)


@requirement(
    "/req/features-filter/response (numberMatched)",
    "Counted exactly, those of a filter and those of its contrary are all that have a value.",
)
def counted(service: Service) -> Iterator[str]:
    for field in all_valued(service, "number"):
        more, less, unknown = (
            field.collection.page(filter=asked, count="exact", limit=1)["numberMatched"]
            for asked in (
                f"{field.name} > {field.middle}",
                f"NOT ({field.name} > {field.middle})",
                f"{field.name} IS NULL",
            )
        )
        if more + less + unknown != field.collection.page(limit=1)["numberMatched"]:
            yield f"{field.collection.id}: {more} + {less} + {unknown} are not all"

"""CQL2, Property-Property Comparisons."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, NothingToTry, requirement
from conformance.features import all_valued, judge
from conformance.service import Service

CLASS = ConformanceClass("http://www.opengis.net/spec/cql2/1.0/conf/property-property", __name__)


@requirement("/req/property-property/withdraw-permissions", "Fields may stand on both sides, and values on the left.")
def both_sides(service: Service) -> Iterator[str]:
    tried = False
    for field in all_valued(service, "number"):
        others = [other for other in all_valued(service, "number") if other.collection == field.collection]
        for other in others:
            tried = True
            yield from judge(
                field.collection,
                {"filter": f"{field.name} >= {other.name}"},
                lambda one, a=field, b=other: None not in (a.of(one), b.of(one)) and a.of(one) >= b.of(one),
            )
        yield from judge(
            field.collection,
            {"filter": f"{field.middle} < {field.name}"},
            lambda one, f=field: f.of(one) is not None and f.middle < f.of(one),
        )
    if not tried:
        raise NothingToTry("no collection has two fields to compare")

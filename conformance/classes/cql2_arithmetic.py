"""CQL2, Arithmetic Expressions."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, requirement
from conformance.features import all_valued, judge
from conformance.service import Service

CLASS = ConformanceClass("http://www.opengis.net/spec/cql2/1.0/conf/arithmetic", __name__)


@requirement("/req/arithmetic/arithmetic", "+, -, * and / are worked out, products before sums.")
def arithmetic(service: Service) -> Iterator[str]:
    for field in all_valued(service, "number"):
        middle, name = field.between, field.name
        for asked, least in (
            (f"{name} + 1 > {middle}", middle - 1),
            (f"{name} - 1 > {middle}", middle + 1),
            (f"{name} * 2 > {middle} + {middle}", middle),
            (f"{name} > {middle} + 2 * 3 - 12 / 2", middle),
        ):
            yield from judge(
                field.collection,
                {"filter": asked},
                lambda one, f=field, m=least: f.of(one) is not None and f.of(one) > m,
            )

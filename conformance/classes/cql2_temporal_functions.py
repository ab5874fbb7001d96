"""CQL2, Temporal Functions: days and spans against fields."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from conformance.check import ConformanceClass, requirement
from conformance.features import all_valued, judge
from conformance.service import Service

CLASS = ConformanceClass("http://www.opengis.net/spec/cql2/1.0/conf/temporal-functions", __name__)
_DAY = datetime.timedelta(days=1)


@requirement(
    "/req/temporal-functions/temporal-functions (days)",
    "T_BEFORE, T_AFTER, T_EQUALS, T_DISJOINT and T_INTERSECTS compare a field with a day.",
)
def days(service: Service) -> Iterator[str]:
    functions: dict[str, Callable[[Any, Any], bool]] = {
        "T_BEFORE": lambda own, other: own < other,
        "T_AFTER": lambda own, other: own > other,
        "T_EQUALS": lambda own, other: own == other,
        "T_DISJOINT": lambda own, other: own != other,
        "T_INTERSECTS": lambda own, other: own == other,
    }
    for field in all_valued(service, "date"):
        for function, fits in functions.items():
            asked: dict[str, object] = {"filter": f"{function}({field.name}, DATE('{field.middle}'))"}
            yield from judge(
                field.collection,
                asked,
                lambda one, f=field, fit=fits: f.of(one) is not None and fit(f.of(one), f.middle),
            )


@requirement(
    "/req/temporal-functions/temporal-functions (spans)",
    "T_DURING, T_INTERSECTS, T_BEFORE and T_AFTER compare a field with a span.",
)
def spans(service: Service) -> Iterator[str]:
    for field in all_valued(service, "date"):
        middle = datetime.date.fromisoformat(field.middle)
        first, last = (middle - _DAY).isoformat(), (middle + _DAY).isoformat()
        functions: dict[str, Callable[[Any], bool]] = {
            "T_DURING": lambda own, a=first, b=last: a < own < b,
            "T_INTERSECTS": lambda own, a=first, b=last: a <= own <= b,
            "T_BEFORE": lambda own, a=first: own < a,
            "T_AFTER": lambda own, b=last: own > b,
        }
        for function, fits in functions.items():
            asked: dict[str, object] = {"filter": f"{function}({field.name}, INTERVAL('{first}', '{last}'))"}
            yield from judge(
                field.collection, asked, lambda one, f=field, fit=fits: f.of(one) is not None and fit(f.of(one))
            )

"""CQL2, Basic CQL2: comparisons, IS NULL, AND, OR, NOT."""

import operator
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from conformance.check import ConformanceClass, NothingToTry, requirement
from conformance.features import MOST_FIELDS, Fits, Valued, all_valued, filled, judge, of_each_shape, tells_apart
from conformance.literals import literal
from conformance.service import Document, Service

CLASS = ConformanceClass("http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2", __name__)
_OPERATORS = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge
}  # fmt: skip


@requirement("/req/basic-cql2/cql2-filter", "AND, OR, NOT and brackets mean what they mean in logic.")
def logic(service: Service) -> Iterator[str]:
    for field in all_valued(service, "number"):
        low, middle, high = field.values[0], field.middle, field.values[-1]
        name = field.name
        for asked, fits in (
            (f"{name} > {low} AND {name} < {high}", lambda v, a=low, b=high: a < v < b),
            (f"{name} = {low} OR {name} = {high}", lambda v, a=low, b=high: v in (a, b)),
            (f"NOT ({name} = {middle})", lambda v, m=middle: v != m),
            (f"NOT ({name} < {middle} OR {name} = {high})", lambda v, m=middle, b=high: not (v < m or v == b)),
            (f"{name} = {low} OR {name} = {high} AND {name} < {high}", lambda v, a=low: v == a),
        ):
            yield from judge(field.collection, {"filter": asked}, _known(field, fits))


@requirement("/req/basic-cql2/binary-comparison-predicate", "=, <>, <, >, <= and >= compare texts, numbers and days.")
def comparisons(service: Service) -> Iterator[str]:
    for kind in ("number", "date"):
        for field in all_valued(service, kind):
            for sign, compare in _OPERATORS.items():
                asked: dict[str, object] = {"filter": f"{field.name} {sign} {literal(field.middle, kind)}"}
                yield from judge(field.collection, asked, _known(field, lambda v, c=compare, m=field.middle: c(v, m)))
    for field in all_valued(service, "string"):
        for sign in ("=", "<>"):
            asked = {"filter": f"{field.name} {sign} {literal(field.middle, 'string')}"}
            compare = _OPERATORS[sign]
            yield from judge(field.collection, asked, _known(field, lambda v, c=compare, m=field.middle: c(v, m)))


@requirement("/req/basic-cql2/null-predicate", "IS NULL finds those without a value, IS NOT NULL those with one.")
def null(service: Service) -> Iterator[str]:
    tried = False
    for one in of_each_shape(service):
        in_part = [
            name for name in one.queryables if name != one.shape_name and tells_apart(one, partial(_lacks, name))
        ]
        for name in in_part[:MOST_FIELDS]:
            tried = True
            yield from judge(one, {"filter": f"{name} IS NULL"}, lambda f, n=name: f["properties"][n] is None)
            yield from judge(one, {"filter": f"{name} IS NOT NULL"}, lambda f, n=name: f["properties"][n] is not None)
    if not tried:
        raise NothingToTry("no field has values in some features only")


@requirement("/req/basic-cql2/property", "Only queryables are known.")
def unknown_property(service: Service) -> Iterator[str]:
    for one in filled(service):
        yield from service.get(one.address, filter="no_such_field = 1").not_being(400)


def _lacks(name: str, feature: Document) -> bool:
    return feature["properties"].get(name) is None


def _known(field: Valued, fits: Callable[[Any], bool]) -> Fits:
    """An unknown value is neither true nor false, so never found."""

    def judged(feature: Document) -> bool:
        value = field.of(feature)
        return value is not None and bool(fits(value))

    return judged

"""CQL2, Advanced Comparison Operators: LIKE, BETWEEN, IN."""

from collections.abc import Iterator

from conformance.check import ConformanceClass, NothingToTry, requirement
from conformance.features import Valued, all_valued, judge
from conformance.literals import literal, quoted
from conformance.service import Document, Service

CLASS = ConformanceClass("http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators", __name__)
_SPECIAL = set("%_\\")


@requirement("/req/advanced-comparison-operators/like-predicate", "In LIKE, % stands for any signs and _ for one.")
def like(service: Service) -> Iterator[str]:
    for field in _plain_texts(service):
        text = field.middle
        head, tail = text[:2], text[-2:]
        for pattern, fits in (
            (f"{head}%", lambda v, h=head: v.startswith(h)),
            (f"%{tail}", lambda v, t=tail: v.endswith(t)),
            (f"{text[:-1]}_", lambda v, t=text: v[:-1] == t[:-1] and len(v) == len(t)),
        ):
            asked: dict[str, object] = {"filter": f"{field.name} LIKE {quoted(pattern)}"}
            yield from judge(
                field.collection, asked, lambda one, f=field, fit=fits: f.of(one) is not None and fit(f.of(one))
            )


@requirement("/req/advanced-comparison-operators/between-predicate", "BETWEEN includes both ends.")
def between(service: Service) -> Iterator[str]:
    for field in all_valued(service, "number"):
        low, high = field.values[1], field.values[-2]
        low, high = min(low, high), max(low, high)
        asked: dict[str, object] = {"filter": f"{field.name} BETWEEN {low} AND {high}"}

        def fits(one: Document, f: Valued = field, a: float = low, b: float = high) -> bool:
            return f.of(one) is not None and a <= f.of(one) <= b

        yield from judge(field.collection, asked, fits)


@requirement(
    "/req/advanced-comparison-operators/in-predicate",
    "IN finds those with one of the values, NOT IN those with another.",
)
def in_list(service: Service) -> Iterator[str]:
    for kind in ("number", "string"):
        for field in all_valued(service, kind):
            some = (field.values[0], field.values[-1])
            listed = ", ".join(literal(value, kind) for value in some)
            yield from judge(
                field.collection, {"filter": f"{field.name} IN ({listed})"}, lambda one, f=field, s=some: f.of(one) in s
            )
            yield from judge(
                field.collection,
                {"filter": f"{field.name} NOT IN ({listed})"},
                lambda one, f=field, s=some: f.of(one) is not None and f.of(one) not in s,
            )


def _plain_texts(service: Service) -> list[Valued]:
    found = [one for one in all_valued(service, "string") if len(one.middle) > 2 and not _SPECIAL & set(one.middle)]
    if not found:
        raise NothingToTry("no text is longer than two signs")
    return found

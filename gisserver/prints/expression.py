"""What a style's expression comes to for one feature at one zoom: the part of MapLibre's language that drawings use."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from babel.numbers import format_decimal

Properties = Mapping[str, Any]


class UnknownExpression(ValueError):
    """A drawing uses an operator that paper does not know yet."""


def fields_in(value: Any) -> Iterator[str]:
    """The fields that a value reads."""
    if not isinstance(value, list):
        return
    if value[:1] in (["get"], ["has"]):
        yield str(value[1])
        return
    for part in value:
        yield from fields_in(part)


def evaluated(value: Any, feature: Properties, zoom: float, language: str) -> Any:
    """The value itself, or what its operator makes of its arguments."""
    if not isinstance(value, list) or not value or not isinstance(value[0], str):
        return value
    if value[0] == "zoom":
        return zoom
    operator = _OPERATORS.get(value[0])
    if operator is None:
        raise UnknownExpression(value[0])
    return operator(value[1:], lambda part: evaluated(part, feature, zoom, language), feature, language)


Evaluate = Callable[[Any], Any]


def _get(arguments: Sequence[Any], _of: Evaluate, feature: Properties, _language: str) -> Any:
    return feature.get(arguments[0])


def _match(arguments: Sequence[Any], of: Evaluate, _feature: Properties, _language: str) -> Any:
    asked = of(arguments[0])
    for labels, outcome in zip(arguments[1:-1:2], arguments[2:-1:2], strict=True):
        if asked == labels or (isinstance(labels, list) and asked in labels):
            return of(outcome)
    return of(arguments[-1])


def _interpolate(arguments: Sequence[Any], of: Evaluate, _feature: Properties, _language: str) -> float:
    """Linear, as all drawings have it."""
    at = float(of(arguments[1]) or 0)
    stops = [
        (float(stop), arguments[place + 1]) for place, stop in enumerate(arguments) if place >= 2 and place % 2 == 0
    ]
    before = [stop for stop in stops if stop[0] <= at]
    after = [stop for stop in stops if stop[0] > at]
    if not before or not after:
        return float(of((before or after)[-1 if before else 0][1]))
    (low, under), (high, over) = before[-1], after[0]
    under, over = float(of(under)), float(of(over))
    return under + (over - under) * (at - low) / (high - low)


def _concat(arguments: Sequence[Any], of: Evaluate, _feature: Properties, _language: str) -> str:
    return "".join(str(part) for part in map(of, arguments) if part is not None)


def _number(arguments: Sequence[Any], of: Evaluate, _feature: Properties, language: str) -> str:
    decimals = arguments[1].get("max-fraction-digits", 3)
    return str(format_decimal(round(float(of(arguments[0]) or 0), decimals), locale=language))


def _times(arguments: Sequence[Any], of: Evaluate, _feature: Properties, _language: str) -> float:
    made = 1.0
    for part in arguments:
        made *= float(of(part))
    return made


def _divided(arguments: Sequence[Any], of: Evaluate, _feature: Properties, _language: str) -> float:
    return float(of(arguments[0]) or 0) / float(of(arguments[1]))


def _case(arguments: Sequence[Any], of: Evaluate, _feature: Properties, _language: str) -> Any:
    for wanted, outcome in zip(arguments[:-1:2], arguments[1:-1:2], strict=True):
        if of(wanted):
            return of(outcome)
    return of(arguments[-1])


def _coalesce(arguments: Sequence[Any], of: Evaluate, _feature: Properties, _language: str) -> Any:
    return next((found for found in map(of, arguments) if found is not None), None)


def _step(arguments: Sequence[Any], of: Evaluate, _feature: Properties, _language: str) -> Any:
    at, made = float(of(arguments[0]) or 0), arguments[1]
    for stop, outcome in zip(arguments[2::2], arguments[3::2], strict=True):
        if at >= float(stop):
            made = outcome
    return of(made)


_OPERATORS: Mapping[str, Callable[[Sequence[Any], Evaluate, Properties, str], Any]] = {
    "get": _get,
    "match": _match,
    "interpolate": _interpolate,
    "concat": _concat,
    "number-format": _number,
    "*": _times,
    "/": _divided,
    "case": _case,
    "coalesce": _coalesce,
    "step": _step,
    "literal": lambda arguments, _of, _feature, _language: arguments[0],
    "has": lambda arguments, _of, feature, _language: feature.get(arguments[0]) is not None,
    "to-number": lambda arguments, of, _feature, _language: float(of(arguments[0]) or 0),
    "to-string": lambda arguments, of, _feature, _language: "" if (found := of(arguments[0])) is None else str(found),
    "==": lambda arguments, of, _feature, _language: of(arguments[0]) == of(arguments[1]),
    "!=": lambda arguments, of, _feature, _language: of(arguments[0]) != of(arguments[1]),
    "!": lambda arguments, of, _feature, _language: not of(arguments[0]),
    "all": lambda arguments, of, _feature, _language: all(map(of, arguments)),
    "any": lambda arguments, of, _feature, _language: any(map(of, arguments)),
}

"""Terms and conditions as SQL expressions; every literal is a bound value."""

import datetime
import operator as python
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from shapely import Geometry
from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    Double,
    FromClause,
    Text,
    and_,
    cast,
    false,
    func,
    literal,
    not_,
    or_,
)

from layers.core.crs import epsg
from layers.core.profile import Profile
from layers.core.query.filters.folding import folding_of
from layers.core.query.filters.temporal import relation_of
from layers.core.query.filters.terms import (
    Arithmetic,
    Between,
    Comparison,
    Condition,
    Every,
    Folded,
    Like,
    OneOf,
    Property,
    Scalar,
    Shape,
    Some,
    Span,
    Spatial,
    Temporal,
    Term,
    Truth,
    Unknown,
    Value,
    Without,
)
from layers.core.query.ground import cut_to_our_ground, shape_in_storage

_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "=": python.eq,
    "<>": python.ne,
    "<": python.lt,
    "<=": python.le,
    ">": python.gt,
    ">=": python.ge,
}


def condition_sql(condition: Condition, rows: FromClause, profile: Profile) -> ColumnElement[bool]:
    """What a row must fulfil."""
    return _Writing(rows, profile).condition(condition)


class _Writing:
    """Conditions on one set of rows."""

    def __init__(self, rows: FromClause, profile: Profile) -> None:
        self._rows = rows
        self._profile = profile

    def condition(self, condition: Condition) -> ColumnElement[bool]:
        """By its kind."""
        match condition:
            case Every(parts):
                return and_(*(self.condition(part) for part in parts))
            case Some(parts):
                return or_(*(self.condition(part) for part in parts))
            case Without(part):
                return not_(self.condition(part))
            case Spatial():
                return self._spatial(condition)
            case Temporal(relation, left, right):
                return relation_of(relation, self._span(left), self._span(right))
            case _:
                return self._about_terms(condition)

    def _about_terms(self, condition: Comparison | Like | Between | OneOf | Unknown | Truth) -> ColumnElement[bool]:
        match condition:
            case Comparison(operator, left, right):
                compared: ColumnElement[bool] = _COMPARE[operator](self._term(left), self._term(right))
                return compared
            case Like(text, pattern):
                return self._term(text).like(self._term(pattern))
            case Between(term, low, high):
                return self._term(term).between(self._term(low), self._term(high))
            case OneOf(term, choices):
                return self._term(term).in_([self._term(choice) for choice in choices])
            case Unknown(term):
                return (self._rows.c.geom if term is None else self._term(term)).is_(None)
            case Truth(term):
                return self._term(term)

    def _term(self, term: Term) -> ColumnElement[Any]:
        match term:
            case Property(field):
                return self._rows.c[field.name]
            case Value(value):
                return self._value(value)
            case Folded(ignoring, text):
                return folding_of(self._profile, ignoring)(self._term(text))
            case Arithmetic(operator, left, right):
                return _reckoned(operator, cast(self._term(left), Double), cast(self._term(right), Double))

    def _value(self, value: Scalar) -> ColumnElement[Any]:
        if isinstance(value, datetime.datetime):
            # Days of the pool are days of its city.
            here = value.astimezone(ZoneInfo(self._profile.timezone)).replace(tzinfo=None)
            return cast(literal(here), DateTime)
        if isinstance(value, str):
            return literal(value, Text)
        return literal(value)

    def _span(self, span: Span) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        """An open end, and in an interval a field without a value, is as far away as can be."""
        return self._end(span.start, "-infinity", span.is_interval), self._end(span.end, "infinity", span.is_interval)

    def _end(self, term: Term | None, farthest: str, is_open_if_unknown: bool) -> ColumnElement[Any]:
        never = cast(literal(farthest, Text), Date)
        if term is None:
            return never
        return func.coalesce(self._term(term), never) if is_open_if_unknown else self._term(term)

    def _spatial(self, condition: Spatial) -> ColumnElement[bool]:
        if self._is_beyond_our_ground(_inner(condition)):
            return false()
        left, right = self._shape(condition.left), self._shape(condition.right)
        if condition.relation == "disjoint":
            return not_(func.ST_Intersects(left, right))
        related: ColumnElement[bool] = getattr(func, f"ST_{condition.relation.capitalize()}")(left, right)
        return related

    def _is_beyond_our_ground(self, shape: Shape | None) -> bool:
        return shape is not None and self._cut(shape) is not shape.geometry

    def _cut(self, shape: Shape) -> Geometry:
        return cut_to_our_ground(shape.geometry, shape.crs, self._profile)

    def _shape(self, shape: Shape | None) -> ColumnElement[Any]:
        if shape is None:
            return self._rows.c.geom
        return shape_in_storage(self._cut(shape), shape.crs, epsg(self._profile.storage_srid))


def _inner(condition: Spatial) -> Shape | None:
    """The literal that would have to lie inside of a feature."""
    return {"contains": condition.right, "within": condition.left}.get(condition.relation)


def _reckoned(operator: str, left: ColumnElement[Any], right: ColumnElement[Any]) -> ColumnElement[Any]:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right
        case "^":
            return func.power(left, right, type_=Double)
        case "div":
            return func.trunc(left / right, type_=Double)
        case _:
            return left - right * func.trunc(left / right, type_=Double)

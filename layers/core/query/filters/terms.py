"""What a filter consists of, once it has been understood."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from shapely import Geometry

from layers.core.crs import Crs
from layers.core.layer import Field

Scalar = str | int | Decimal | bool | datetime.date | datetime.datetime


@dataclass(frozen=True)
class Property:
    """A field of the layer."""

    field: Field


@dataclass(frozen=True)
class Value:
    """A literal."""

    value: Scalar


@dataclass(frozen=True)
class Arithmetic:
    """Two numbers and what is done with them."""

    operator: Literal["+", "-", "*", "/", "%", "^", "div"]
    left: "Term"
    right: "Term"


@dataclass(frozen=True)
class Folded:
    """A text without the difference of large and small letters, or without marks on letters."""

    ignoring: Literal["case", "accents"]
    text: "Term"


Term = Property | Value | Arithmetic | Folded


@dataclass(frozen=True)
class Comparison:
    """=, <>, <, <=, >, >= of two terms of one kind."""

    operator: Literal["=", "<>", "<", "<=", ">", ">="]
    left: Term
    right: Term


@dataclass(frozen=True)
class Like:
    """A text against a pattern: % for any letters, _ for one."""

    text: Term
    pattern: Term


@dataclass(frozen=True)
class Between:
    """Ends included."""

    term: Term
    low: Term
    high: Term


@dataclass(frozen=True)
class OneOf:
    """A term against a list."""

    term: Term
    choices: tuple[Term, ...]


@dataclass(frozen=True)
class Unknown:
    """A term without a value."""

    term: Term | None
    """None for the shape itself."""


@dataclass(frozen=True)
class Shape:
    """A literal shape, east before north, in the system that was said."""

    geometry: Geometry
    crs: Crs


@dataclass(frozen=True)
class Spatial:
    """A relation of the feature's shape (None) and a literal, in the order they were written."""

    relation: str
    left: Shape | None
    right: Shape | None


@dataclass(frozen=True)
class Span:
    """From one instant to another; None is an open end. An instant alone is both."""

    start: Term | None
    end: Term | None
    is_interval: bool


@dataclass(frozen=True)
class Temporal:
    """A relation of two spans of time."""

    relation: str
    left: Span
    right: Span


@dataclass(frozen=True)
class Every:
    """All conditions together."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True)
class Some:
    """One of the conditions or more."""

    conditions: tuple["Condition", ...]


@dataclass(frozen=True)
class Without:
    """The condition does not hold."""

    condition: "Condition"


@dataclass(frozen=True)
class Truth:
    """A yes or no by itself: a literal, or a field that holds one."""

    term: Term


Condition = Comparison | Like | Between | OneOf | Unknown | Spatial | Temporal | Every | Some | Without | Truth

"""What kind of value a term has."""

import datetime

from layers.core.query.filters.terms import Arithmetic, Folded, Property, Scalar, Term, Value


def kind_of(term: Term) -> str:
    """string, integer, number, boolean, date or timestamp."""
    match term:
        case Property(field):
            return field.kind
        case Value(value):
            return _of_value(value)
        case Arithmetic():
            return "number"
        case Folded():
            return "string"


def _of_value(value: Scalar) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    if isinstance(value, datetime.datetime):
        return "timestamp"
    return "date" if isinstance(value, datetime.date) else "number"


def family_of(kind: str) -> str:
    """Kinds that can be compared with each other."""
    return {"integer": "number", "timestamp": "date"}.get(kind, kind)

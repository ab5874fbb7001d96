"""Values of fields as an address carries them."""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal

from layers.core.layer import Field
from layers.core.query import refusals as say
from layers.core.query.filters import sentences
from layers.core.query.filters.literals import is_text
from layers.core.query.filters.terms import Scalar
from layers.core.query.wrong import WrongQuery

_NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")
_TRUTHS = {"true": True, "false": False}


@dataclass(frozen=True)
class FieldValue:
    """A field and the value it must have."""

    field: Field
    value: Scalar


def parse_value(field: Field, text: str) -> FieldValue:
    """By the kind of the field; WrongQuery says which kind it takes."""
    value = _read(field.kind, text)
    if value is None:
        kind = sentences.KINDS[field.kind]
        raise WrongQuery(field.name, say.VALUE, name=field.name, kind=kind, word=text[:40])
    return FieldValue(field, value)


def value_text(value: FieldValue) -> str:
    """As parse_value reads it."""
    return str(value.value).lower() if isinstance(value.value, bool) else str(value.value)


def _read(kind: str, text: str) -> Scalar | None:
    match kind:
        case "string":
            return text if is_text(text) else None
        case "boolean":
            return _TRUTHS.get(text)
        case "date":
            return _day(text)
        case _:
            return _number(text) if _NUMBER.fullmatch(text) else None


def _number(text: str) -> int | Decimal:
    exact = Decimal(text)
    return int(exact) if exact == exact.to_integral_value() else exact


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None

"""A cell of a district's file as the typed value its column wants."""

import datetime
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from importers.units import unit_of_cell
from layers.core.columns import Target
from layers.core.profile import Profile

_GROUPED_BY_DOTS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+")
_GROUPED_BY_COMMAS = re.compile(r"[+-]?\d{1,3}(,\d{3})+")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_YES = frozenset({"true", "t", "1"})
_NO = frozenset({"false", "f", "0"})
TOO_LONG = "too long"


Value = str | int | Decimal | bool | None


@dataclass(frozen=True)
class Conversion:
    """The unit a column is written in, where the sender says that its numbers are to be turned from it."""

    unit: str
    factor: Decimal


class _NoValue(Exception):
    """Nothing that the column holds."""


class NotReadable(Exception):
    """The text is no value of that kind, or longer than the column takes."""

    def __init__(self, expected: str) -> None:
        self.expected = expected
        super().__init__(expected)


def read_value(value: Any, target: Target, profile: Profile, conversion: Conversion | None = None) -> Value:
    """A JSON-ready value, None for an empty cell. Raises NotReadable."""
    if value is None or (isinstance(value, str) and not value.strip(" \t\r\n\x00\xa0")):
        return None
    try:
        return _read(value, target, profile, conversion)
    except _NoValue as cause:
        raise NotReadable(target.kind) from cause


def _read(value: Any, target: Target, profile: Profile, conversion: Conversion | None) -> Value:
    if target.kind == "string":
        return _read_text(value, target.longest)
    if target.kind == "date":
        return _read_date(value)
    if target.kind == "boolean":
        return _read_boolean(value, profile)
    number = _read_number(value, conversion.unit if conversion else target.unit, profile)
    number = number * conversion.factor if conversion else number
    return _whole(number) if target.kind == "integer" else _rounded(number, target.scale, target.precision)


def _read_text(value: Any, longest: int) -> str | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # block and parcel numbers kept as numbers by a spreadsheet
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = str(value)
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() else " " for sign in text)
    text = " ".join(text.split())
    if len(text) > longest:
        raise NotReadable(TOO_LONG)
    return text or None


def _whole(number: Decimal) -> int:
    if number != number.to_integral_value() or abs(number) >= 2**31:
        raise _NoValue
    return int(number)


def _read_number(value: Any, unit: str | None, profile: Profile) -> Decimal:
    """A unit beside the number must be the column's: 250 mm are no 250 m."""
    if isinstance(value, bool):
        raise _NoValue
    text = str(value).strip().replace("\xa0", "").replace(" ", "")
    if isinstance(value, str):
        measured = unit_of_cell(text, profile)
        if measured.unit not in (None, unit):
            raise _NoValue
        text = _with_decimal_point(measured.bare, profile.decimal_comma)
    try:
        number = Decimal(text)
    except InvalidOperation as cause:
        raise _NoValue from cause
    if not number.is_finite():
        raise _NoValue
    return number


def _with_decimal_point(text: str, decimal_comma: bool) -> str:
    """Where both signs stand, the last one is the decimal sign; one alone is read as the place writes."""
    if "," in text and "." in text:
        comma_is_decimal = text.rindex(",") > text.rindex(".")
    elif "," in text:
        comma_is_decimal = decimal_comma or not _GROUPED_BY_COMMAS.fullmatch(text)
    else:
        comma_is_decimal = decimal_comma and _GROUPED_BY_DOTS.fullmatch(text) is not None
    return text.replace(".", "").replace(",", ".") if comma_is_decimal else text.replace(",", "")


def _rounded(number: Decimal, scale: int | None, precision: int | None) -> Decimal:
    """As the column stores it: otherwise a third decimal would look like a change at every upload."""
    if scale is None or precision is None:
        return number
    if abs(number) >= Decimal(10) ** (precision - scale):
        raise _NoValue
    return number.quantize(Decimal(1).scaleb(-scale), ROUND_HALF_UP)


def _read_date(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    text = str(value).strip()
    try:
        if day_first := _DAY_FIRST.match(text):
            day, month, year = (int(part) for part in day_first.groups())
            return datetime.date(year, month, day).isoformat()
        return datetime.date.fromisoformat(text[:10].replace("/", "-")).isoformat()
    except ValueError as cause:
        raise _NoValue from cause


def _read_boolean(value: Any, profile: Profile) -> bool:
    text = str(value).strip().casefold()
    word = profile.fold(text)
    if text in _YES or word in profile.yes_words:
        return True
    if text in _NO or word in profile.no_words:
        return False
    raise _NoValue

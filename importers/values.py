"""A cell of a district's file as the typed value its column wants."""

import datetime
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

_UNIT = re.compile(r"\s*(m²|m2|m|mm)$", re.IGNORECASE)
_GROUPED_BY_DOTS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+")
_GROUPED_BY_COMMAS = re.compile(r"[+-]?\d{1,3}(,\d{3})+")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_YES = frozenset({"true", "t", "1"})
_NO = frozenset({"false", "f", "0"})


@dataclass(frozen=True)
class Unreadable:
    """A value that is not what its column holds."""

    column: str
    field: str
    kind: str
    value: str


class NotReadable(Exception):
    """The text is no value of that kind."""


def read_value(
    value: Any, kind: str, *, decimal_comma: bool, scale: int | None = None, precision: int | None = None
) -> str | int | Decimal | bool | None:
    """A JSON-ready value, None for an empty cell. Raises NotReadable."""
    if value is None or (isinstance(value, str) and not value.strip(" \t\r\n\x00\xa0")):
        return None
    if kind == "string":
        return _read_text(value)
    if kind == "integer":
        return _read_integer(value, decimal_comma)
    if kind == "number":
        return _rounded(_read_number(value, decimal_comma), scale, precision)
    if kind == "date":
        return _read_date(value)
    return _read_boolean(value)


def _read_text(value: Any) -> str | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # block and parcel numbers kept as numbers by a spreadsheet
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = str(value)
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(text.split()) or None


def _read_integer(value: Any, decimal_comma: bool) -> int:
    number = _read_number(value, decimal_comma)
    if number != number.to_integral_value() or abs(number) >= 2**31:
        raise NotReadable
    return int(number)


def _read_number(value: Any, decimal_comma: bool) -> Decimal:
    if isinstance(value, bool):
        raise NotReadable
    text = _UNIT.sub("", str(value).strip().replace("\xa0", "").replace(" ", ""))
    if isinstance(value, str):
        text = _with_decimal_point(text, decimal_comma)
    try:
        number = Decimal(text)
    except InvalidOperation as cause:
        raise NotReadable from cause
    if not number.is_finite():
        raise NotReadable
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
        raise NotReadable
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
        raise NotReadable from cause


def _read_boolean(value: Any) -> bool:
    text = str(value).strip().casefold()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise NotReadable

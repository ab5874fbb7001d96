"""Values of fields as people write them: titles of codes, separators, units; the card of the map does the same."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from flask_babel import gettext as _

_NO_BREAK = "\u00a0"
_LARGE = 10_000
"""Below it four digits stay together, so that a year does not read as a quantity."""


def shown_value(value: Any, schema: Mapping[str, Any], language: str) -> str:
    """By the field's schema; empty where there is nothing to show."""
    unit = schema.get("x-ogc-unitTitle")
    if value is None or value == "":
        return ""
    for code in schema.get("x-ogc-codes", ()):
        if code["value"] == value:
            return str(code["title"])
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if schema.get("format") == "date":
        return format_date(datetime.date.fromisoformat(str(value)[:10]), "d MMMM y", locale=language)
    if isinstance(value, int | float | Decimal):
        # Publishes and versions are numbered by the pool: such a number is a name, no amount.
        return str(value) if "readOnly" in schema and unit is None else _number(value, unit, language)
    return str(value)


def _number(value: float | Decimal, unit: str | None, language: str) -> str:
    is_grouped = unit is not None or not -_LARGE < value < _LARGE
    written = format_decimal(value, "#,##0.###" if is_grouped else "0.###", locale=language)
    return f"{written}{_NO_BREAK}{unit}" if unit else written

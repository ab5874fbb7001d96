"""Numbers and days as a language writes them."""

import datetime
from decimal import Decimal

from babel.dates import format_date, format_datetime, get_timezone
from babel.numbers import format_decimal, format_percent

from layers.answers.answer import Share
from layers.answers.rounding import rounded

_DAY = "d MMMM y"
"""As on every page, whatever a language would choose by itself."""


def area(square_metres: float | Decimal, language: str) -> str:
    """With the language's separators and its unit."""
    return f"{format_decimal(rounded(square_metres), format='#,##0.00', locale=language)} m²"


def percent(share: Share, language: str) -> str:
    """The sign stands where the language puts it; a trace is never written as nothing."""
    part = rounded(share.percent)
    is_trace = share.area_m2 > 0 and part == 0
    written = format_percent((Decimal("0.01") if is_trace else part) / 100, locale=language, decimal_quantization=False)
    return f"< {written}" if is_trace else str(written)


def number(value: Decimal | float, unit: str, language: str) -> str:
    """Without zeros that say nothing."""
    written = format_decimal(value, format="#,##0.##", locale=language)
    return f"{written} {unit}" if unit else str(written)


def ratio(value: Decimal, language: str) -> str:
    """Two decimals, as plans write them."""
    return str(format_decimal(value, format="0.00", locale=language))


def day(value: datetime.date, language: str) -> str:
    """In words, since 03.04. is two days."""
    return str(format_date(value, format=_DAY, locale=language))


def moment(value: datetime.datetime, language: str, timezone: str) -> str:
    """In the deployment's clock."""
    return str(format_datetime(value, format=f"{_DAY} HH:mm:ss z", tzinfo=get_timezone(timezone), locale=language))

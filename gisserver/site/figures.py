"""Numbers, areas and times as the reader's language writes them; the clock is the profile's."""

import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.numbers import format_decimal, format_percent
from flask import Blueprint
from flask_babel import get_locale
from markupsafe import Markup

from gisserver.days import day_in_words, day_there
from gisserver.service import service

bp = Blueprint("figures", __name__)
NAV = None


@bp.app_template_filter("count")
def count(number: int) -> str:
    """A whole number with the language's separators."""
    return format_decimal(number, locale=_locale())


@bp.app_template_filter("figure")
def figure(number: float) -> str:
    """A number with as many decimals as it has, three at most."""
    return format_decimal(number, format="#,##0.###", locale=_locale())


@bp.app_template_filter("area")
def area(square_metres: float) -> str:
    """Square metres, to the square decimetre as the registry writes them."""
    return f"{format_decimal(square_metres, format='#,##0.00', locale=_locale())} m²"


@bp.app_template_filter("metres")
def metres(length: float) -> str:
    """To the millimetre below a metre, to the centimetre above."""
    return f"{format_decimal(length, format='0.000' if length < 1 else '#,##0.00', locale=_locale())} m"


@bp.app_template_filter("share")
def share(part: float) -> str:
    """A part of one as a percentage with at most one decimal."""
    return format_decimal(part * 100, format="#,##0.#", locale=_locale())


@bp.app_template_filter("percent")
def percent(part: float | None) -> str:
    """The same with its sign, on the side where the language has it; a dash where nothing is known."""
    if part is None:
        return "–"
    return str(format_percent(round(part, 3), locale=_locale(), decimal_quantization=False))


@bp.app_template_filter("size")
def size(number_of_bytes: int) -> str:
    """A file's size as people say it."""
    if number_of_bytes < 1_000_000:
        return f"{format_decimal(number_of_bytes / 1_000, format='#,##0.#', locale=_locale())} kB"
    if number_of_bytes < 1_000_000_000:
        return f"{format_decimal(number_of_bytes / 1_000_000, format='#,##0.#', locale=_locale())} MB"
    return f"{format_decimal(number_of_bytes / 1_000_000_000, format='#,##0.#', locale=_locale())} GB"


@bp.app_template_filter("moment")
def moment(at: datetime.datetime) -> Markup:
    """Day and clock time."""
    there = at.astimezone(ZoneInfo(service().profile.timezone))
    shown = format_datetime(there, "d MMM y HH:mm", locale=_locale())
    return Markup('<time class="number" datetime="{}">{}</time>').format(at.isoformat(timespec="seconds"), shown)


@bp.app_template_filter("day")
def day(at: datetime.date) -> Markup:
    """A day."""
    return Markup('<time class="number" datetime="{}">{}</time>').format(day_there(at), day_in_words(at))


bp.add_app_template_filter(day_in_words)


def _locale() -> str:
    return str(get_locale() or "en")

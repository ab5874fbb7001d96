"""Days as people read them, where the deployment is."""

import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask_babel import get_locale

from gisserver.service import service


def day_in_words(at: datetime.date) -> str:
    """Within a sentence or a drawing."""
    return str(format_date(day_there(at), "d MMMM y", locale=str(get_locale() or "en")))


def day_there(at: datetime.date) -> datetime.date:
    """A moment belongs to a day of the deployment's clock."""
    if isinstance(at, datetime.datetime):
        return at.astimezone(ZoneInfo(service().profile.timezone)).date()
    return at

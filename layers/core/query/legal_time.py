"""The parameter datetime: days on which a feature is valid by law."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, FromClause, or_, true

from layers.core.query.wrong import WrongQuery
from layers.core.words import Title

_OPEN = ("..", "")
_WRONG = Title(
    "“datetime” bir gün (2026-05-01), bir an (2026-05-01T09:30:00Z) ya da bir aralık (2026-01-01/2026-05-01, "
    "../2026-05-01) olur.",
    "“datetime” is a day (2026-05-01), a moment (2026-05-01T09:30:00Z) or a span (2026-01-01/2026-05-01, "
    "../2026-05-01).",
)


@dataclass(frozen=True)
class LegalTime:
    """From the first to the last day, both included; None is an open end."""

    first: datetime.date | None
    last: datetime.date | None

    @classmethod
    def parse(cls, text: str, timezone: str) -> "LegalTime":
        """A moment counts for the day it falls on in the city."""
        parts = text.split("/")
        if len(parts) > 2:
            raise WrongQuery("datetime", _WRONG)
        if len(parts) == 1:
            day = _day(text, timezone)
            return cls(day, day)
        first, last = (None if part in _OPEN else _day(part, timezone) for part in parts)
        if first is not None and last is not None and first > last:
            raise WrongQuery("datetime", _WRONG)
        return cls(first, last)

    def __str__(self) -> str:
        if self.first is not None and self.first == self.last:
            return self.first.isoformat()
        return "/".join(".." if day is None else day.isoformat() for day in (self.first, self.last))

    def holds(self, rows: FromClause) -> ColumnElement[bool]:
        """A feature without a date on one side is valid that way for ever."""
        begun = true() if self.last is None else or_(rows.c.valid_from.is_(None), rows.c.valid_from <= self.last)
        lasts = true() if self.first is None else or_(rows.c.valid_to.is_(None), rows.c.valid_to >= self.first)
        return begun & lasts


def _day(text: str, timezone: str) -> datetime.date:
    try:
        if len(text) == 10:
            return datetime.date.fromisoformat(text)
        moment = datetime.datetime.fromisoformat(text.upper())
        aware = moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
        return aware.astimezone(ZoneInfo(timezone)).date()
    except (ValueError, OverflowError):
        raise WrongQuery("datetime", _WRONG) from None

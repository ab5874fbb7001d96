"""Two states of the pool, told by the numbers of publishes or by moments."""

import datetime
import re
from dataclasses import dataclass

from sqlalchemy import Connection

from layers.core.epochs import UnknownTime, current_epoch, epoch_at
from layers.core.moments import moment_of
from layers.core.query import WrongQuery
from layers.core.words import Title

Instant = int | datetime.datetime
"""A publish by its number, or the one in force at a moment."""

_NUMBER = re.compile(r"[0-9]{1,18}")
_UNREADABLE = Title(
    "“{name}” bir yayın numarası (17), bir gün (2026-05-01) ya da bir an (2026-05-01T09:30:00Z) olur.",
    "“{name}” is the number of a publish (17), a day (2026-05-01) or a moment (2026-05-01T09:30:00Z).",
)
_MISSING = Title(
    "Hangi yayından sonrası? “{name}” verin: bir yayın numarası, bir gün ya da bir an; baştan beri için 0.",
    "Since when? Give “{name}”: the number of a publish, a day or a moment; 0 for since the beginning.",
)
_NOT_YET = Title(
    "{number} numaralı yayın henüz yok; en yenisi {newest}.",
    "There is no publish {number} yet; the newest is {newest}.",
)
_BACKWARDS = Title(
    "“from” ({first}) “to” değerinden ({last}) sonra. İkisinin yerini değiştirin.",
    "“from” ({first}) is later than “to” ({last}). Change their places.",
)


@dataclass(frozen=True)
class Span:
    """What was published after `first`, up to and with `last`."""

    first: int
    last: int


def parse_instant(text: str | None, name: str) -> Instant:
    """Raises WrongQuery."""
    if text is None:
        raise WrongQuery(name, _MISSING, name=name)
    if _NUMBER.fullmatch(text):
        return int(text)
    try:
        return moment_of(text.upper())
    except (ValueError, OverflowError):
        raise WrongQuery(name, _UNREADABLE, name=name) from None


def span_of(connection: Connection, since: Instant, until: Instant | None) -> Span:
    """As this transaction sees the publishes; a moment before the first one is the empty pool. Raises WrongQuery."""
    newest = current_epoch(connection)
    first = _number(connection, since, newest, "from")
    last = newest if until is None else _number(connection, until, newest, "to")
    if first > last:
        raise WrongQuery("from", _BACKWARDS, first=first, last=last)
    return Span(first, last)


def _number(connection: Connection, instant: Instant, newest: int, name: str) -> int:
    if isinstance(instant, datetime.datetime):
        try:
            return epoch_at(connection, instant)
        except UnknownTime:
            return 0
    if instant > newest:
        raise WrongQuery(name, _NOT_YET, number=instant, newest=newest)
    return instant

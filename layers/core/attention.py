"""What about a changeset is out of the ordinary: told to who decides, never a reason for refusal by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, text

from layers.core.review_rules import AttentionRules
from sql import query


class Oddity(StrEnum):
    """What is out of the ordinary."""

    ENDINGS = "endings"
    ENDINGS_SHARE = "endings_share"
    SIZES = "sizes"
    GROWTH = "growth"
    HOUR = "hour"
    AMOUNT = "amount"
    FAR = "far"


@dataclass(frozen=True)
class Mark:
    """One oddity with its number and the limit it is beyond."""

    oddity: Oddity
    number: float
    limit: float
    of: float | None = None
    """What the number is a part of, or is compared with."""
    refs: tuple[str, ...] = ()
    """Some of the features."""
    clock: str = ""
    """Day and time, where it is about these."""


def marks(connection: Connection, changeset_id: int, rules: AttentionRules, timezone: str) -> tuple[Mark, ...]:
    """In the order in which one should look at them."""
    return (
        *_endings(connection, changeset_id, rules),
        *_sizes(connection, changeset_id, rules),
        *_growth(connection, changeset_id, rules),
        *_amount(connection, changeset_id, rules),
        *_far(connection, changeset_id, rules),
        *_hour(connection, changeset_id, rules, timezone),
    )


def warnings(connection: Connection, changeset_id: int) -> int:
    """How much was found in its file that is more than a note."""
    return int(_row(connection, "attention.warnings", changeset=changeset_id).n)


def _endings(connection: Connection, changeset_id: int, rules: AttentionRules) -> Iterator[Mark]:
    row = connection.execute(text(query("attention.endings")), {"changeset": changeset_id}).one_or_none()
    if row is None:
        return
    percent = 100 * row.ending / row.features if row.features else 0.0
    if rules.deletes and row.ending >= rules.deletes:
        yield Mark(Oddity.ENDINGS, row.ending, rules.deletes, of=row.features)
    elif rules.deletes_percent and percent >= rules.deletes_percent and row.ending > 1:
        yield Mark(Oddity.ENDINGS_SHARE, percent, rules.deletes_percent, of=row.ending)


def _sizes(connection: Connection, changeset_id: int, rules: AttentionRules) -> Iterator[Mark]:
    limits = {"smallest": rules.smallest_m2, "largest": rules.largest_m2}
    row = _row(connection, "attention.odd_sizes", changeset=changeset_id, **limits)
    if row.n:
        is_small = row.least < rules.smallest_m2
        limit, extreme = (rules.smallest_m2, row.least) if is_small else (rules.largest_m2, row.most)
        yield Mark(Oddity.SIZES, row.n, limit, of=extreme, refs=tuple(row.refs))


def _growth(connection: Connection, changeset_id: int, rules: AttentionRules) -> Iterator[Mark]:
    if not rules.times_area:
        return
    row = _row(connection, "attention.odd_growth", changeset=changeset_id, times=rules.times_area)
    if row.n:
        yield Mark(Oddity.GROWTH, row.n, rules.times_area, of=row.most, refs=tuple(row.refs))


def _amount(connection: Connection, changeset_id: int, rules: AttentionRules) -> Iterator[Mark]:
    row = _row(connection, "attention.amount", changeset=changeset_id)
    is_much = row.usual and row.n >= max(rules.many, rules.times_usual * row.usual)
    if rules.times_usual and is_much:
        yield Mark(Oddity.AMOUNT, row.n, rules.times_usual, of=row.usual)


def _far(connection: Connection, changeset_id: int, rules: AttentionRules) -> Iterator[Mark]:
    if not rules.far_m:
        return
    row = _row(connection, "attention.far", changeset=changeset_id, far=rules.far_m)
    if row.n:
        yield Mark(Oddity.FAR, row.n, rules.far_m, of=row.of, refs=tuple(row.refs))


def _hour(connection: Connection, changeset_id: int, rules: AttentionRules, timezone: str) -> Iterator[Mark]:
    row = _row(connection, "attention.handed_in", changeset=changeset_id, timezone=timezone)
    is_late = rules.last_hour and not rules.first_hour <= row.hour < rules.last_hour
    if is_late or (rules.last_weekday and row.weekday > rules.last_weekday):
        yield Mark(Oddity.HOUR, row.hour, rules.first_hour, of=rules.last_hour, clock=row.clock)


def _row(connection: Connection, name: str, **asked: object) -> Row[Any]:
    return connection.execute(text(query(name)), asked).one()

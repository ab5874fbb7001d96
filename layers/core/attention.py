"""What about a changeset is out of the ordinary: told to who decides, never a reason for refusal by itself."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
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
    clock: datetime.datetime | None = None
    """Day and time, where it is about these."""


def marks(connection: Connection, changeset_id: int, rules: AttentionRules, timezone: str) -> tuple[Mark, ...]:
    """In the order in which one should look at them."""
    return marks_of(connection, [changeset_id], rules, timezone)[changeset_id]


def marks_of(
    connection: Connection, changeset_ids: Sequence[int], rules: AttentionRules, timezone: str
) -> Mapping[int, tuple[Mark, ...]]:
    """The same of many, by the number of each."""
    limits = {"smallest": rules.smallest_m2, "largest": rules.largest_m2, "times": rules.times_area, "far": rules.far_m}
    asked = {"changesets": list(changeset_ids), "timezone": timezone, **limits}
    return {row.id: tuple(_marks(row, rules)) for row in connection.execute(text(query("attention.figures")), asked)}


def warnings(connection: Connection, changeset_id: int) -> int:
    """How much was found in its file that is more than a note."""
    return int(connection.execute(text(query("attention.warnings")), {"changeset": changeset_id}).one().n)


def _marks(row: Row[Any], rules: AttentionRules) -> Iterator[Mark]:
    yield from _endings(row, rules)
    yield from _sizes(row, rules)
    if rules.times_area and row.grown:
        yield Mark(Oddity.GROWTH, row.grown, rules.times_area, of=row.most_times, refs=tuple(row.grown_refs))
    if rules.times_usual and row.usual and row.changes >= max(rules.many, rules.times_usual * row.usual):
        yield Mark(Oddity.AMOUNT, row.changes, rules.times_usual, of=row.usual)
    if row.far:
        yield Mark(Oddity.FAR, row.far, rules.far_m, of=row.placed, refs=tuple(row.far_refs))
    is_late = rules.last_hour and not rules.first_hour <= row.hour < rules.last_hour
    if is_late or (rules.last_weekday and row.weekday > rules.last_weekday):
        yield Mark(Oddity.HOUR, row.hour, rules.first_hour, of=rules.last_hour, clock=row.clock)


def _endings(row: Row[Any], rules: AttentionRules) -> Iterator[Mark]:
    percent = 100 * row.ending / row.features if row.features else 0.0
    if rules.deletes and row.ending >= rules.deletes:
        yield Mark(Oddity.ENDINGS, row.ending, rules.deletes, of=row.features)
    elif rules.deletes_percent and percent >= rules.deletes_percent and row.ending > 1:
        yield Mark(Oddity.ENDINGS_SHARE, percent, rules.deletes_percent, of=row.ending)


def _sizes(row: Row[Any], rules: AttentionRules) -> Iterator[Mark]:
    if row.odd_sizes:
        is_small = row.least_m2 < rules.smallest_m2
        limit, extreme = (rules.smallest_m2, row.least_m2) if is_small else (rules.largest_m2, row.most_m2)
        yield Mark(Oddity.SIZES, row.odd_sizes, limit, of=extreme, refs=tuple(row.odd_refs))

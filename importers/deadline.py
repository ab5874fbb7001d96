"""The time one rule may take, so that no check hangs on it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg2.errors import QueryCanceled
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from sql import query


class TookTooLong(Exception):
    """The rule has used up its time; the others go on without it."""


@dataclass(frozen=True)
class Deadline:
    """A moment of the process's own clock."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """So long from now."""
        return cls(time.perf_counter() + seconds)

    @property
    def seconds_left(self) -> float:
        """Zero when it has passed."""
        return max(0.0, self.at - time.perf_counter())

    def watch(self) -> None:
        """Asked between two pieces of work. Raises TookTooLong."""
        if time.perf_counter() > self.at:
            raise TookTooLong


NEVER = Deadline(float("inf"))


@contextmanager
def time_limit(connection: Connection, seconds: float) -> Iterator[Deadline]:
    """Neither a statement nor the work around it may take longer. Raises TookTooLong."""
    limit = text(query("checks.limit_time"))
    try:
        with connection.begin_nested():
            before = connection.execute(limit, {"milliseconds": str(max(1, round(seconds * 1000)))}).scalar_one()
            yield Deadline.after(seconds)
            connection.execute(limit, {"milliseconds": before})
    except OperationalError as trouble:
        if isinstance(trouble.orig, QueryCanceled):
            raise TookTooLong from trouble
        raise

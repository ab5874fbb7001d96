"""How far the check of a file is, for those who wait for it."""

import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import Connection, text

from layers.core.store import WORKER, Store
from sql import query

Item = TypeVar("Item")

PAUSE_SECONDS = 1.0
"""Within a step nobody is told more often."""

_STRIDE = 250


class Step(StrEnum):
    """What a check is doing, in the order it does it."""

    OPENING = "opening"
    READING = "reading"
    COMPARING = "comparing"
    CHECKING = "checking"
    WRITING = "writing"


Heard = Callable[[Step, int, int], None]
"""Told the step, and of how many records how many are done; 0 of 0 where a step does not count."""


@dataclass(frozen=True)
class Progress:
    """Where a check stood when it last said something."""

    step: Step
    done: int
    total: int


def unheard(_step: Step, _done: int, _total: int) -> None:
    """Nobody waits."""


def counted(items: Iterable[Item], step: Step, total: int, heard: Heard) -> Iterator[Item]:
    """The items, telling on the way how many have passed."""
    heard(step, 0, total)
    for number, item in enumerate(items, start=1):
        yield item
        if number % _STRIDE == 0:
            heard(step, number, max(total, number))


@dataclass
class Diary:
    """Writes down what it hears, by transactions of its own: the one that checks shows nothing before its end."""

    store: Store
    upload_id: uuid.UUID
    _step: Step | None = field(default=None, init=False)
    _not_before: float = field(default=0.0, init=False)

    def __call__(self, step: Step, done: int, total: int) -> None:
        """A new step is always told, the way through it once in PAUSE_SECONDS."""
        now = time.monotonic()
        if step == self._step and now < self._not_before:
            return
        self._step, self._not_before = step, now + PAUSE_SECONDS
        with self.store.writing(WORKER) as connection:
            connection.execute(
                text(query("progress.go_on")), {"upload": self.upload_id, "step": step, "done": done, "total": total}
            )


def begin_progress(connection: Connection, upload_id: uuid.UUID) -> None:
    """Nothing of an earlier check is left to be seen."""
    connection.execute(text(query("progress.begin")), {"upload": upload_id, "step": Step.OPENING})


def progress_of(connection: Connection, upload_id: uuid.UUID) -> Progress | None:
    """None while the file waits for the worker, and once it is checked."""
    row = connection.execute(text(query("progress.read")), {"upload": upload_id}).one_or_none()
    return Progress(Step(row.step), row.done, row.total) if row else None

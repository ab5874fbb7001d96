"""Maps that wait to be printed: what is ordered, how far it is, what came of it."""

import datetime
import uuid
from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.core.jobs import enqueue
from sql import query

TASK = "print_map"
QUEUE = "prints"
MOST_WAITING = 5
"""Prints of one account that wait at a time."""
MOST_WAITING_OF_ALL = 20
"""Prints that wait at a time of everybody who has not signed in."""
KEPT = datetime.timedelta(days=1)
MOST_BYTES = 2_000_000_000
"""Of all prints that are kept."""


class TooManyPrints(Exception):
    """As many are waiting as may."""


@dataclass(frozen=True)
class PrintJob:
    """One document."""

    id: uuid.UUID
    state: str
    done: int
    total: int
    note: str
    media_type: str | None
    size: int | None
    created_at: datetime.datetime
    ahead: int
    """How many others come first."""


def add_print(connection: Connection, account_id: int | None, ordered: str) -> uuid.UUID:
    """Keep the order and ask the worker; raises TooManyPrints."""
    waiting = connection.execute(text(query("prints.waiting")), {"account": account_id}).scalar_one()
    if waiting >= (MOST_WAITING_OF_ALL if account_id is None else MOST_WAITING):
        raise TooManyPrints
    asked = {"account": account_id, "ordered": ordered}
    print_id = uuid.UUID(str(connection.execute(text(query("prints.add")), asked).scalar_one()))
    enqueue(connection, TASK, queue=QUEUE, print_id=str(print_id))
    return print_id


def print_of(connection: Connection, print_id: uuid.UUID) -> PrintJob | None:
    """As far as it is; None also where it is another's."""
    row = connection.execute(text(query("prints.of")), {"print": print_id}).one_or_none()
    return PrintJob(**row._mapping) if row else None


def ordered_words(connection: Connection, print_id: uuid.UUID) -> str | None:
    """What is to be printed; None once it was, or was given up."""
    found: str | None = connection.execute(text(query("prints.ordered")), {"print": print_id}).scalar_one_or_none()
    return found


def printed(connection: Connection, print_id: uuid.UUID) -> tuple[str, bytes] | None:
    """Media type and bytes; None until then."""
    row = connection.execute(text(query("prints.result")), {"print": print_id}).one_or_none()
    return (row.media_type, bytes(row.result)) if row else None


def tell_print_progress(connection: Connection, print_id: uuid.UUID, done: int, total: int) -> bool:
    """For who waits; False where they wait no more and have taken the order back."""
    about = {"print": print_id, "done": done, "total": total}
    return bool(connection.execute(text(query("prints.progress")), about).rowcount)


def finish_print(
    connection: Connection, print_id: uuid.UUID, state: str, note: str = "", made: tuple[str, bytes] | None = None
) -> None:
    """Done, perhaps without all of it, or failed; the note says why."""
    media_type, result = made or (None, None)
    about = {"print": print_id, "state": state, "note": note, "media_type": media_type, "result": result}
    connection.execute(text(query("prints.finish")), about)


def remove_print(connection: Connection, print_id: uuid.UUID) -> bool:
    """Take the order back, or the result away."""
    return bool(connection.execute(text(query("prints.remove")), {"print": print_id}).rowcount)


def remove_old_prints(connection: Connection) -> int:
    """A print is fetched within hours or not at all."""
    return connection.execute(text(query("prints.remove_old")), {"age": KEPT, "most": MOST_BYTES}).rowcount

"""Lists of addresses that are looked up by the worker: what is asked, how far it is, what came of it."""

import datetime
import uuid
from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.core.jobs import enqueue
from sql import query

TASK = "answer_batch"
MOST_WAITING = 3
"""Lists of one account that wait at a time; the others' turn comes as well."""
KEPT = datetime.timedelta(days=7)


class TooManyWaiting(Exception):
    """The account has as many lists under way as it may have."""


@dataclass(frozen=True)
class Batch:
    """One list."""

    id: uuid.UUID
    account_id: int
    file_name: str
    column_name: str | None
    language: str
    state: str
    done: int
    total: int
    note: str
    created_at: datetime.datetime

    @property
    def is_waiting(self) -> bool:
        """The worker has not finished it."""
        return self.state in ("waiting", "working")


def add_batch(
    connection: Connection, account_id: int, file_name: str, column_name: str | None, language: str, sent: bytes
) -> uuid.UUID:
    """Keep the bytes and ask the worker; raises TooManyWaiting."""
    if connection.execute(text(query("address_batches.waiting")), {"account": account_id}).scalar_one() >= MOST_WAITING:
        raise TooManyWaiting
    asked = {
        "account": account_id,
        "file_name": file_name,
        "column_name": column_name,
        "language": language,
        "sent": sent,
    }
    batch_id = uuid.UUID(str(connection.execute(text(query("address_batches.add")), asked).scalar_one()))
    enqueue(connection, TASK, batch_id=str(batch_id))
    return batch_id


def batch_of(connection: Connection, batch_id: uuid.UUID) -> Batch | None:
    """As far as it is; None also where it is another's."""
    row = connection.execute(text(query("address_batches.of")), {"batch": batch_id}).one_or_none()
    return Batch(**row._mapping) if row else None


def batches_of(connection: Connection, account_id: int) -> tuple[Batch, ...]:
    """An account's lists, the latest first."""
    rows = connection.execute(text(query("address_batches.of_account")), {"account": account_id})
    return tuple(Batch(**row._mapping) for row in rows)


def sent_bytes(connection: Connection, batch_id: uuid.UUID) -> bytes | None:
    """The list as it was sent; None once it was answered."""
    found = connection.execute(text(query("address_batches.sent")), {"batch": batch_id}).scalar_one_or_none()
    return bytes(found) if found is not None else None


def result_bytes(connection: Connection, batch_id: uuid.UUID) -> bytes | None:
    """The table with what was found; None until then."""
    found = connection.execute(text(query("address_batches.result")), {"batch": batch_id}).scalar_one_or_none()
    return bytes(found) if found is not None else None


def tell_progress(connection: Connection, batch_id: uuid.UUID, done: int, total: int) -> None:
    """For who waits."""
    connection.execute(text(query("address_batches.progress")), {"batch": batch_id, "done": done, "total": total})


def finish(connection: Connection, batch_id: uuid.UUID, state: str, note: str, result: bytes | None) -> None:
    """Done, or failed with the reason."""
    about = {"batch": batch_id, "state": state, "note": note, "result": result}
    connection.execute(text(query("address_batches.finish")), about)


def remove_batch(connection: Connection, batch_id: uuid.UUID) -> bool:
    """Take the list and its result away."""
    return bool(connection.execute(text(query("address_batches.remove")), {"batch": batch_id}).rowcount)


def remove_old(connection: Connection) -> int:
    """Nobody's list is kept longer than needed."""
    return connection.execute(text(query("address_batches.remove_old")), {"age": KEPT}).rowcount

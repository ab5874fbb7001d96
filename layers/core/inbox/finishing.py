"""A file is here whole: it is checked, unless the same bytes came before."""

import uuid
from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.core.jobs import enqueue
from sql import query


@dataclass(frozen=True)
class Receipt:
    """What the sender is told: the file arrived, whole, and whether the same bytes came before."""

    upload_id: uuid.UUID
    size_bytes: int
    sha256: str
    is_repeat: bool


def finish(connection: Connection, upload_id: uuid.UUID, size_bytes: int, sha256: str) -> Receipt:
    """Enqueue the check by the transaction that keeps the last byte.

    The same bytes sent twice lead to the first upload, so that an impatient second click costs nothing.
    """
    connection.execute(text(query("inbox.end_upload")), {"upload": upload_id, "size": size_bytes, "sha256": sha256})
    earlier = connection.execute(text(query("inbox.same_upload")), {"upload": upload_id}).scalar_one_or_none()
    if earlier is None:
        ask_worker(connection, upload_id)
        return Receipt(upload_id, size_bytes, sha256, is_repeat=False)
    connection.execute(text(query("inbox.lead_to_earlier")), {"upload": upload_id, "earlier": earlier})
    connection.execute(text(query("inbox.forget_upload")), {"upload": upload_id})
    return Receipt(earlier, size_bytes, sha256, is_repeat=True)


def ask_worker(connection: Connection, upload_id: uuid.UUID) -> None:
    """The check waits for the commit."""
    enqueue(connection, "check_upload", lock=f"upload {upload_id}", upload_id=str(upload_id))

"""Asking for new files of the public tiles, by the publish that makes the old ones out of date."""

import datetime

from sqlalchemy import Connection

from layers.core.jobs import due, enqueue_once

TASK = "export_tiles"
QUEUE = "exports"
"""Of its own, so that no file of a district waits behind an export."""
SETTLING = datetime.timedelta(minutes=5)
"""Publishes often come one after the other; an export of the first would be out of date at once."""


def ask_for_export(connection: Connection, wait: datetime.timedelta = SETTLING) -> None:
    """One export that waits is enough; it will see every publish that commits before it begins."""
    enqueue_once(connection, TASK, queue=QUEUE, wait=wait)


def next_export(connection: Connection) -> datetime.datetime | None:
    """When the export begins that was asked for; None where there is no publish to wait for."""
    return due(connection, TASK)

"""Asking for faults to be counted, by the transaction that publishes."""

import datetime

from sqlalchemy import Connection

from layers.core.jobs import enqueue_once

COUNT, QUEUE = "count_faults", "scores"


def ask_to_count(connection: Connection) -> None:
    """One job that waits is enough: it sees every publish that commits before it begins."""
    enqueue_once(connection, COUNT, queue=QUEUE, wait=datetime.timedelta(0))

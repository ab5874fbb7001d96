"""Work for the worker, enqueued in the same transaction as the thing it follows."""

import datetime
import json

from sqlalchemy import Connection, text

from sql import query


def enqueue(
    connection: Connection, task: str, *, queue: str = "default", lock: str | None = None, **arguments: str | int | None
) -> int:
    """Queue a task by name; jobs that share a lock run one after the other. Returns the job's number."""
    return int(
        connection.execute(
            text(query("inbox.enqueue")),
            {"queue": queue, "task": task, "lock": lock, "arguments": json.dumps(arguments)},
        ).scalar_one()
    )


def enqueue_once(connection: Connection, task: str, *, queue: str, wait: datetime.timedelta) -> None:
    """Queue a task unless it waits in the queue already; it does not begin before `wait` has passed."""
    connection.execute(text(query("jobs.enqueue_once")), {"task": task, "queue": queue, "wait": wait})


def under_way(connection: Connection, task: str, **arguments: str | int) -> int | None:
    """The number of a job with these arguments that waits or runs."""
    asked = {"task": task, "arguments": json.dumps(arguments)}
    found: int | None = connection.execute(text(query("jobs.under_way")), asked).scalar_one_or_none()
    return found


def due(connection: Connection, task: str) -> datetime.datetime | None:
    """When the next run of a task begins; None where nobody has asked for one."""
    found: datetime.datetime | None = connection.execute(text(query("jobs.due")), {"task": task}).scalar_one_or_none()
    return found

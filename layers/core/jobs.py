"""Work for the worker, enqueued in the same transaction as the thing it follows."""

import json

from sqlalchemy import Connection, text

from sql import query


def enqueue(connection: Connection, task: str, *, lock: str | None = None, **arguments: str | int | None) -> int:
    """Queue a task by name; jobs that share a lock run one after the other. Returns the job's number."""
    return int(
        connection.execute(
            text(query("inbox.enqueue")),
            {"task": task, "lock": lock, "arguments": json.dumps(arguments)},
        ).scalar_one()
    )

"""A large publish is the worker's: it is queued by the decision's transaction, and only once."""

from dataclasses import dataclass

from sqlalchemy import Connection

from layers.core.jobs import enqueue, under_way
from layers.core.store import Actor

_TASK = "publish_changeset"


@dataclass(frozen=True)
class Enqueued:
    """The worker publishes it."""

    job_id: int
    is_repeat: bool = False
    """Somebody asked for it before, and it is not done yet."""


def enqueued(connection: Connection, changeset_id: int, actor: Actor) -> Enqueued:
    """Large publishes follow one another."""
    return Enqueued(enqueue(connection, _TASK, lock="publish", changeset_id=changeset_id, account_id=actor.account_id))


def on_its_way(connection: Connection, changeset_id: int) -> Enqueued | None:
    """The job that waits or runs, where somebody has asked for it."""
    job_id = under_way(connection, _TASK, changeset_id=changeset_id)
    return None if job_id is None else Enqueued(job_id, is_repeat=True)

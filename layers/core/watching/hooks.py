"""Webhooks: a watch with a receiver, and how far that receiver has been told."""

import datetime
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, text

from layers.core.layer import Audience
from layers.core.registry import Registry
from layers.core.store import Actor
from layers.core.watching.subscriptions import Subscription, audience_of, digest_of, watch, watched_of
from layers.core.watching.watched import Watched
from sql import query

QUEUE = "webhooks"
TELL = "tell_webhook"
TEST = "test_webhook"


class UnknownWebhook(Exception):
    """There is no webhook with that number, or it is somebody else's."""


@dataclass(frozen=True)
class Webhook:
    """One receiver and how it is getting on."""

    id: int
    url: str
    root: str
    """Where the service is, for the links in what is told."""
    subscription: Subscription
    account_id: int | None
    account: str | None
    is_account_active: bool
    told_epoch: int
    is_active: bool
    """False where it was given up after failing for long."""
    failures: int
    failing_since: datetime.datetime | None
    tried_at: datetime.datetime | None
    outcome: str | None
    """Of the last attempt, in a few words."""

    def seen(self, registry: Registry) -> frozenset[str]:
        """The layers of which it may hear."""
        return self.subscription.seen(registry)


def add_webhook(
    connection: Connection,
    actor: Actor,
    watched: Watched,
    url: str,
    root: str,
    secret: str,
    audience: Audience | None = None,
) -> int:
    """From the next publish on; returns its number. Raises TooManyWatches."""
    token = watch(connection, actor, watched, audience)
    about = {"digest": digest_of(token), "url": url, "root": root}
    number = int(connection.execute(text(query("watching.add_webhook")), about).scalar_one())
    connection.execute(text(query("watching.keep_secret")), {"webhook": number, "secret": secret})
    return number


def webhooks(connection: Connection) -> tuple[Webhook, ...]:
    """Those that the actor may see, oldest first."""
    return tuple(map(_webhook, connection.execute(text(query("watching.webhooks")), {"id": None})))


def webhook(connection: Connection, number: int) -> Webhook:
    """Raises UnknownWebhook."""
    row = connection.execute(text(query("watching.webhooks")), {"id": number}).one_or_none()
    if row is None:
        raise UnknownWebhook
    return _webhook(row)


def remove_webhook(connection: Connection, number: int) -> None:
    """Raises UnknownWebhook."""
    if connection.execute(text(query("watching.remove_webhook")), {"id": number}).one_or_none() is None:
        raise UnknownWebhook


def secret_of(connection: Connection, number: int) -> str:
    """For the worker, who signs with it."""
    return str(connection.execute(text(query("watching.secret")), {"id": number}).scalar_one())


def webhook_told(connection: Connection, number: int, epoch: int) -> None:
    """There was nothing for it up to here."""
    connection.execute(text(query("watching.told")), {"id": number, "epoch": epoch})


def webhook_taken(connection: Connection, number: int, epoch: int, now: datetime.datetime, outcome: str) -> None:
    """The receiver has this publish; whatever stood against it is over."""
    about = {"id": number, "epoch": epoch, "now": now, "outcome": outcome}
    connection.execute(text(query("watching.taken")), about)


def webhook_failed(
    connection: Connection, number: int, now: datetime.datetime, outcome: str, patience: datetime.timedelta
) -> bool:
    """Returns whether it is tried again; not where it has failed for longer than that."""
    about = {"id": number, "now": now, "outcome": outcome, "hours": round(patience.total_seconds() / 3600)}
    return bool(connection.execute(text(query("watching.failed")), about).scalar_one())


def stop_webhook(connection: Connection, number: int, outcome: str) -> None:
    """Until somebody tests it."""
    connection.execute(text(query("watching.stop")), {"id": number, "outcome": outcome})


def call_webhooks(connection: Connection) -> None:
    """Have the worker tell them, when the transaction commits."""
    connection.execute(text(query("watching.call")))


def _webhook(row: Row[Any]) -> Webhook:
    return Webhook(
        id=row.id,
        url=row.url,
        root=row.root,
        subscription=Subscription(watched_of(row), audience_of(row), row.created_at),
        account_id=row.account_id,
        account=row.account,
        is_account_active=row.is_account_active is not False,
        told_epoch=row.told_epoch,
        is_active=row.is_active,
        failures=row.failures,
        failing_since=row.failing_since,
        tried_at=row.tried_at,
        outcome=row.outcome,
    )

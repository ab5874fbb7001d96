"""Who watches: kept under the digest of a secret that only the watcher has."""

import datetime
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, text

from layers.core.layer import Audience
from layers.core.registry import Registry
from layers.core.store import Actor
from layers.core.watching.watched import Watched
from sql import query

MOST_WATCHES = 20_000
"""Of everybody together; each of them costs a look at what is published."""


class UnknownWatch(Exception):
    """Nobody watches under this address, or not any more."""


class TooManyWatches(Exception):
    """There is no room for more."""


@dataclass(frozen=True)
class Subscription:
    """What is watched under one address, and what its owner may see today."""

    watched: Watched
    audience: Audience
    created_at: datetime.datetime

    def seen(self, registry: Registry) -> frozenset[str]:
        """The layers of which it may hear."""
        return frozenset(layer.id for layer in registry if layer.audience <= self.audience)


def watch(connection: Connection, actor: Actor, watched: Watched, audience: Audience | None = None) -> str:
    """Keep it; returns the secret, which is nowhere else. Raises TooManyWatches."""
    if connection.execute(text(query("watching.number"))).scalar_one() >= MOST_WATCHES:
        raise TooManyWatches
    token = secrets.token_urlsafe(24)
    about = {
        "digest": digest_of(token),
        "account": actor.account_id,
        "audience": int(actor.audience if audience is None else audience),
        "layers": list(watched.layers),
        "district": watched.district_id,
        "area": watched.area_wkb,
        "feature": watched.feature_uid,
    }
    connection.execute(text(query("watching.add")), about)
    return token


def watched_by(connection: Connection, token: str) -> Subscription:
    """Raises UnknownWatch."""
    row = connection.execute(text(query("watching.by_token")), {"digest": digest_of(token)}).one_or_none()
    if row is None or row.is_active is False:
        raise UnknownWatch
    return Subscription(watched_of(row), audience_of(row), row.created_at)


def end_watch(connection: Connection, token: str) -> None:
    """Whoever has the secret may. Raises UnknownWatch."""
    if not connection.execute(text(query("watching.end_by_token")), {"digest": digest_of(token)}).scalar_one():
        raise UnknownWatch


def remove_unused(connection: Connection) -> int:
    """Those that nobody has asked for in 90 days; returns how many."""
    return connection.execute(text(query("watching.remove_unused"))).rowcount


def digest_of(token: str) -> bytes:
    """What is kept of a secret."""
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def watched_of(row: Row[Any]) -> Watched:
    """From the columns of a subscription."""
    area = None if row.area is None else bytes(row.area)
    return Watched(tuple(row.layers), row.district_id, area, row.feature_uid)


def audience_of(row: Row[Any]) -> Audience:
    """What was allowed at the beginning, as far as the account's role still allows it."""
    kept = Audience(row.audience)
    return kept if row.role is None else min(kept, Actor(row.role).audience)

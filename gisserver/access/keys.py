"""Keys with which a program acts for an account: long and random, so that a quick digest of them is enough."""

import datetime
import hashlib
import secrets
from dataclasses import dataclass, replace

from sqlalchemy import Connection, text
from werkzeug.datastructures import Authorization

from gisserver.access.accounts import Account, account_of
from layers.core.store import Actor
from sql import query

PREFIX = "gis_"
"""By it a key is told from other passwords, such as those of a proxy in front."""


class NoSuchAccount(Exception):
    """A key belongs to somebody who may sign in."""


class NotAKey(Exception):
    """What the program shows opens nothing: it was mistyped, revoked or has expired."""


@dataclass(frozen=True)
class Holder:
    """Whom a program acts for."""

    account: Account
    may_publish: bool
    """What it edits is published at once."""

    @property
    def actor(self) -> Actor:
        """What its transactions carry."""
        return replace(self.account.actor, may_publish=self.may_publish)


@dataclass(frozen=True)
class KnownKey:
    """A key as the list shows it; the key itself is nowhere."""

    id: int
    name: str
    email: str
    may_publish: bool
    created_at: datetime.datetime
    expires_at: datetime.datetime | None
    revoked_at: datetime.datetime | None


def add_key(connection: Connection, email: str, name: str, *, may_publish: bool, days: int | None) -> str:
    """A new key, told once. Raises NoSuchAccount."""
    key = PREFIX + secrets.token_urlsafe(32)
    made = connection.execute(
        text(query("access_keys.add")),
        {
            "email": email.strip().lower(),
            "name": name,
            "sha256": _digest(key),
            "may_publish": may_publish,
            "days": days,
        },
    ).scalar_one_or_none()
    if made is None:
        raise NoSuchAccount
    return key


def revoke_key(connection: Connection, key_id: int) -> bool:
    """From the next request on it opens nothing; False where there is none that does."""
    return connection.execute(text(query("access_keys.revoke")), {"id": key_id}).rowcount > 0


def known_keys(connection: Connection) -> tuple[KnownKey, ...]:
    """All that were ever made."""
    return tuple(KnownKey(**row._mapping) for row in connection.execute(text(query("access_keys.all"))))


def shown_key(authorization: Authorization | None) -> str | None:
    """The key in a request's header: a bearer token, or the password of a program that knows only those."""
    if authorization is None:
        return None
    if authorization.type == "bearer":
        return authorization.token
    password = authorization.get("password") if authorization.type == "basic" else None
    return password if password is not None and password.startswith(PREFIX) else None


def holder_of(connection: Connection, key: str, authorization: Authorization) -> Holder:
    """Raises NotAKey, also where a name stands beside the key that is not its holder's."""
    row = connection.execute(text(query("access_keys.holder")), {"sha256": _digest(key)}).one_or_none()
    if row is None:
        raise NotAKey
    named = authorization.get("username") if authorization.type == "basic" else row.email
    if named is None or named.strip().lower() != row.email:
        raise NotAKey
    return Holder(account_of(row), row.may_publish)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()

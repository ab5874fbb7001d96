"""Local accounts: argon2 hashes, one role, at most one district."""

from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Connection, Row, text

from layers.core.store import Actor
from sql import query

_hasher = PasswordHasher()


@cache
def _nobody() -> str:
    """Verified when the address is unknown, so that the time taken does not tell who has an account."""
    return _hasher.hash("nobody signs in with this")


@dataclass(frozen=True)
class Account:
    """A person who may sign in."""

    id: int
    email: str
    name: str
    role: str
    district_id: int | None
    session_no: int

    @property
    def actor(self) -> Actor:
        """What the account's transactions carry."""
        return Actor(self.role, self.district_id, self.id)


def create_account(
    connection: Connection, email: str, name: str, password: str, role: str, district_id: int | None = None
) -> int:
    """Add an account, or give an existing address a new password and role; returns its id."""
    return int(
        connection.execute(
            text(query("accounts.create")),
            {
                "email": email.strip().lower(),
                "name": name,
                "hash": _hasher.hash(password),
                "role": role,
                "district": district_id,
            },
        ).scalar_one()
    )


def verified(connection: Connection, email: str, password: str) -> Account | None:
    """The account whose password this is."""
    row = connection.execute(text(query("accounts.by_email")), {"email": email.strip().lower()}).one_or_none()
    try:
        _hasher.verify(row.password_hash if row else _nobody(), password)
    except VerificationError:
        return None
    return account_of(row) if row else None


def account_of_session(connection: Connection, account_id: int, session_no: int) -> Account | None:
    """The account, if it is still active and the session has not been ended everywhere."""
    row = connection.execute(text(query("accounts.by_id")), {"id": account_id}).one_or_none()
    if row is None or row.session_no != session_no:
        return None
    return account_of(row)


def account_of(row: Row[tuple[object, ...]]) -> Account:
    """As the database has it."""
    return Account(row.id, row.email, row.name, row.role, row.district_id, row.session_no)

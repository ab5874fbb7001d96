"""Answers as they were given: kept with a number nobody can guess, never changed, and found again by number or code."""

import datetime
import secrets
import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row

from layers.answers.answer import ZoningAnswer
from layers.answers.canonical import canonical_bytes, thawed
from layers.answers.ground import statement
from layers.core.store import Store

_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Without letters that look like digits, and without u (Crockford)."""
_LOOK_ALIKE = str.maketrans("oil", "011")
_NUMBER_LENGTH = 26
"""130 bits."""
_CODE_LENGTH = 10
"""50 bits, and few tries a minute."""


@dataclass(frozen=True)
class IssuedAnswer:
    """One of them. Whatever is shown of it is read from `body`."""

    number: str
    code: str
    parcel_uid: uuid.UUID
    epoch: int
    body: bytes
    """Canonical JSON."""
    digest: str
    """SHA-256 of the body, hexadecimal."""
    parent: str | None
    """Number of the answer that this one repeats."""
    issued_at: datetime.datetime

    @cached_property
    def answer(self) -> ZoningAnswer:
        """What the body says."""
        return thawed(self.body)

    @property
    def spoken_code(self) -> str:
        """For people with a printout: in two halves."""
        half = _CODE_LENGTH // 2
        return f"{self.code[:half]}-{self.code[half:]}".upper()


def issue(store: Store, answer: ZoningAnswer, parent: str | None = None) -> IssuedAnswer:
    """The answer with its number. The same content on the same day keeps the number it got first."""
    with store.calling() as connection:
        return issue_in(connection, answer, parent)


def issue_in(connection: Connection, answer: ZoningAnswer, parent: str | None = None) -> IssuedAnswer:
    """The same in a transaction that is open."""
    asked = {
        "number": _random(_NUMBER_LENGTH),
        "code": _random(_CODE_LENGTH),
        "parcel": answer.parcel.uid,
        "epoch": answer.epoch,
        "body": canonical_bytes(answer).decode(),
        "parent": parent,
    }
    return _issued(connection.execute(statement("issue"), asked).one())


def issued_answer(connection: Connection, written: str) -> IssuedAnswer | None:
    """By number or code, however it was typed; None where there is none, or no more."""
    wanted = "".join(sign for sign in written.lower() if sign.isalnum()).translate(_LOOK_ALIKE)
    name, parameter = ("by_code", "code") if len(wanted) == _CODE_LENGTH else ("by_number", "number")
    row = connection.execute(statement(name), {parameter: wanted}).one_or_none()
    return _issued(row) if row else None


def answer_with_digest(connection: Connection, digest: str) -> IssuedAnswer | None:
    """The last one with exactly this content; None where none is kept any more."""
    row = connection.execute(statement("by_digest"), {"digest": bytes.fromhex(digest)}).one_or_none()
    return _issued(row) if row else None


def forget_before(connection: Connection, day: datetime.date) -> int:
    """What was issued before that day goes; how many answers that were."""
    return int(connection.execute(statement("forget"), {"day": day}).scalar_one())


def _random(length: int) -> str:
    return "".join(secrets.choice(_SIGNS) for _ in range(length))


def _issued(row: Row[Any]) -> IssuedAnswer:
    return IssuedAnswer(
        number=row.number,
        code=row.code,
        parcel_uid=row.parcel_uid,
        epoch=row.epoch,
        body=row.body.encode(),
        digest=bytes(row.digest).hex(),
        parent=row.parent,
        issued_at=row.issued_at,
    )

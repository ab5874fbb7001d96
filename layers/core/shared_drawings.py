"""Drawings that somebody shares: who has the one code looks at it, who has the other changes it."""

import datetime
import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from sql import query

_BYTES = 18
"""Of a code: nobody finds one by trying."""


@dataclass(frozen=True)
class Codes:
    """The edit code is told once; only its digest is kept."""

    view: str
    edit: str


@dataclass(frozen=True)
class SharedDrawing:
    """What a code leads to."""

    view: str
    title: str
    features: Sequence[Mapping[str, Any]]
    version: int
    changed_at: datetime.datetime
    may_edit: bool


def share(connection: Connection, title: str, features: Sequence[Mapping[str, Any]]) -> Codes:
    """Keep a drawing under two new codes."""
    codes = Codes(secrets.token_urlsafe(_BYTES), secrets.token_urlsafe(_BYTES))
    written = {"title": title, "features": json.dumps(features, ensure_ascii=False)}
    connection.execute(text(query("drawings.add")), {"view": codes.view, "digest": _digest(codes.edit), **written})
    return codes


def shared_drawing(connection: Connection, code: str) -> SharedDrawing | None:
    """By either code."""
    said = {"code": code, "digest": _digest(code)}
    row = connection.execute(text(query("drawings.of")), said).one_or_none()
    if row is None:
        return None
    features = json.loads(row.features)
    return SharedDrawing(row.view_code, row.title, features, row.version, row.changed_at, row.may_edit)


def change(
    connection: Connection, edit_code: str, version: int, title: str, features: Sequence[Mapping[str, Any]]
) -> int | None:
    """The new version; None where it was changed since that version, or the code changes nothing."""
    said = {"digest": _digest(edit_code), "version": version, "title": title}
    written = {**said, "features": json.dumps(features, ensure_ascii=False)}
    changed: int | None = connection.execute(text(query("drawings.change")), written).scalar_one_or_none()
    return changed


def note_use(connection: Connection, code: str) -> None:
    """Once a day is enough to know that it is needed."""
    connection.execute(text(query("drawings.used")), {"code": code, "digest": _digest(code)})


def remove(connection: Connection, edit_code: str) -> bool:
    """False where the code changes nothing."""
    return connection.execute(text(query("drawings.remove")), {"digest": _digest(edit_code)}).rowcount > 0


def remove_unused(connection: Connection, days: int) -> int:
    """Those that nobody has opened or changed for so long."""
    return connection.execute(text(query("drawings.remove_unused")), {"days": days}).rowcount


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()

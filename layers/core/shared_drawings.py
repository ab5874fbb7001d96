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
class Group:
    """Shapes that belong together, as “Option 2”; a shape names the one that it is in."""

    name: str
    is_hidden: bool


@dataclass(frozen=True)
class Drawing:
    """What somebody has drawn."""

    title: str
    features: Sequence[Mapping[str, Any]]
    groups: Sequence[Group] = ()


@dataclass(frozen=True)
class SharedDrawing:
    """What a code leads to."""

    view: str
    drawing: Drawing
    version: int
    changed_at: datetime.datetime
    may_edit: bool


def share(connection: Connection, drawing: Drawing) -> Codes:
    """Keep a drawing under two new codes."""
    codes = Codes(secrets.token_urlsafe(_BYTES), secrets.token_urlsafe(_BYTES))
    said = {"view": codes.view, "digest": _digest(codes.edit), **_written(drawing)}
    connection.execute(text(query("drawings.add")), said)
    return codes


def shared_drawing(connection: Connection, code: str) -> SharedDrawing | None:
    """By either code."""
    said = {"code": code, "digest": _digest(code)}
    row = connection.execute(text(query("drawings.of")), said).one_or_none()
    if row is None:
        return None
    groups = [Group(one["name"], one["is_hidden"]) for one in json.loads(row.groups)]
    drawing = Drawing(row.title, json.loads(row.features), groups)
    return SharedDrawing(row.view_code, drawing, row.version, row.changed_at, row.may_edit)


def change(connection: Connection, edit_code: str, version: int, drawing: Drawing) -> int | None:
    """The new version; None where it was changed since that version, or the code changes nothing."""
    said = {"digest": _digest(edit_code), "version": version, **_written(drawing)}
    changed: int | None = connection.execute(text(query("drawings.change")), said).scalar_one_or_none()
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


def _written(drawing: Drawing) -> dict[str, str]:
    groups = [{"name": group.name, "is_hidden": group.is_hidden} for group in drawing.groups]
    return {
        "title": drawing.title,
        "features": json.dumps(drawing.features, ensure_ascii=False),
        "groups": json.dumps(groups, ensure_ascii=False),
    }


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()

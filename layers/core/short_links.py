"""Short codes for long addresses of our own pages."""

import secrets

from sqlalchemy import Connection, text

from sql import query

LONGEST = 8_000
"""Characters of an address that is kept."""
UNUSED_DAYS = 730
"""A code that nobody has followed for so long is forgotten."""
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without those that look alike."""
_LENGTH = 9
"""Thirty to the power of nine: nobody finds another's by trying."""


def keep_link(connection: Connection, path: str) -> str:
    """The code of a path; the same path keeps the code it has."""
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return str(connection.execute(text(query("short_links.add")), {"code": code, "path": path}).scalar_one())


def kept_path(connection: Connection, code: str) -> str | None:
    """Where a code leads."""
    row = connection.execute(text(query("short_links.path")), {"code": code}).one_or_none()
    return None if row is None else str(row.path)


def note_use(connection: Connection, code: str) -> None:
    """Once a day is enough to know that it is needed."""
    connection.execute(text(query("short_links.used")), {"code": code})


def remove_unused(connection: Connection) -> int:
    """Those that nobody follows any more."""
    return connection.execute(text(query("short_links.remove_unused")), {"days": UNUSED_DAYS}).rowcount

"""The word in each record of a bundle that says of which pool and which publish it is."""

from dataclasses import dataclass
from typing import Self

from sqlalchemy import Connection, text

from sql import query

MARK_FIELD = "gis_base"
"""Short enough for a dBase table, so that it comes back from any program that keeps columns."""


@dataclass(frozen=True)
class BundleMark:
    """A pool and an epoch."""

    pool: str
    epoch: int

    def __str__(self) -> str:
        return f"{self.epoch}@{self.pool}"

    @classmethod
    def parse(cls, written: str) -> Self | None:
        """None where it is no such word."""
        epoch, _, pool = written.strip().partition("@")
        return cls(pool, int(epoch)) if pool and epoch.isascii() and epoch.isdecimal() else None


def pool_mark(connection: Connection) -> str:
    """The pool's own word; given to it when it was made, and kept in its backups."""
    return str(connection.execute(text(query("system.pool_mark"))).scalar_one())

"""Many rows by one statement."""

from collections.abc import Sequence
from contextlib import closing
from typing import Any

from psycopg2.extras import NamedTupleCursor, execute_values, register_uuid
from sqlalchemy import Connection

_AT_ONCE = 1000


def execute_rows(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Run a statement whose one `%s` stands for the rows after VALUES; returns what it returns, if anything.

    SQLAlchemy would send one statement per row.
    """
    if not rows:
        return []
    with closing(connection.connection.cursor(cursor_factory=NamedTupleCursor)) as cursor:
        register_uuid(conn_or_curs=cursor)
        return execute_values(cursor, statement, rows, page_size=_AT_ONCE, fetch="RETURNING" in statement) or []

"""Statements asked again and again, planned once for each connection: planning takes longer than reading."""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg2
from psycopg2.extras import NamedTupleCursor
from psycopg2.sql import SQL, Identifier, Placeholder
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from sql import numbered

_KNOWN = "prepared"


def prepared_rows(connection: Connection, name: str, values: Mapping[str, object]) -> Sequence[Any]:
    """The rows of a named statement, named tuples; it says itself of which type its parameters are, and has no %.

    Raises DBAPIError. They are read past SQLAlchemy, whose care for a result takes as long as a small statement.
    """
    known: dict[str, str] = connection.info.setdefault(_KNOWN, {})
    execute = known.get(name) or known.setdefault(name, _prepared(connection, name))
    cursor = connection.connection.cursor(cursor_factory=NamedTupleCursor)
    try:
        cursor.execute(execute, dict(values))
        return cursor.fetchall()
    except psycopg2.Error as cause:
        is_cut = connection.dialect.is_disconnect(cause, connection.connection, cursor)
        if is_cut:
            connection.invalidate(cause)
        error = DBAPIError(execute, dict(values), cause, connection_invalidated=is_cut)
        raise error from cause
    finally:
        cursor.close()


def _prepared(connection: Connection, name: str) -> str:
    """The words that run it from now on."""
    text, parameters = numbered(name)
    driver = connection.connection.driver_connection
    prepare = SQL("PREPARE {} AS {}").format(Identifier(name), SQL(text))
    connection.exec_driver_sql(prepare.as_string(driver))
    places = SQL("({})").format(SQL(", ").join(map(Placeholder, parameters))) if parameters else SQL("")
    # Left to itself the database compares what planning anew would save, and to do so plans anew.
    words = SQL("SET LOCAL plan_cache_mode TO force_generic_plan; EXECUTE {} {}").format(Identifier(name), places)
    return str(words.as_string(driver))

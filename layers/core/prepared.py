"""Statements asked again and again, planned once for each connection: planning takes longer than reading."""

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg2.sql import SQL, Identifier, Placeholder
from sqlalchemy import Connection, Row

from sql import numbered

_KNOWN = "prepared"


def prepared_rows(connection: Connection, name: str, values: Mapping[str, object]) -> Sequence[Row[Any]]:
    """The rows of a named statement, which itself says of which type its parameters are; no % may be in it."""
    known: dict[str, str] = connection.info.setdefault(_KNOWN, {})
    execute = known.get(name) or known.setdefault(name, _prepared(connection, name))
    return connection.exec_driver_sql(execute, dict(values)).all()


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

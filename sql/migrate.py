"""Bring a database to this version: migrations once, functions and grants each time."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
import psycopg2.extensions
from procrastinate.schema import SchemaManager
from yoyo import get_backend, read_migrations

from sql import functions, migrations_folder, query


def migrate(owner_url: str) -> list[str]:
    """Return the names of the migrations that were new; a second run changes nothing."""
    applied = _apply_migrations(owner_url)
    with _one_transaction(owner_url) as cursor:
        cursor.execute(query("jobs.wait_for_our_turn"))
        for text in functions():
            cursor.execute(text)
        _apply_jobs(cursor)
    return applied


def _apply_migrations(owner_url: str) -> list[str]:
    backend = get_backend(owner_url)
    try:
        with backend.lock():
            pending = backend.to_apply(read_migrations(str(migrations_folder())))
            backend.apply_migrations(pending)
            return [migration.id for migration in pending]
    finally:
        backend.connection.close()


def _apply_jobs(cursor: psycopg2.extensions.cursor) -> None:
    """The job tables are procrastinate's own; they live in a schema of their own."""
    cursor.execute(query("jobs.is_there"))
    if not cursor.fetchone()[0]:
        cursor.execute(query("jobs.create_schema"))
        cursor.execute(SchemaManager.get_schema())
    cursor.execute(query("jobs.grant"))


@contextmanager
def _one_transaction(url: str) -> Iterator[psycopg2.extensions.cursor]:
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()

import time

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from layers.core.store import Store


@pytest.fixture
def store(database):
    store = Store(database.web)
    yield store
    store.close()


def backend(store: Store) -> int:
    with store.reading() as connection:
        return connection.execute(text("SELECT pg_backend_pid()")).scalar_one()


def cut_all(database) -> None:
    engine = create_engine(database.web)
    others = "usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()"
    cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"
    with engine.begin() as connection:
        connection.execute(text(cut))
    engine.dispose()


def test_a_connection_that_was_cut_while_it_rested_is_replaced(store, database):
    first = backend(store)
    assert backend(store) == first
    cut_all(database)
    time.sleep(1.1)
    assert backend(store) != first


def test_one_that_was_just_used_is_taken_as_it_is_and_the_next_is_new(store, database):
    first = backend(store)
    cut_all(database)
    with pytest.raises(OperationalError):
        backend(store)
    assert backend(store) != first


def test_a_call_commits_by_itself(store):
    with store.calling() as connection:
        first, second = (connection.execute(text("SELECT pg_current_xact_id()")).scalar_one() for _ in range(2))
    assert first != second

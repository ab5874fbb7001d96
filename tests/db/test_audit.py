"""The audit: everything that is decided is in it, and nobody changes it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from layers.core import review
from layers.core.store import Actor, Store
from tests.importing import DEPARTMENT, Desk, open_desk, parcel


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


def actions(desk: Desk) -> list[str]:
    return [row.action for row in desk.rows("SELECT action FROM ops.audit ORDER BY id")]


def test_every_step_from_the_file_to_the_map_and_back_is_in_it(desk):
    outcome = desk.send_features([parcel("w-1", 0, 0)])
    desk.publish(outcome)
    with desk.store.writing(DEPARTMENT) as connection:
        inverse = review.revert(connection, desk.registry, DEPARTMENT, outcome.changeset_id, why="wrong survey")
    assert actions(desk) == ["sent", "checked", "submitted", "accepted", "published", "reverted"]
    (last,) = desk.rows("SELECT why, changeset_id, detail, role FROM ops.audit ORDER BY id DESC LIMIT 1")
    assert (last.why, last.changeset_id, last.role) == ("wrong survey", inverse.id, "department")
    assert last.detail["reverts"] == outcome.changeset_id
    (first,) = desk.rows("SELECT detail, role FROM ops.audit ORDER BY id LIMIT 1")
    assert len(first.detail["sha256"]) == 64
    assert first.role == "editor"


def test_a_file_that_cannot_be_used_is_in_it(desk):
    desk.send("broken.geojson", b"{")
    assert actions(desk) == ["sent", "failed"]


@pytest.mark.parametrize("role", ["owner", "web", "worker"])
@pytest.mark.parametrize("statement", ["UPDATE ops.audit SET why = 'x'", "DELETE FROM ops.audit", "TRUNCATE ops.audit"])
def test_nobody_changes_what_is_written(desk, database, role, statement):
    desk.send_features([parcel("w-1", 0, 0)])
    before = actions(desk)
    store = Store(getattr(database, role))
    with pytest.raises(DBAPIError), store.writing(Actor("administrator")) as connection:
        connection.execute(text(statement))
    store.close()
    assert actions(desk) == before


def test_districts_see_their_own_acts_and_the_public_none(desk):
    desk.send_features([parcel("w-1", 0, 0)])
    for actor, seen in ((Actor("editor", 1), 2), (Actor("editor", 2), 0), (Actor("anonymous"), 0), (DEPARTMENT, 2)):
        with desk.store.reading(actor) as connection:
            assert connection.execute(text("SELECT count(*) FROM ops.audit")).scalar_one() == seen


def test_what_is_published_keeps_the_bytes_it_came_from(desk):
    outcome = desk.send_features([parcel("w-1", 0, 0)])
    desk.publish(outcome)
    for statement in ("DELETE FROM inbox.chunk", "UPDATE inbox.chunk SET bytes = ''"):
        with pytest.raises(DBAPIError, match="its bytes are kept"), desk.store.writing(DEPARTMENT) as connection:
            connection.execute(text(statement))

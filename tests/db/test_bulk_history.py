"""Superseded versions that a measurement makes without drawing are those that a publish makes."""

import pytest
from sqlalchemy import text

from bench.superseding import DEPARTMENT, changeset_of_a_run, publish_without_drawing
from layers.core.registry import Registry
from layers.core.review import publish_now
from layers.core.store import Store
from tests.worlds import WEST, publish_parcels, square

PARCELS = 4
LEFT = {
    "versions": "SELECT h.ref, p.version - h.version, p.epoch_from = h.epoch_to, p.origin, c.changeset_id = :changeset "
    "FROM history.parcels AS h JOIN pool.parcels AS p USING (uid) JOIN inbox.change AS c ON c.id = p.source_change_id "
    "WHERE h.epoch_to = :epoch ORDER BY h.ref",
    "closed": "SELECT layer_id, district_id, n FROM answers.closed WHERE epoch_to = :epoch ORDER BY 1, 2",
    "publish": "SELECT changeset_id = :changeset, district_id, summary FROM pool.epoch WHERE epoch = :epoch",
    "changeset": "SELECT state, epoch = :epoch FROM inbox.changeset WHERE id = :changeset",
    "steps": "SELECT state_before, state_after, why FROM inbox.transition WHERE changeset_id = :changeset ORDER BY id",
    "counters": "SELECT layer_id, district_id, n, area_m2, length_m FROM pool.counter ORDER BY 1, 2",
    "tiles": "SELECT layer_id, z, x, y, epoch, body FROM tiles.tile ORDER BY 1, 2, 3, 4",
    "lineage": "SELECT count(*) FROM pool.lineage WHERE changeset_id = :changeset",
}


@pytest.fixture
def store(database):
    opened = Store(database.worker, pool_size=2)
    yield opened
    opened.close()


def left_by(store: Store, changeset: int, epoch: int) -> dict[str, list[tuple]]:
    said = {"changeset": changeset, "epoch": epoch}
    with store.reading(DEPARTMENT) as connection:
        return {
            about: [tuple(row) for row in connection.execute(text(statement), said if ":" in statement else {})]
            for about, statement in LEFT.items()
        }


def test_it_leaves_what_a_publish_leaves(database, store):
    publish_parcels(database, WEST, {f"p{number}": square(number, 0) for number in range(PARCELS)})
    with store.writing(DEPARTMENT) as connection:
        first = changeset_of_a_run(connection, WEST, 1, 2)
        published = publish_now(connection, Registry.of_folder(), DEPARTMENT, first).epoch
    real = left_by(store, first, published)
    with store.writing(DEPARTMENT) as connection:
        second = changeset_of_a_run(connection, WEST, 1, 2)
        made = publish_without_drawing(connection, WEST, second)
    assert [row[0] for row in real["versions"]] == ["p1", "p2"]
    assert left_by(store, second, made) == real

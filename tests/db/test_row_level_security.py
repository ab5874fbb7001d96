"""The database itself refuses a district that reaches into another's rows, whichever way it tries."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from layers.core import inbox, review
from layers.core.declared_crs import DeclaredCrs
from layers.core.publish import publish
from layers.core.review_refused import UnknownChangeset
from layers.core.store import Actor
from tests.importing import DEPARTMENT, Desk, feature, geojson, open_desk, parcel
from tests.worlds import EAST, WEST

EDITOR = Actor("editor", WEST)


class RefusedByPolicy(Exception):
    """The database's row-level security said no."""


INBOX_TABLES = (
    "upload",
    "arrival",
    "chunk",
    "record",
    "finding",
    "changeset",
    "change",
    "kinship",
    "transition",
    "refused_piece",
    "repair",
)
ROW_OF_THE_EAST = {
    "upload": "(district_id, layer_id, filename, size_bytes, sha256) VALUES (2, 'parcels', 'x', 0, '')",
    "arrival": "(id, upload_id, district_id, expected_bytes, metadata, expires_at) "
    "SELECT id, id, 2, 9, '', now() FROM inbox.upload LIMIT 1",
    "chunk": "(upload_id, district_id, number, bytes) SELECT id, 2, 9, '' FROM inbox.upload LIMIT 1",
    "record": "(upload_id, district_id, line, attributes) SELECT id, 2, 9, '{}' FROM inbox.upload LIMIT 1",
    "finding": "(upload_id, district_id, rule, severity) SELECT id, 2, 'x', 'note' FROM inbox.upload LIMIT 1",
    "changeset": "(district_id, layer_id, title, base_epoch) VALUES (2, 'parcels', 'x', 0)",
    "change": "(changeset_id, district_id, kind, uid, ref) "
    "SELECT id, 2, 'insert', gen_random_uuid(), 'x' FROM inbox.changeset LIMIT 1",
    "kinship": "(changeset_id, district_id, parent_uid, child_uid, operation, area_m2) "
    "SELECT id, 2, gen_random_uuid(), gen_random_uuid(), 'x', 0 FROM inbox.changeset LIMIT 1",
    "refused_piece": "(upload_id, district_id, number, bytes) SELECT id, 2, 9, '' FROM inbox.upload LIMIT 1",
    "repair": "(upload_id, district_id, line, rule, geom_before, geom_after, area_change_m2, moved_m) "
    "SELECT id, 2, 9, 'x', 'POINT(0 0)', 'POINT(0 0)', 0, 0 FROM inbox.upload LIMIT 1",
    "transition": "(changeset_id, district_id, state_after) SELECT id, 2, 'x' FROM inbox.changeset LIMIT 1",
}

NEW_PARCEL = """
INSERT INTO pool.parcels (ref, district_id, block_no, parcel_no, geom)
SELECT 'x', 1, '1', '1', geom FROM pool.parcels LIMIT 1
"""
LINEAGE_OF_THE_EAST = """
INSERT INTO pool.lineage (parent_uid, child_uid, district_id, epoch, operation, area_m2)
VALUES (gen_random_uuid(), gen_random_uuid(), 2, 1, 'x', 0)
"""


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    """Both districts have published a parcel and sent another file."""
    with open_desk(database) as opened:
        for district, column in ((WEST, 0), (EAST, 10)):
            own = parcel(f"{district}-a", column, 0)
            opened.publish(opened.send_features([own], district_id=district))
            opened.send_features(
                [own, parcel(f"{district}-b", column + 1, 0), feature(f"{district}-c", None)], district_id=district
            )
        yield opened


def test_a_district_sees_only_its_own_inbox(desk):
    for table in INBOX_TABLES:
        with desk.store.reading(EDITOR) as connection:
            seen = connection.execute(text(f"SELECT DISTINCT district_id FROM inbox.{table}")).scalars().all()
        assert set(seen) <= {WEST}, table


@pytest.mark.parametrize("role", ["editor", "approver", "publisher", "planner", "anonymous"])
def test_nobody_puts_a_row_into_another_districts_inbox(desk, role):
    for table in INBOX_TABLES:
        before = desk.rows(f"SELECT count(*) FROM inbox.{table}")
        # Who sees no upload or changeset to hang a row on inserts nothing, without an error.
        with suppress(RefusedByPolicy):
            write(desk, Actor(role, WEST), f"INSERT INTO inbox.{table} {ROW_OF_THE_EAST[table]}")
        assert desk.rows(f"SELECT count(*) FROM inbox.{table}") == before, table


def test_changing_or_deleting_anothers_inbox_reaches_no_row(desk):
    for table in INBOX_TABLES:
        assert write(desk, EDITOR, f"UPDATE inbox.{table} SET district_id = district_id WHERE district_id = 2") == 0
        assert write(desk, EDITOR, f"DELETE FROM inbox.{table} WHERE district_id = 2") == 0


def test_a_row_cannot_be_handed_over_to_another_district(desk):
    with pytest.raises(RefusedByPolicy):
        write(desk, EDITOR, "UPDATE inbox.upload SET district_id = 2")


def test_receiving_a_file_in_anothers_name_is_refused(desk):
    with pytest.raises(ProgrammingError, match="row-level security"):
        desk.receive("a.json", geojson([parcel("x", 0, 0)], 5253), district_id=EAST, actor=EDITOR)


def test_a_changeset_of_another_district_is_as_if_absent(desk):
    (east,) = desk.rows("SELECT max(id) AS id FROM inbox.changeset WHERE district_id = 2")
    for decide in (review.submit, review.accept):
        with desk.store.writing(EDITOR) as connection, pytest.raises(UnknownChangeset):
            decide(connection, EDITOR, east.id)
    (upload,) = desk.rows("SELECT id FROM inbox.upload WHERE district_id = 2 LIMIT 1")
    with desk.store.writing(EDITOR) as connection, pytest.raises(inbox.UnknownUpload):
        inbox.recheck(connection, upload.id, declared_crs=DeclaredCrs.parse("5253"))


@pytest.mark.parametrize("role", ["editor", "approver", "department", "administrator", "worker", "anonymous"])
def test_nobody_writes_into_the_pool_but_a_publish(desk, role):
    actor = Actor(role, WEST)
    assert write(desk, actor, "UPDATE pool.parcels SET locality = 'x'") == 0
    assert write(desk, actor, "DELETE FROM pool.parcels") == 0
    with pytest.raises(RefusedByPolicy):
        write(desk, actor, NEW_PARCEL)


def test_a_publish_stays_in_its_own_district_whatever_its_changeset_says(desk):
    """A changeset of the west that names a feature of the east fails as a whole."""
    forged = forge(desk, "update", "2-a")
    with pytest.raises(ProgrammingError, match="rows it may touch"), desk.store.writing(DEPARTMENT) as connection:
        publish(connection, desk.registry, desk.registry["parcels"], forged, WEST)
    assert desk.rows("SELECT version FROM pool.parcels WHERE ref = '2-a'")[0].version == 1


def test_a_publish_cannot_end_anothers_feature(desk):
    forged = forge(desk, "retire", "2-a")
    with pytest.raises(ProgrammingError, match="rows it may touch"), desk.store.writing(DEPARTMENT) as connection:
        publish(connection, desk.registry, desk.registry["parcels"], forged, WEST)
    assert len(desk.rows("SELECT 1 FROM pool.parcels WHERE ref = '2-a'")) == 1


def test_lineage_of_another_district_is_refused(desk):
    with pytest.raises(RefusedByPolicy):
        write(desk, Actor("publisher", WEST), LINEAGE_OF_THE_EAST)


def test_epochs_and_counters_are_written_by_the_database_alone(desk):
    for statement in ("DELETE FROM pool.epoch", "UPDATE pool.counter SET n = 0", "DELETE FROM history.parcels"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            write(desk, DEPARTMENT, statement)


def write(desk: Desk, actor: Actor, statement: str) -> int:
    """As that actor, with an epoch at hand so that no trigger but only the policies can refuse it."""
    try:
        with desk.store.writing(actor) as connection:
            connection.execute(text("SELECT set_config('gis.epoch', '9', true)"))
            return connection.execute(text(statement)).rowcount
    except ProgrammingError as refused:
        if "row-level security" in str(refused):
            raise RefusedByPolicy from refused
        raise


def forge(desk: Desk, kind: str, ref: str) -> int:
    """A changeset of the west about a feature of the east, as only a broken program could write it."""
    with desk.store.writing(DEPARTMENT) as connection:
        changeset = connection.execute(
            text(
                "INSERT INTO inbox.changeset (district_id, layer_id, title, base_epoch, state) "
                "VALUES (1, 'parcels', 'forged', 0, 'accepted') RETURNING id"
            )
        ).scalar_one()
        connection.execute(
            text(
                "INSERT INTO inbox.change (changeset_id, district_id, kind, uid, ref, base_version, after, geom_after) "
                'SELECT :changeset, 1, :kind, uid, ref, version, \'{"block_no": "9", "parcel_no": "9"}\', geom '
                "FROM pool.parcels WHERE ref = :ref"
            ),
            {"changeset": changeset, "kind": kind, "ref": ref},
        )
    return int(changeset)

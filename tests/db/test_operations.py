"""Operations of a file: told from the ground, declared by a column, chosen by nobody yet; and provisional labels."""

import dataclasses
from collections.abc import Iterator

import pytest
from sqlalchemy.exc import DatabaseError

from layers.core.store import Actor
from tests.db.small_world import end_parcels, publishing
from tests.importing import Desk, open_desk, parcel
from tests.worlds import WEST


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


def operations(desk: Desk, outcome) -> list[tuple]:
    rows = desk.rows(
        "SELECT kind, is_sure, doubts FROM inbox.operation WHERE changeset_id = :id ORDER BY number",
        id=outcome.changeset_id,
    )
    return [(row.kind, row.is_sure, row.doubts) for row in rows]


def lineage(desk: Desk) -> set[tuple]:
    rows = desk.rows(
        "SELECT n.ref AS parent, m.ref AS child, l.operation, l.role FROM pool.lineage l "
        "JOIN (SELECT uid, ref FROM pool.parcels UNION SELECT uid, ref FROM history.parcels) n ON n.uid = l.parent_uid "
        "JOIN (SELECT uid, ref FROM pool.parcels UNION SELECT uid, ref FROM history.parcels) m ON m.uid = l.child_uid"
    )
    return {tuple(row) for row in rows}


def test_a_strip_along_the_road_is_a_cession_and_the_parcel_goes_on(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0, width=30.0)]))
    outcome = desk.send_features([parcel("w-1", 0.1, 0, width=28.0)])
    assert operations(desk, outcome) == [("road_cession", True, [])]
    desk.publish(outcome)
    assert lineage(desk) == {("w-1", "w-1", "road_cession", "remainder")}


def test_a_parcel_that_shrinks_otherwise_is_for_a_person_to_judge(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0, width=30.0)]))
    outcome = desk.send_features([parcel("w-1", 0, 0)])
    assert operations(desk, outcome) == [("correction", False, ["ground_is_lost"])]
    assert ("operation_clear", "warning", 1) in desk.rules(outcome)
    (sentence,) = desk.texts(outcome, "operation_clear")
    assert "w-1 → w-1 looks like correction, but is not certain: 200.00 m² of the former parcels" in sentence


def test_another_use_of_the_same_ground_is_a_change_of_use(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0, land_use_text="Tarla")]))
    outcome = desk.send_features([parcel("w-1", 0, 0, land_use_text="Arsa")])
    assert operations(desk, outcome) == [("use_change", True, [])]


def test_what_the_file_declares_is_taken_where_the_ground_agrees(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0), parcel("w-2", 1, 0)]))
    outcome = desk.send_features([parcel("w-3", 0, 0, width=12.0, islem="18. madde"), parcel("w-4", 0.8, 0, 12.0)])
    assert operations(desk, outcome) == [("article18", True, [])]
    assert outcome.report["operations"][0]["area"]["ceded"] == 320


def test_a_readjustment_that_gives_up_too_much_is_refused_with_its_balance(desk):
    limits = dataclasses.replace(desk.profile.limits, cession_share=0.45)
    strict = dataclasses.replace(desk, profile=dataclasses.replace(desk.profile, limits=limits))
    strict.publish(strict.send_features([parcel("w-1", 0, 0), parcel("w-2", 1, 0)]))
    outcome = strict.send_features([parcel("w-3", 0, 0, 10.0, islem="18. madde"), parcel("w-4", 0.6, 0, 10.0)])
    assert ("operation_as_declared", "refusal", 1) in strict.rules(outcome)
    (sentence,) = strict.texts(outcome, "operation_as_declared")
    assert "800.00 m² before, 400.00 m² after; 400.00 m² are missing" in sentence
    assert strict.changes(outcome) == []


def test_a_declared_subdivision_that_loses_ground_ends_nothing(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0, width=60.0)]))
    outcome = desk.send_features([parcel("w-2", 0, 0, islem="ifraz"), parcel("w-3", 1, 0, islem="ifraz")])
    assert ("operation_as_declared", "refusal", 1) in desk.rules(outcome)
    assert desk.changes(outcome) == []


def test_a_file_that_names_another_operation_is_asked_about_it(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0, width=40.0)]))
    outcome = desk.send_features([parcel("w-2", 0, 0, islem="Tevhid"), parcel("w-3", 1, 0)])
    assert operations(desk, outcome) == [("subdivision", False, ["said_otherwise"])]
    assert ("operation_as_declared", "warning", 1) in desk.rules(outcome)


def test_a_word_that_nobody_knows_is_told_with_those_that_are_known(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0, width=40.0)]))
    outcome = desk.send_features([parcel("w-2", 0, 0, islem="bölümleme"), parcel("w-3", 1, 0)])
    assert operations(desk, outcome) == [("subdivision", True, [])]
    assert "“bölümleme” is no known operation" in desk.texts(outcome, "operation_word_known")[0]


def test_two_words_for_one_operation_contradict_each_other(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0, width=40.0)]))
    outcome = desk.send_features([parcel("w-2", 0, 0, islem="ifraz"), parcel("w-3", 1, 0, islem="tevhid")])
    assert operations(desk, outcome) == [("subdivision", False, ["said_differently"])]


def test_new_ground_is_what_the_file_says_it_is(desk):
    outcome = desk.send_features([parcel("w-1", 0, 0, islem="yoldan ihdas"), parcel("w-2", 3, 0)])
    assert operations(desk, outcome) == [("road_creation", True, [])]
    desk.publish(outcome)
    assert lineage(desk) == {("w-1", "w-1", "road_creation", "beginning")}


def test_a_subdivision_of_nothing_is_refused(desk):
    outcome = desk.send_features([parcel("w-1", 0, 0, islem="ifraz")])
    assert ("operation_as_declared", "refusal", 1) in desk.rules(outcome)
    assert desk.changes(outcome) == []


def test_a_provisional_label_becomes_a_number_and_the_parcel_stays_itself(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0, width=40.0)]))
    desk.publish(desk.send_features([parcel("w-A", 0, 0, durum="proposed"), parcel("w-B", 1, 0, durum="proposed")]))
    before = {row.ref: row.uid for row in desk.rows("SELECT ref, uid FROM pool.parcels")}
    outcome = desk.send_features([parcel("w-7", 0, 0, durum="registered"), parcel("w-8", 1, 0, durum="registered")])
    assert desk.changes(outcome) == [("update", "w-7"), ("update", "w-8")]
    assert operations(desk, outcome) == [("renumbering", True, []), ("renumbering", True, [])]
    desk.publish(outcome)
    after = {row.ref: row.uid for row in desk.rows("SELECT ref, uid FROM pool.parcels")}
    assert after == {"w-7": before["w-A"], "w-8": before["w-B"]}
    assert {row.ref for row in desk.rows("SELECT ref FROM pool.heirs('parcels', :uid)", uid=before["w-A"])} == {"w-7"}
    assert ("w-1", "w-A", "subdivision", "result") in lineage(desk)


def test_a_registered_parcel_is_not_renamed_by_a_new_outline_over_it(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0)]))
    outcome = desk.send_features([parcel("w-7", 0, 0)])
    assert desk.changes(outcome) == []


def test_numbers_for_labels_survive_a_file_of_the_whole_state(desk):
    desk.publish(desk.send_features([parcel("w-A", 0, 0), parcel("w-B", 1, 0)]))
    outcome = desk.send_features([parcel("w-7", 0, 0), parcel("w-8", 1, 0)], is_whole_state=True)
    assert desk.changes(outcome) == [("update", "w-7"), ("update", "w-8")]


# What the database keeps


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("DELETE FROM pool.parcels WHERE ref = 'w-1'", "ends without a successor"),
        (
            "INSERT INTO pool.lineage (parent_uid, child_uid, district_id, epoch, operation, area_m2) "
            "SELECT a.uid, b.uid, 1, CAST(current_setting('gis.epoch') AS bigint), 'subdivision', 1 "
            "FROM pool.parcels a, pool.parcels b WHERE a.ref = 'w-1' AND b.ref = 'w-2'",
            "joins nothing that ended and began",
        ),
        (
            "WITH moved AS (UPDATE pool.parcels SET locality = 'x' RETURNING uid, ref) "
            "INSERT INTO pool.lineage (parent_uid, child_uid, district_id, epoch, operation, area_m2) "
            "SELECT a.uid, b.uid, 1, CAST(current_setting('gis.epoch') AS bigint), 'renumbering', 1 "
            "FROM moved a, moved b WHERE a.ref = 'w-1' AND b.ref = 'w-2'",
            "outlives its only successor",
        ),
        (
            "WITH moved AS (UPDATE pool.parcels SET locality = 'x' WHERE ref = 'w-1' RETURNING uid) "
            "INSERT INTO pool.lineage (parent_uid, child_uid, district_id, epoch, operation, role, area_m2) "
            "SELECT uid, uid, 1, CAST(current_setting('gis.epoch') AS bigint), 'amalgamation', 'remainder', 1 "
            "FROM moved",
            "has one parent",
        ),
    ],
)
def test_the_database_refuses_a_publish_that_breaks_the_lineage(desk, database, statement, says):
    desk.publish(desk.send_features([parcel("w-1", 0, 0), parcel("w-2", 1, 0)]))
    with pytest.raises(DatabaseError, match=says), publishing(database, WEST) as connection:
        connection.exec_driver_sql(statement)


def test_an_ending_that_is_stated_is_enough(desk, database):
    desk.publish(desk.send_features([parcel("w-1", 0, 0)]))
    with publishing(database, WEST) as connection:
        end_parcels(connection, ["w-1"])
    assert lineage(desk) == {("w-1", "w-1", "ending", "end")}
    with desk.store.reading(Actor("anonymous")) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM pool.heirs('parcels', gen_random_uuid())").scalar() == 0

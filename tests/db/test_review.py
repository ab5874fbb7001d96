"""Decisions about a changeset: in part, by two people, by nobody, and after the world has moved on."""

import dataclasses

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError

from gisserver.access.accounts import create_account
from importers.pipeline import check
from layers.core import attention, comments, inbox, review
from layers.core.attention import Oddity
from layers.core.publish import Published
from layers.core.review_refused import BorderMoved, LostRole, NothingLeft, NothingNamed, SameHands, WrongState
from layers.core.review_rules import AttentionRules, ReviewRules
from layers.core.store import WORKER, Actor
from layers.core.trust import publish_if_trusted
from tests.importing import DEPARTMENT, Desk, open_desk, parcel, publish_boundary
from tests.worlds import WEST

EDITOR = Actor("editor", WEST)
AT_ANY_HOUR = AttentionRules(last_hour=0, last_weekday=0)


@pytest.fixture
def desk(database):
    with open_desk(database) as opened:
        yield opened


@pytest.fixture
def account(database):
    """`account("ayse", "department")` is an actor with an account of its own."""
    owner = create_engine(database.owner)

    def make(name: str, role: str, district_id: int | None = None) -> Actor:
        with owner.begin() as connection:
            number = create_account(connection, f"{name}@example.org", name, "x" * 12, role, district_id)
        return Actor(role, district_id, number)

    yield make
    owner.dispose()


def by_owner(database, statement: str) -> None:
    owner = create_engine(database.owner)
    with owner.begin() as connection:
        connection.execute(text(statement))
    owner.dispose()


def submitted(desk: Desk, features, actor: Actor = EDITOR) -> int:
    outcome = desk.send_features(features)
    with desk.store.writing(actor) as connection:
        review.submit(connection, actor, outcome.changeset_id)
    return outcome.changeset_id


def numbers(desk: Desk, changeset: int) -> dict[str, int]:
    rows = desk.rows("SELECT ref, id FROM inbox.change WHERE changeset_id = :id ORDER BY ref, id", id=changeset)
    return {row.ref: row.id for row in rows}


def without(desk: Desk, changeset: int, *refs: str) -> review.Parted:
    named = {number: "Not so." for ref, number in numbers(desk, changeset).items() if ref in refs}
    with desk.store.writing(DEPARTMENT) as connection:
        return review.accept_without(connection, DEPARTMENT, changeset, why="", reasons=named)


def test_an_operation_goes_back_whole_and_the_rest_is_published(desk):
    """w-1 is cut in two, w-5 is new: naming one half sends both halves and their parent back."""
    desk.publish(desk.send_features([parcel("w-1", 0, 0, width=40)]))
    changeset = submitted(desk, [parcel("w-2", 0, 0), parcel("w-3", 1, 0), parcel("w-5", 5, 0)])
    before = numbers(desk, changeset)
    assert sorted(before) == ["w-1", "w-2", "w-3", "w-5"]
    parted = without(desk, changeset, "w-2")
    assert (parted.accepted.state, parted.returned.state) == ("accepted", "returned")
    assert parted.also == {before["w-1"], before["w-3"]}
    assert numbers(desk, changeset) | numbers(desk, parted.returned.id) == before
    assert sorted(numbers(desk, changeset)) == ["w-5"]
    kin = desk.rows("SELECT DISTINCT changeset_id FROM inbox.kinship")
    assert [row.changeset_id for row in kin] == [parted.returned.id]
    assert [row.changeset_id for row in desk.rows("SELECT changeset_id FROM inbox.operation")] == [parted.returned.id]
    with desk.store.writing(DEPARTMENT) as connection:
        review.publish_now(connection, desk.registry, DEPARTMENT, changeset)
    assert [row.ref for row in desk.rows("SELECT ref FROM pool.parcels ORDER BY ref")] == ["w-1", "w-5"]


def test_what_went_back_is_submitted_and_published_later(desk):
    changeset = submitted(desk, [parcel("w-1", 0, 0), parcel("w-2", 1, 0)])
    parted = without(desk, changeset, "w-2")
    with desk.store.writing(DEPARTMENT) as connection:
        review.publish_now(connection, desk.registry, DEPARTMENT, changeset)
        review.submit(connection, DEPARTMENT, parted.returned.id)
        review.accept(connection, DEPARTMENT, parted.returned.id)
        review.publish_now(connection, desk.registry, DEPARTMENT, parted.returned.id)
    assert [row.ref for row in desk.rows("SELECT ref FROM pool.parcels ORDER BY ref")] == ["w-1", "w-2"]


def test_what_went_back_is_checked_again_once_the_other_part_is_published(desk):
    outcome = desk.send_features([parcel("w-1", 0, 0), parcel("w-2", 1, 0)])
    with desk.store.writing(EDITOR) as connection:
        review.submit(connection, EDITOR, outcome.changeset_id)
    without(desk, outcome.changeset_id, "w-2")
    with desk.store.writing(EDITOR) as connection, pytest.raises(inbox.WaitsToBePublished):
        inbox.recheck(connection, outcome.upload_id)
    with desk.store.writing(DEPARTMENT) as connection:
        review.publish_now(connection, desk.registry, DEPARTMENT, outcome.changeset_id)
    with desk.store.writing(EDITOR) as connection:
        inbox.recheck(connection, outcome.upload_id)
    with desk.store.writing(WORKER) as connection:
        again = check(connection, desk.registry, desk.profile, outcome.upload_id)
    assert desk.changes(again) == [("insert", "w-2")]
    desk.publish(again)
    with desk.store.writing(EDITOR) as connection:
        inbox.recheck(connection, outcome.upload_id)


def test_what_is_published_whole_is_not_checked_again(desk):
    outcome = desk.send_features([parcel("w-1", 0, 0)])
    desk.publish(outcome)
    with desk.store.writing(EDITOR) as connection, pytest.raises(inbox.PublishedAlready):
        inbox.recheck(connection, outcome.upload_id)


def test_what_takes_ground_from_a_neighbour_stays_with_it(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0), parcel("w-2", 1, 0)]))
    changeset = submitted(desk, [parcel("w-1", 0, 0, width=25), parcel("w-2", 1.25, 0, width=15), parcel("w-7", 7, 0)])
    parted = without(desk, changeset, "w-1")
    assert sorted(numbers(desk, parted.returned.id)) == ["w-1", "w-2"]


def test_where_all_belongs_together_nothing_is_accepted_in_part(desk):
    changeset = submitted(desk, [parcel("w-1", 0, 0)])
    with pytest.raises(NothingLeft):
        without(desk, changeset, "w-1")
    with pytest.raises(NothingNamed):
        without(desk, changeset)
    assert not desk.rows("SELECT 1 FROM inbox.comment")


def test_a_change_of_another_changeset_cannot_be_named(desk):
    one, other = submitted(desk, [parcel("w-1", 0, 0)]), submitted(desk, [parcel("w-2", 1, 0)])
    named = {numbers(desk, other)["w-2"]: "Not so."}
    with pytest.raises(comments.UnknownChange), desk.store.writing(DEPARTMENT) as connection:
        review.accept_without(connection, DEPARTMENT, one, why="", reasons=named)


def test_two_people_decide_where_the_profile_wants_it(desk, account, database):
    by_owner(database, "UPDATE ops.profile SET sender_may_accept = false, accepter_may_publish = false")
    ayse, mehmet = account("ayse", "department"), account("mehmet", "department")
    changeset = submitted(desk, [parcel("w-1", 0, 0)], ayse)
    with pytest.raises(SameHands), desk.store.writing(ayse) as connection:
        review.accept(connection, ayse, changeset)
    with desk.store.writing(mehmet) as connection:
        review.accept(connection, mehmet, changeset)
    with pytest.raises(SameHands), desk.store.writing(mehmet) as connection:
        review.publish_now(connection, desk.registry, mehmet, changeset)
    with desk.store.writing(ayse) as connection:
        assert isinstance(review.publish_now(connection, desk.registry, ayse, changeset), Published)


def test_the_word_of_somebody_who_lost_the_role_holds_no_longer(desk, account, database):
    ayse, mehmet = account("ayse", "department"), account("mehmet", "department")
    changeset = submitted(desk, [parcel("w-1", 0, 0)])
    with desk.store.writing(ayse) as connection:
        review.accept(connection, ayse, changeset)
    by_owner(database, "UPDATE auth.account SET role = 'planner' WHERE name = 'ayse'")
    with pytest.raises(LostRole, match="ayse"), desk.store.writing(mehmet) as connection:
        review.publish_now(connection, desk.registry, mehmet, changeset)
    with desk.store.writing(mehmet) as connection:
        review.accept(connection, mehmet, changeset)
        assert isinstance(review.publish_now(connection, desk.registry, mehmet, changeset), Published)


def test_a_second_acceptance_is_refused_while_the_first_holds(desk, account):
    ayse = account("ayse", "department")
    changeset = submitted(desk, [parcel("w-1", 0, 0)])
    with desk.store.writing(ayse) as connection:
        review.accept(connection, ayse, changeset)
        with pytest.raises(WrongState):
            review.accept(connection, ayse, changeset)


def test_what_a_moved_border_no_longer_holds_is_not_published(desk):
    publish_boundary(desk, WEST, 10, 10)
    changeset = submitted(desk, [parcel("w-1", 0, 0), parcel("w-8", 8, 0)])
    with desk.store.writing(DEPARTMENT) as connection:
        review.accept(connection, DEPARTMENT, changeset)
    publish_boundary(desk, WEST, 5, 10)
    with pytest.raises(BorderMoved) as refused, desk.store.writing(DEPARTMENT) as connection:
        review.publish_now(connection, desk.registry, DEPARTMENT, changeset)
    (last,) = desk.rows("SELECT max(epoch) AS epoch FROM pool.epoch")
    assert (refused.value.epoch, refused.value.refs) == (last.epoch, ("w-8",))


def test_a_border_that_moved_elsewhere_holds_nobody_up(desk):
    publish_boundary(desk, WEST, 10, 10)
    changeset = submitted(desk, [parcel("w-1", 0, 0)])
    publish_boundary(desk, WEST, 5, 10)
    with desk.store.writing(DEPARTMENT) as connection:
        review.accept(connection, DEPARTMENT, changeset)
        assert isinstance(review.publish_now(connection, desk.registry, DEPARTMENT, changeset), Published)


def trusting(desk: Desk, rules: AttentionRules = AT_ANY_HOUR) -> Desk:
    trusted = ReviewRules(trusted_districts=frozenset({WEST}), attention=rules)
    return dataclasses.replace(desk, profile=dataclasses.replace(desk.profile, review=trusted))


def agreed(desk: Desk, changeset: int):
    with desk.store.writing(EDITOR) as connection:
        return publish_if_trusted(connection, desk.registry, desk.profile, changeset, why="Trusted.")


def test_a_trusted_district_publishes_what_nothing_speaks_against(desk):
    changeset = submitted(desk, [parcel("w-1", 0, 0, yuzolcum=400)])
    desk.rows("SELECT 1")
    done = agreed(trusting(desk), changeset)
    found = desk.rows("SELECT severity, rule FROM inbox.finding WHERE severity <> 'note'")
    assert isinstance(done, Published), found
    (row,) = desk.rows("SELECT why, account_id FROM inbox.transition WHERE state_after = 'accepted'")
    assert (row.why, row.account_id) == ("Trusted.", None)


def test_what_is_odd_waits_for_the_department_all_the_same(desk):
    changeset = submitted(desk, [parcel("w-1", 0, 0)])
    assert agreed(trusting(desk, dataclasses.replace(AT_ANY_HOUR, smallest_m2=500)), changeset) is None
    assert agreed(desk, changeset) is None
    assert desk.rows("SELECT state FROM inbox.changeset")[0].state == "submitted"


def test_a_warning_is_for_the_department_to_judge(desk, database):
    changeset = submitted(desk, [parcel("w-1", 0, 0)])
    by_owner(
        database,
        "INSERT INTO inbox.finding (upload_id, district_id, rule, severity) "
        "SELECT id, district_id, 'x', 'warning' FROM inbox.upload",
    )
    assert agreed(trusting(desk), changeset) is None


def oddities(desk: Desk, changeset: int, **rules) -> dict[Oddity, tuple[float, tuple[str, ...]]]:
    with desk.store.reading(DEPARTMENT) as connection:
        marks = attention.marks(connection, changeset, dataclasses.replace(AT_ANY_HOUR, **rules), "Europe/Istanbul")
    return {mark.oddity: (mark.number, mark.refs) for mark in marks}


def test_endings_sizes_and_growth_are_marked_with_their_numbers(desk):
    everything = [parcel(f"w-{n}", n, 0) for n in range(1, 5)]
    desk.publish(desk.send_features(everything))
    outcome = desk.send_features([parcel("w-1", 1, 0, width=19), parcel("w-9", 9, 0, width=2)], is_whole_state=True)
    found = oddities(desk, outcome.changeset_id, deletes=2, smallest_m2=50, times_area=1.05)
    assert found[Oddity.ENDINGS] == (3, ())
    assert found[Oddity.SIZES] == (1, ("w-9",))
    assert found[Oddity.GROWTH] == (1, ("w-1",))
    assert oddities(desk, outcome.changeset_id, deletes=0, deletes_percent=50)[Oddity.ENDINGS_SHARE][0] == 75


def test_the_marks_of_many_changesets_are_those_of_each(desk):
    desk.publish(desk.send_features([parcel(f"w-{n}", n, 0) for n in range(1, 4)]))
    small = desk.send_features([parcel("w-9", 9, 0, width=2)]).changeset_id
    ended = desk.send_features([parcel("w-1", 1, 0)], is_whole_state=True).changeset_id
    rules = dataclasses.replace(AT_ANY_HOUR, deletes=2, smallest_m2=50, far_m=0)
    with desk.store.reading(DEPARTMENT) as connection:
        found = attention.marks_of(connection, [small, ended], rules, "Europe/Istanbul")
    assert {number: [mark.oddity for mark in marks] for number, marks in found.items()} == {
        small: [Oddity.SIZES],
        ended: [Oddity.ENDINGS],
    }


def test_many_changes_are_many_beside_what_the_district_usually_sends(desk):
    desk.publish(desk.send_features([parcel("w-1", 1, 0)]))
    outcome = desk.send_features([parcel(f"w-{n}", n, 0) for n in range(2, 8)])
    assert oddities(desk, outcome.changeset_id, many=5)[Oddity.AMOUNT][0] == 6
    assert Oddity.AMOUNT not in oddities(desk, outcome.changeset_id, many=7)


def test_what_lies_far_from_all_others_is_named(desk):
    near = [parcel(f"w-{n}", n, 0) for n in range(1, 15)]
    outcome = desk.send_features([*near, parcel("w-99", 400, 0)])
    assert oddities(desk, outcome.changeset_id)[Oddity.FAR] == (1, ("w-99",))


def test_the_hour_is_that_of_the_place(desk, database):
    changeset = submitted(desk, [parcel("w-1", 0, 0)])
    by_owner(database, "UPDATE inbox.transition SET at = '2026-05-04 04:30+00'")  # a Monday, 7.30 there
    rules = {"first_hour": 7, "last_hour": 20, "last_weekday": 5}
    assert Oddity.HOUR not in oddities(desk, changeset, **rules)
    by_owner(database, "UPDATE inbox.transition SET at = '2026-05-04 18:30+00'")
    assert Oddity.HOUR in oddities(desk, changeset, **rules)
    by_owner(database, "UPDATE inbox.transition SET at = '2026-05-03 09:00+00'")  # a Sunday
    assert Oddity.HOUR in oddities(desk, changeset, **rules)


def test_nobody_speaks_in_anothers_name_or_takes_a_word_away(desk, account):
    ayse, editor = account("ayse", "department"), account("can", "editor", WEST)
    changeset = submitted(desk, [parcel("w-1", 0, 0)])
    with desk.store.writing(ayse) as connection:
        review.comment(connection, ayse, changeset, "Which survey?")
    with pytest.raises(ProgrammingError, match="row-level security"), desk.store.writing(editor) as connection:
        comments.say(connection, ayse, changeset, "Mine.")
    for actor in (editor, ayse):
        with desk.store.writing(actor) as connection:
            assert connection.execute(text("DELETE FROM inbox.comment")).rowcount == 0
            assert connection.execute(text("UPDATE inbox.comment SET words = 'x'")).rowcount == 0
    with desk.store.reading(Actor("editor", 2)) as connection:
        assert comments.comments(connection, changeset) == ()

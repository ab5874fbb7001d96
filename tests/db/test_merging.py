"""A file meets a pool that has moved on since the file was taken: joined where it can be, shown where it cannot."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from importers.pipeline import Checked, Failed, check
from layers.core import review
from layers.core.bundle_mark import MARK_FIELD, BundleMark, pool_mark
from layers.core.conflicts import Conflict, NothingToChoose, choose, choose_all, conflicts
from layers.core.inbox import AlreadyUnderReview, UnknownUpload
from layers.core.review_refused import RefusalsRemain
from layers.core.store import WORKER, Actor
from tests.edits import Drawn, Editor, open_editor
from tests.importing import DEPARTMENT, Desk, geojson, open_desk, parcel
from tests.worlds import EAST, WEST, square

EDITOR = Actor("editor", WEST)


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


@pytest.fixture
def elsewhere(database) -> Iterator[Editor]:
    """Who changes the pool without a file."""
    with open_editor(database) as opened:
        yield opened


@pytest.fixture
def before(desk) -> list[dict]:
    """Three parcels in a row, sent and published."""
    features = [parcel(f"w-{n}", n, 0, land_use_text="Tarla", sheet_no="L18") for n in range(3)]
    desk.publish(desk.send_features(features))
    return features


def drawn(column: int, *, width: float = 20.0, use: str = "Tarla", sheet: str = "L18") -> Drawn:
    columns = {"block_no": "1", "parcel_no": str(column), "land_use_text": use, "sheet_no": sheet, "status": "active"}
    return Drawn(square(column, 0, width), columns)


def change(elsewhere: Editor, ref: str, feature: Drawn | None) -> int:
    put = {} if feature is None else {ref: feature}
    return elsewhere.decide(WEST, put, retire=() if feature else (ref,))


def listed(desk: Desk, outcome: Checked) -> tuple[Conflict, ...]:
    with desk.store.reading(EDITOR) as connection:
        return conflicts(connection, outcome.upload_id)


def again(desk: Desk, outcome: Checked) -> Checked:
    with desk.store.writing(WORKER) as connection:
        checked = check(connection, desk.registry, desk.profile, outcome.upload_id)
    assert isinstance(checked, Checked), checked
    return checked


def take(desk: Desk, outcome: Checked, side: str) -> Checked:
    with desk.store.writing(EDITOR) as connection:
        choose_all(connection, EDITOR, outcome.upload_id, side)
    return again(desk, outcome)


def refusals(desk: Desk, outcome: Checked) -> list[str]:
    return [rule for rule, severity, _ in desk.rules(outcome) if severity == "refusal"]


def published(desk: Desk, ref: str):
    return desk.rows("SELECT land_use_text, sheet_no, ST_Area(geom) AS area FROM pool.parcels WHERE ref = :r", r=ref)


def test_what_only_the_pool_has_changed_stays_and_the_report_says_so(desk, elsewhere, before):
    change(elsewhere, "w-0", drawn(0, use="Arsa"))
    outcome = desk.send_features(before, is_whole_state=True)
    assert desk.changes(outcome) == []
    assert outcome.report["counts"]["unchanged"] == 3
    assert outcome.report["merge"]["kept"] == 1
    assert "stay as the pool has them" in desk.texts(outcome, "pool_moved_on")[0]
    assert published(desk, "w-0")[0].land_use_text == "Arsa"


def test_changes_of_different_fields_and_of_the_shape_join_by_themselves(desk, elsewhere, before):
    change(elsewhere, "w-2", drawn(2, use="Arsa"))
    edited = parcel("w-2", 2, 0, 25.0, land_use_text="Tarla", sheet_no="L19")
    outcome = desk.send_features([*before[:2], edited])
    assert listed(desk, outcome) == ()
    assert outcome.report["merge"]["both"] == 1
    desk.publish(outcome)
    assert [tuple(row) for row in published(desk, "w-2")] == [("Arsa", "L19", 500.0)]


def test_a_field_that_both_have_changed_waits_for_a_person(desk, elsewhere, before):
    change(elsewhere, "w-1", drawn(1, use="Arsa"))
    outcome = desk.send_features([parcel("w-1", 1, 0, land_use_text="Bahçe", sheet_no="L18")])
    (found,) = listed(desk, outcome)
    assert (found.ref, found.part, found.choice) == ("w-1", "land_use_text", None)
    assert (found.base.value, found.ours.value, found.theirs.value) == ("Tarla", "Arsa", "Bahçe")
    assert refusals(desk, outcome) == ["both_sides_changed"]
    assert desk.changes(outcome) == []
    with desk.store.writing(DEPARTMENT) as connection, pytest.raises(RefusalsRemain):
        review.submit(connection, DEPARTMENT, outcome.changeset_id)


def test_a_shape_that_both_have_changed_is_shown_on_three_sides(desk, elsewhere, before):
    change(elsewhere, "w-2", drawn(2, width=24))
    (found,) = listed(desk, desk.send_features([parcel("w-2", 2, 0, 22.0, land_use_text="Tarla", sheet_no="L18")]))
    assert found.part == "geom"
    assert (found.base.area_m2, found.ours.area_m2, found.theirs.area_m2) == (400.0, 24 * 20, 22 * 20)
    assert all(side.shape and side.path for side in (found.base, found.ours, found.theirs))


@pytest.mark.parametrize(("side", "use"), [("ours", "Arsa"), ("theirs", "Bahçe")])
def test_the_chosen_side_is_published_and_the_rest_of_the_record_with_it(desk, elsewhere, before, side, use):
    change(elsewhere, "w-1", drawn(1, use="Arsa"))
    outcome = desk.send_features([parcel("w-1", 1, 0, land_use_text="Bahçe", sheet_no="L20")])
    chosen = take(desk, outcome, side)
    assert refusals(desk, chosen) == []
    assert [one.choice for one in listed(desk, chosen)] == [side]
    desk.publish(chosen)
    assert [tuple(row[:2]) for row in published(desk, "w-1")] == [(use, "L20")]


def test_a_choice_holds_as_long_as_the_pool_is_what_was_looked_at(desk, elsewhere, before):
    change(elsewhere, "w-1", drawn(1, use="Arsa"))
    chosen = take(desk, desk.send_features([parcel("w-1", 1, 0, land_use_text="Bahçe", sheet_no="L18")]), "theirs")
    change(elsewhere, "w-1", drawn(1, use="Avlu"))
    (found,) = listed(desk, again(desk, chosen))
    assert (found.ours.value, found.choice, found.decided_at) == ("Avlu", None, None)


def test_a_file_that_goes_stale_before_its_publish_joins_when_it_is_checked_again(desk, elsewhere, before):
    outcome = desk.send_features([parcel("w-1", 1, 0, land_use_text="Bahçe", sheet_no="L18")])
    change(elsewhere, "w-1", drawn(1, sheet="L19"))
    with pytest.raises(review.StaleVersions):
        desk.publish(outcome)
    desk.publish(again(desk, outcome))
    assert [tuple(row[:2]) for row in published(desk, "w-1")] == [("Bahçe", "L19")]


def test_what_has_begun_since_does_not_end_by_absence(desk, elsewhere, before):
    change(elsewhere, "w-7", drawn(7))
    outcome = desk.send_features(before, is_whole_state=True)
    assert desk.changes(outcome) == []


def test_a_feature_that_the_file_ends_and_the_pool_has_changed_waits(desk, elsewhere, before):
    change(elsewhere, "w-2", drawn(2, use="Arsa"))
    outcome = desk.send_features(before[:2], is_whole_state=True)
    (found,) = listed(desk, outcome)
    assert (found.part, found.line, found.theirs.value) == ("feature", None, None)
    assert desk.changes(outcome) == []
    assert desk.changes(take(desk, outcome, "ours")) == []
    assert desk.changes(take_one(desk, outcome, "theirs")) == [("retire", "w-2")]


def take_one(desk: Desk, outcome: Checked, side: str) -> Checked:
    """Also where another side was taken before."""
    (found,) = listed(desk, outcome)
    with desk.store.writing(EDITOR) as connection:
        choose(connection, EDITOR, outcome.upload_id, {found.id: side})
    return again(desk, outcome)


def test_a_feature_that_the_pool_has_ended_stays_ended_where_the_file_did_not_touch_it(desk, elsewhere, before):
    change(elsewhere, "w-2", None)
    outcome = desk.send_features(before, is_whole_state=True)
    assert desk.changes(outcome) == []
    assert outcome.report["counts"]["records"] == outcome.report["counts"]["unchanged"] == 3


def test_a_feature_that_the_pool_has_ended_and_the_file_changed_comes_back_as_itself_if_chosen(desk, elsewhere, before):
    (was,) = desk.rows("SELECT uid, version FROM pool.parcels WHERE ref = 'w-2'")
    change(elsewhere, "w-2", None)
    outcome = desk.send_features([parcel("w-2", 2, 0, land_use_text="Bahçe", sheet_no="L18")])
    (found,) = listed(desk, outcome)
    assert (found.part, found.ours.value) == ("feature", None)
    desk.publish(take(desk, outcome, "theirs"))
    (now,) = desk.rows("SELECT uid, version, land_use_text FROM pool.parcels WHERE ref = 'w-2'")
    assert now == (was.uid, was.version + 1, "Bahçe")


def test_a_division_of_what_the_pool_has_changed_waits_whole(desk, elsewhere, before):
    change(elsewhere, "w-1", drawn(1, use="Arsa"))
    halves = [parcel("w-1a", 1, 0, 10.0), parcel("w-1b", 1.5, 0, 10.0)]
    outcome = desk.send_features(halves)
    assert {one.ref for one in listed(desk, outcome)} == {"w-1"}
    assert desk.changes(outcome) == []
    assert desk.changes(take(desk, outcome, "theirs")) == [("retire", "w-1"), ("insert", "w-1a"), ("insert", "w-1b")]


def test_the_same_feature_added_on_both_sides_is_compared_part_by_part(desk, elsewhere, before):
    change(elsewhere, "w-9", drawn(9, use="Arsa"))
    (found,) = listed(desk, desk.send_features([parcel("w-9", 9, 0, land_use_text="Bahçe", sheet_no="L18")]))
    assert (found.part, found.base.value) == ("land_use_text", None)


def marked(desk: Desk, features: list[dict], epoch: int, pool: str | None = None) -> bytes:
    with desk.store.reading(WORKER) as connection:
        mark = str(BundleMark(pool or pool_mark(connection), epoch))
    return geojson([{**one, "properties": {**one["properties"], MARK_FIELD: mark}} for one in features], 5253)


def newest(desk: Desk) -> int:
    return desk.rows("SELECT max(epoch) AS epoch FROM pool.epoch")[0].epoch


def test_records_say_themselves_from_which_publish_they_are(desk, elsewhere, before):
    old = newest(desk)
    desk.publish(desk.send_features([parcel("w-0", 0, 0, land_use_text="Arsa", sheet_no="L18")]))
    outcome = desk.send("bundle.geojson", marked(desk, before, old))
    assert outcome.report["merge"] | {"base_epoch": old, "is_base_said": True} == outcome.report["merge"]
    assert desk.changes(outcome) == []
    assert MARK_FIELD not in outcome.report["columns"]["ignored"]


def test_a_bundle_older_than_an_undone_publish_does_not_bring_it_back(desk, elsewhere, before):
    published_since = change(elsewhere, "w-0", drawn(0, use="Arsa"))
    features = [parcel("w-0", 0, 0, land_use_text="Arsa", sheet_no="L18"), *before[1:]]
    content = marked(desk, features, newest(desk))
    elsewhere.undo(published_since)
    outcome = desk.send("bundle.geojson", content, is_whole_state=True)
    assert desk.changes(outcome) == []
    assert published(desk, "w-0")[0].land_use_text == "Tarla"


@pytest.mark.parametrize(
    ("pools", "epochs", "code"),
    [
        ((None,), (99,), "based_on_later"),
        (("another1pool",), (1,), "based_on_another_pool"),
        ((None,), (1, 2), "several_bases"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_sentence(desk, elsewhere, before, pools, epochs, code):
    change(elsewhere, "w-1", drawn(1, use="Arsa"))
    parts = [marked(desk, [feature], epoch, pools[0]) for feature, epoch in zip(before, epochs, strict=False)]
    together = {**json.loads(parts[0]), "features": [one for part in parts for one in json.loads(part)["features"]]}
    outcome = desk.send("bundle.geojson", json.dumps(together).encode())
    assert isinstance(outcome, Failed)
    assert outcome.failure["code"] == code
    assert all(outcome.failure["text"].values())


def test_nobody_chooses_for_another_district_or_while_the_department_looks_at_it(desk, elsewhere, before):
    change(elsewhere, "w-1", drawn(1, use="Arsa"))
    outcome = desk.send_features([parcel("w-1", 1, 0, land_use_text="Bahçe", sheet_no="L18"), parcel("w-8", 8, 0)])
    other = Actor("editor", EAST)
    with desk.store.writing(other) as connection:
        assert conflicts(connection, outcome.upload_id) == ()
        with pytest.raises(UnknownUpload):
            choose_all(connection, other, outcome.upload_id, "ours")
    with desk.store.writing(other) as connection:
        assert connection.execute(text("UPDATE inbox.conflict SET choice = 'ours'")).rowcount == 0
    with desk.store.writing(EDITOR) as connection, pytest.raises(NothingToChoose):
        choose(connection, EDITOR, outcome.upload_id, {0: "ours"})
    with desk.store.writing(EDITOR) as connection:
        review.submit(connection, EDITOR, outcome.changeset_id, leave_out_refused=True)
        with pytest.raises(AlreadyUnderReview):
            choose_all(connection, EDITOR, outcome.upload_id, "ours")

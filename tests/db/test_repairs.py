"""A repair is proposed by the check, decided by a person, and laid over the file when it is checked again."""

from collections.abc import Iterator

import pytest
import shapely
from sqlalchemy import text

from importers.pipeline import Checked, check
from layers.core import inbox, review
from layers.core.repairs import Chosen, NothingToDecide, Repair, accept, decline, repairs
from layers.core.store import WORKER, Actor
from tests.importing import DEPARTMENT, Desk, feature, open_desk, parcel
from tests.worlds import EAST, WEST

EDITOR = Actor("editor", WEST)
X, Y = 500_000, 4_250_000


def polygon(*corners: tuple[float, float]) -> str:
    return shapely.Polygon([(X + x, Y + y) for x, y in corners]).wkt


SPIKED = polygon((0, 40), (20, 40), (20, 50), (35, 50.01), (20, 50.02), (20, 60), (0, 60))
STUTTERING = polygon((40, 40), (60, 40), (60.002, 40.002), (60, 60), (40, 60))
LOOPED = polygon((80, 40), (100, 40), (100, 60.05), (99.95, 60), (100.05, 60), (80, 60.02))
OPEN = shapely.LineString(
    [(X + 120, Y + 40), (X + 140, Y + 40), (X + 140, Y + 60), (X + 120, Y + 60), (X + 120, Y + 40.4)]
)
BOW = polygon((160, 40), (180, 60), (180, 40), (160, 60))


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


def proposed(desk: Desk, outcome: Checked, state: str | None = "proposed") -> tuple[Repair, ...]:
    with desk.store.reading(EDITOR) as connection:
        return repairs(connection, outcome.upload_id, state=state)


def rules(desk: Desk, outcome: Checked, state: str | None = "proposed") -> list[tuple[str, str | None]]:
    return [(one.rule, one.ref) for one in proposed(desk, outcome, state)]


def decide(desk: Desk, outcome: Checked, take, chosen: Chosen) -> Checked:
    """As the district decides; the worker checks where it has to."""
    with desk.store.writing(EDITOR) as connection:
        take(connection, EDITOR, outcome.upload_id, chosen)
        is_asked = inbox.upload(connection, outcome.upload_id).state == "received"
    if not is_asked:
        return outcome
    with desk.store.writing(WORKER) as connection:
        again = check(connection, desk.registry, desk.profile, outcome.upload_id)
    assert isinstance(again, Checked), again
    return again


def shape_of(desk: Desk, outcome: Checked, ref: str) -> shapely.Geometry:
    (row,) = desk.rows(
        "SELECT ST_AsText(geom_after) AS wkt FROM inbox.change WHERE changeset_id = :id AND ref = :ref",
        id=outcome.changeset_id,
        ref=ref,
    )
    return shapely.from_wkt(row.wkt)


def test_each_kind_of_fault_that_can_be_mended_has_its_repair(desk):
    faulty = {"w-1": SPIKED, "w-2": STUTTERING, "w-3": LOOPED, "w-4": OPEN.wkt, "w-5": BOW}
    outcome = desk.send_features([feature(ref, wkt) for ref, wkt in faulty.items()])
    assert sorted(rules(desk, outcome)) == [
        ("corners_apart", "w-2"),
        ("geometry_valid", "w-3"),
        ("no_spikes", "w-1"),
        ("outline_closed", "w-4"),
    ], "and an outline that crosses itself in the middle is for a person to redraw"
    for repair in proposed(desk, outcome):
        assert shapely.from_geojson(repair.after).is_valid
        assert repair.before != repair.after
        assert repair.finding_id is not None


def test_nothing_is_mended_before_somebody_accepts_it(desk):
    outcome = desk.send_features([feature("w-1", SPIKED)])
    assert shape_of(desk, outcome, "w-1").geoms[0].equals(shapely.from_wkt(SPIKED))


def test_an_accepted_repair_is_laid_over_the_file_and_the_report_says_who_accepted_it(desk):
    outcome = desk.send_features([feature("w-4", OPEN.wkt), parcel("w-9", 9, 0)])
    assert outcome.report["counts"]["refused"] == 1
    (repair,) = proposed(desk, outcome)
    again = decide(desk, outcome, accept, Chosen(ids=(repair.id,)))
    assert again.report["counts"]["refused"] == 0
    assert shape_of(desk, again, "w-4").geoms[0].equals(shapely.Polygon(OPEN.coords))
    (said,) = desk.texts(again, "repair_accepted")
    assert "w-4" in said
    assert "The outline is closed" in said
    assert rules(desk, again, "accepted") == [("outline_closed", "w-4")]
    (change,) = desk.rows(
        "SELECT ST_GeometryType(original_geom) AS kind FROM inbox.change WHERE changeset_id = :id AND ref = 'w-4'",
        id=again.changeset_id,
    )
    assert change.kind == "ST_LineString", "the shape that was sent stays beside the change"
    (kept,) = desk.rows("SELECT sum(length(bytes)) AS n FROM inbox.chunk WHERE upload_id = :id", id=again.upload_id)
    assert kept.n == desk.rows("SELECT size_bytes FROM inbox.upload WHERE id = :id", id=again.upload_id)[0].size_bytes
    desk.publish(again)
    assert [row.ref for row in desk.rows("SELECT ref FROM pool.parcels ORDER BY ref")] == ["w-4", "w-9"]


def test_who_accepted_is_named(desk, database):
    outcome = desk.send_features([feature("w-1", SPIKED)])
    with desk.store.reading(DEPARTMENT) as connection:
        assert repairs(connection, outcome.upload_id)[0].decided_by is None
    import psycopg2

    with psycopg2.connect(database.owner) as connection, connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO auth.account (email, name, password_hash, role, district_id) "
            "VALUES ('a@b.c', 'Ayşe Çalışkan', 'x', 'editor', %s) RETURNING id",
            [WEST],
        )
        account = cursor.fetchone()[0]
    connection.close()
    editor = Actor("editor", WEST, account_id=account)
    with desk.store.writing(editor) as connection:
        accept(connection, editor, outcome.upload_id, Chosen(rule="no_spikes"))
    with desk.store.writing(WORKER) as connection:
        again = check(connection, desk.registry, desk.profile, outcome.upload_id)
    assert "Ayşe Çalışkan" in desk.texts(again, "repair_accepted", "tr")[0]
    assert proposed(desk, again, "accepted")[0].decided_by == "Ayşe Çalışkan"


def test_what_was_declined_is_not_proposed_again(desk):
    outcome = desk.send_features([feature("w-1", SPIKED), feature("w-2", STUTTERING)])
    decide(desk, outcome, decline, Chosen(rule="no_spikes"))
    with desk.store.writing(WORKER) as connection:
        inbox.recheck(connection, outcome.upload_id)
        again = check(connection, desk.registry, desk.profile, outcome.upload_id)
    assert rules(desk, again) == [("corners_apart", "w-2")]
    assert shape_of(desk, again, "w-1").geoms[0].equals(shapely.from_wkt(SPIKED))


def test_all_of_a_kind_are_accepted_at_once(desk):
    spiked = [
        feature(f"w-{n}", polygon(*((x + 40 * n, y) for x, y in corners)))
        for n in range(3)
        for corners in [((0, 40), (20, 40), (20, 50), (35, 50.01), (20, 50.02), (20, 60), (0, 60))]
    ]
    outcome = desk.send_features([*spiked, feature("w-9", STUTTERING.replace("4250040", "4250140"))])
    again = decide(desk, outcome, accept, Chosen(rule="no_spikes"))
    assert len(desk.texts(again, "repair_accepted")) == 3
    assert rules(desk, again, "accepted") == [("no_spikes", f"w-{n}") for n in range(3)]


def test_two_faults_of_one_outline_are_mended_one_after_the_other(desk):
    both = polygon((0, 40), (20, 40), (20.002, 40.002), (20, 50), (35, 50.01), (20, 50.02), (20, 60), (0, 60))
    outcome = desk.send_features([feature("w-1", both)])
    assert len(proposed(desk, outcome)) == 2
    ids = tuple(one.id for one in proposed(desk, outcome))
    again = decide(desk, outcome, accept, Chosen(ids=ids))
    assert len(proposed(desk, again)) == 1, "made anew from what the first has left"
    last = decide(desk, again, accept, Chosen(ids=(proposed(desk, again)[0].id,)))
    assert proposed(desk, last) == ()
    assert len(desk.texts(last, "repair_accepted")) == 2
    left = shape_of(desk, last, "w-1").geoms[0].exterior.coords[:-1]
    assert left == [(X + x, Y + y) for x, y in ((0, 40), (20.002, 40.002), (20, 50), (20, 50.02), (20, 60), (0, 60))]


def test_an_accepted_repair_can_be_taken_back(desk):
    outcome = desk.send_features([feature("w-1", SPIKED)])
    again = decide(desk, outcome, accept, Chosen(rule="no_spikes"))
    (laid,) = proposed(desk, again, "accepted")
    last = decide(desk, again, decline, Chosen(ids=(laid.id,)))
    assert shape_of(desk, last, "w-1").geoms[0].equals(shapely.from_wkt(SPIKED))
    assert desk.texts(last, "repair_accepted") == []


def test_corners_beside_a_published_neighbour_are_snapped_to_it_when_accepted(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0)]))
    near = polygon((20.04, 0), (40, 0), (40, 20), (20.04, 20))
    outcome = desk.send_features([feature("w-2", near)])
    assert "4.00 cm" in desk.texts(outcome, "corners_on_neighbours")[0]
    assert "w-1" in desk.texts(outcome, "corners_on_neighbours")[0]
    again = decide(desk, outcome, accept, Chosen(rule="corners_on_neighbours"))
    assert shape_of(desk, again, "w-2").equals(shapely.from_wkt(polygon((20, 0), (40, 0), (40, 20), (20, 20))))
    assert desk.texts(again, "corners_on_neighbours") == []
    assert desk.texts(again, "no_gaps") == []


def test_in_a_file_of_the_whole_state_neighbours_that_stay_are_snapped_to_as_well(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0)]))
    near = polygon((20.04, 0), (40, 0), (40, 20), (20.04, 20))
    outcome = desk.send_features([parcel("w-1", 0, 0), feature("w-2", near)], is_whole_state=True)
    assert rules(desk, outcome) == [("corners_on_neighbours", "w-2")]


def test_a_decision_is_one_act_of_the_audit_for_each_rule(desk):
    outcome = desk.send_features([feature("w-1", SPIKED)])
    (repair,) = proposed(desk, outcome)
    with desk.store.writing(EDITOR) as connection:
        accept(connection, EDITOR, outcome.upload_id, Chosen(ids=(repair.id,)))
        decline(connection, EDITOR, outcome.upload_id, Chosen(ids=(repair.id,)))
    acts = desk.rows("SELECT action, district_id, detail FROM ops.audit WHERE action LIKE 'repair%' ORDER BY id")
    told = {"rule": repair.rule, "count": 1, "lines": [repair.line]}
    assert [tuple(act) for act in acts] == [("repair_accepted", WEST, told), ("repair_declined", WEST, told)]


def test_nobody_decides_while_the_department_looks_at_it_or_twice(desk):
    outcome = desk.send_features([feature("w-1", SPIKED)])
    (repair,) = proposed(desk, outcome)
    with desk.store.writing(EDITOR) as connection, pytest.raises(NothingToDecide):
        accept(connection, EDITOR, outcome.upload_id, Chosen(ids=(repair.id + 1,)))
    with desk.store.writing(EDITOR) as connection:
        review.submit(connection, EDITOR, outcome.changeset_id)
    with desk.store.writing(EDITOR) as connection, pytest.raises(inbox.AlreadyUnderReview):
        accept(connection, EDITOR, outcome.upload_id, Chosen(ids=(repair.id,)))


def test_another_district_sees_and_decides_nothing(desk):
    outcome = desk.send_features([feature("w-1", SPIKED)])
    other = Actor("editor", EAST)
    with desk.store.writing(other) as connection:
        assert repairs(connection, outcome.upload_id) == ()
        with pytest.raises(inbox.UnknownUpload):
            accept(connection, other, outcome.upload_id, Chosen(rule="no_spikes"))
    with desk.store.writing(other) as connection:
        changed = connection.execute(text("UPDATE inbox.repair SET state = 'accepted'")).rowcount
    assert changed == 0

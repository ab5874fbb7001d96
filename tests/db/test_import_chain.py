"""A district's file on its way into the pool."""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely
from pyproj import Transformer

from importers.pipeline import Checked, Failed, check, check_waiting
from layers.core import inbox, review
from layers.core.declared_crs import METRES_IN, DeclaredCrs
from layers.core.publish import StaleVersions
from layers.core.review_refused import NotAllowed, NothingToSubmit, RefusalsRemain, WrongState
from layers.core.store import WORKER, Actor
from tests.importing import DEPARTMENT, Desk, feature, geojson, open_desk, parcel, publish_boundary
from tests.worlds import EAST, WEST, square


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


def table(refs: range, srid: int = 5253) -> geopandas.GeoDataFrame:
    shapes = [shapely.from_wkt(square(n, 0)) for n in refs]
    columns = {"ref": [f"w-{n}" for n in refs], "ADA": ["1"] * len(refs), "PARSEL": [str(n) for n in refs]}
    return geopandas.GeoDataFrame(columns, geometry=shapes, crs=5253).to_crs(srid)


def zipped(folder: Path, *suffixes: str, inside: str = "") -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted(folder.iterdir()):
            if path.suffix in suffixes:
                packed.write(path, inside + path.name)
    return archive.getvalue()


# What arrives


def test_the_three_formats_bring_the_same_parcels(desk, tmp_path):
    frame = table(range(1, 4))
    frame.to_file(tmp_path / "p.gpkg", driver="GPKG")
    (tmp_path / "shp").mkdir()
    frame.to_file(tmp_path / "shp/p.shp")
    files = {
        "p.gpkg": (tmp_path / "p.gpkg").read_bytes(),
        "p.zip": zipped(tmp_path / "shp", ".shp", ".shx", ".dbf", ".prj", inside="a/deep/folder/"),
        "p.geojson": frame.to_crs(4326).to_json(drop_id=True).encode(),
    }
    for name, content in files.items():
        outcome = desk.send(name, content)
        assert isinstance(outcome, Checked), outcome
        assert desk.changes(outcome) == [("insert", "w-1"), ("insert", "w-2"), ("insert", "w-3")], name


def test_a_format_is_told_by_its_content_not_by_its_name(desk):
    outcome = desk.send("wrongly.named.gpkg", geojson([parcel("w-1", 0, 0)], 5253))
    assert isinstance(outcome, Checked)
    assert outcome.report["format"] == "geojson"


def test_the_same_bytes_twice_are_one_upload(desk):
    content = geojson([parcel("w-1", 0, 0)], 5253)
    first, second = desk.receive("a.json", content), desk.receive("b.json", content)
    assert (first.is_repeat, second.is_repeat) == (False, True)
    assert second.upload_id == first.upload_id
    other = desk.receive("a.json", content, district_id=EAST)
    assert not other.is_repeat


def test_bytes_come_back_as_they_were_sent(desk):
    content = bytes(range(256)) * 9000
    receipt = desk.receive("drawing.ncz", content)
    assert receipt.size_bytes == len(content)
    with desk.store.reading(Actor("editor", WEST)) as connection:
        assert b"".join(inbox.original(connection, receipt.upload_id)) == content
    with desk.store.reading(Actor("editor", EAST)) as connection:
        assert b"".join(inbox.original(connection, receipt.upload_id)) == b""


def test_a_file_over_the_limit_leaves_nothing_behind(desk):
    with pytest.raises(inbox.TooLarge):
        desk.receive("big.gpkg", b"x" * 3_000_000, limit_bytes=2_000_000)
    assert desk.rows("SELECT 1 FROM inbox.upload") == []
    assert desk.rows("SELECT 1 FROM inbox.chunk") == []


def test_receiving_asks_the_worker_in_the_same_transaction(desk):
    receipt = desk.receive("a.json", geojson([parcel("w-1", 0, 0)], 5253))
    (job,) = desk.rows("SELECT task_name, args FROM jobs.procrastinate_jobs")
    assert (job.task_name, job.args) == ("check_upload", {"upload_id": str(receipt.upload_id)})


# What is compared


def test_only_what_differs_becomes_a_change(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0, nitelik="Arsa"), parcel("w-2", 1, 0), parcel("w-3", 2, 0)]))
    outcome = desk.send_features([parcel("w-1", 0, 0), parcel("w-2", 1, 0, width=18), parcel("w-4", 3, 0)])
    assert desk.changes(outcome) == [("update", "w-2"), ("insert", "w-4")]
    counts = outcome.report["counts"]
    assert (counts["records"], counts["unchanged"], counts["refused"], counts["retired"]) == (3, 1, 0, 0)


def test_a_corner_moved_by_a_centimetre_is_no_change(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0)]))
    assert desk.changes(desk.send_features([parcel("w-1", 0.0005, 0)])) == []


def test_columns_that_are_not_in_the_file_keep_what_is_published(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0, alan="400,00", valid_from="2024-05-01")]))
    desk.publish(desk.send_features([parcel("w-1", 0, 0, locality="Bağlar")]))
    (row,) = desk.rows("SELECT registered_area_m2, locality, valid_from::text, version FROM pool.parcels")
    assert tuple(row) == (400, "Bağlar", "2024-05-01", 2)


def test_an_emptied_cell_empties_the_column(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0, locality="Bağlar")]))
    desk.publish(desk.send_features([parcel("w-1", 0, 0, locality=None), parcel("w-2", 1, 0, locality="Yeni")]))
    rows = desk.rows("SELECT ref, locality FROM pool.parcels ORDER BY ref")
    assert [tuple(row) for row in rows] == [("w-1", None), ("w-2", "Yeni")]


def test_absence_ends_a_parcel_only_where_the_file_is_the_whole_state(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0), parcel("w-2", 5, 0)]))
    assert desk.changes(desk.send_features([parcel("w-1", 0, 0)])) == []
    outcome = desk.send_features([parcel("w-1", 0, 0)], is_whole_state=True)
    assert desk.changes(outcome) == [("retire", "w-2")]
    assert ("absent_features_end", "note", None) in desk.rules(outcome)


def test_nothing_ends_for_absence_while_a_record_has_no_name(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0), parcel("w-2", 5, 0)]))
    nameless = feature(None, square(8, 0), ada=None, parsel=None)
    outcome = desk.send_features([parcel("w-1", 0, 0), nameless], is_whole_state=True)
    assert desk.changes(outcome) == []
    assert ("absence_readable", "warning", None) in desk.rules(outcome)
    assert ("ref_present", "refusal", 2) in desk.rules(outcome)


def test_a_parcel_without_a_ref_is_found_by_its_number(desk):
    desk.publish(desk.send_features([parcel("w-7", 0, 0)]))
    by_number = [feature(None, square(0, 0), parsel="7", locality="Dere"), feature(None, square(1, 0), parsel="8")]
    outcome = desk.send_features(by_number)
    assert desk.changes(outcome) == [("insert", "1-1-8"), ("update", "w-7")]


def test_a_number_that_two_neighbourhoods_use_is_no_name(desk):
    twice = [
        parcel("n-1", 0, 0, parsel="5", cadastral_neighbourhood="Bağlar"),
        parcel("n-2", 1, 0, parsel="5", cadastral_neighbourhood="Dere"),
    ]
    desk.publish(desk.send_features(twice))
    bare = desk.send_features([feature(None, square(0, 0), parsel="5", locality="X")])
    assert ("ref_present", "refusal", 1) in desk.rules(bare)
    told = [feature(None, square(0, 0), parsel="5", locality="X", cadastral_neighbourhood="BAĞLAR")]
    assert desk.changes(desk.send_features(told)) == [("update", "n-1")]


def test_turkish_numbers_are_read_as_they_are_written(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0, alan="1.312,40")]))
    (row,) = desk.rows("SELECT registered_area_m2 FROM pool.parcels")
    assert str(row.registered_area_m2) == "1312.40"


# What is noticed


def test_two_records_on_the_same_ground_are_both_refused(desk):
    outcome = desk.send_features([parcel("w-1", 0, 0), parcel("w-2", 0.5, 0), parcel("w-3", 5, 0)])
    assert [f for f in desk.rules(outcome) if f[1] == "refusal"] == [
        ("no_overlap_within_file", "refusal", 1),
        ("no_overlap_within_file", "refusal", 2),
    ]
    assert outcome.report["counts"] == {
        "records": 3,
        "refused": 2,
        "unchanged": 0,
        "inserted": 1,
        "updated": 0,
        "retired": 0,
    }
    assert desk.texts(outcome, "no_overlap_within_file")[0].startswith("Line 1, w-1: It covers 200.00 m² of w-2")
    assert desk.texts(outcome, "no_overlap_within_file", "tr")[0].startswith(
        "1. satır, w-1: 2. satırdaki w-2 ile 200,00"
    )


def test_one_outline_inside_another_is_refused_with_it(desk):
    inner = feature("w-2", shapely.box(500_005, 4_250_005, 500_010, 4_250_010).wkt)
    outcome = desk.send_features([parcel("w-1", 0, 0), inner])
    assert [rule for rule, severity, _ in desk.rules(outcome) if severity == "refusal"] == ["not_inside_another"] * 2


def test_a_new_parcel_over_a_published_one_is_refused_and_shown(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0)]))
    outcome = desk.send_features([parcel("w-2", 0.9, 0)])
    assert ("overlaps_neighbour", "refusal", 1) in desk.rules(outcome)
    (place,) = desk.rows(
        "SELECT ST_Area(geom) AS area, ST_SRID(geom) AS srid FROM inbox.finding WHERE rule LIKE 'over%'"
    )
    assert (round(place.area), place.srid) == (40, 5253)


def test_a_sliver_thinner_than_two_centimetres_is_no_overlap(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0)]))
    sliver = feature("w-2", shapely.box(500_019.985, 4_250_000, 500_040, 4_250_500).wkt)
    outcome = desk.send_features([sliver])
    assert desk.changes(outcome) == [("insert", "w-2")]


def test_an_old_overlap_that_nobody_touches_does_not_block(desk):
    softened = geojson([parcel("w-1", 0, 0), parcel("w-2", 0.5, 0)], 5253)
    publish_as_it_is(desk, desk.receive("old.json", softened))
    outcome = desk.send_features([parcel("w-1", 0, 0, locality="Dere"), parcel("w-2", 0.5, 0)])
    assert desk.changes(outcome) == [("update", "w-1")]


def publish_as_it_is(desk: Desk, receipt) -> None:
    """Publish records that the rules refuse, as data from before the rules."""
    softer = {"no_overlap_within_file": {"submit": "note", "publish": "note"}}
    with desk.store.writing(WORKER) as connection:
        checked = check(connection, desk.registry, replace(desk.profile, severities=softer), receipt.upload_id)
    desk.publish(checked)


def test_a_crossed_outline_is_refused_with_the_place(desk):
    bow = "POLYGON((500000 4250000, 500020 4250020, 500020 4250000, 500000 4250020, 500000 4250000))"
    outcome = desk.send_features([feature("w-1", bow), parcel("w-2", 5, 0)])
    (sentence,) = desk.texts(outcome, "geometry_valid")
    assert sentence == (
        "Line 1, w-1: In this record the outline crosses itself near 500010.00, 4250010.00. "
        "Redraw that corner and send the file again."
    )
    assert desk.changes(outcome) == [("insert", "w-2")]


def test_missing_shapes_wrong_kinds_and_repeated_names_are_each_said(desk):
    outcome = desk.send_features(
        [
            feature("w-1", None),
            feature("w-2", "LINESTRING(500000 4250000, 500020 4250020)"),
            parcel("w-3", 3, 0),
            parcel("w-3", 4, 0),
            feature("w-5", square(5, 0), ada=None),
            parcel("w-6", 6, 0, alan="about 400"),
        ]
    )
    refused = {(rule, line) for rule, severity, line in desk.rules(outcome) if severity == "refusal"}
    assert refused == {
        ("geometry_present", 1),
        ("geometry_type_fits", 2),
        ("ref_unique", 3),
        ("ref_unique", 4),
        ("required_fields", 5),
        ("number_readable", 6),
    }
    assert outcome.report["counts"]["refused"] == 6
    assert "“about 400” in column “alan” is not a number" in desk.texts(outcome, "number_readable")[0]


def test_a_ref_of_another_district_is_refused(desk):
    desk.publish(desk.send_features([parcel("e-1", 0, 0)], district_id=EAST))
    outcome = desk.send_features([parcel("e-1", 0, 0)])
    assert ("ref_not_of_another_district", "refusal", 1) in desk.rules(outcome)
    assert "belongs to Doğu" in desk.texts(outcome, "ref_not_of_another_district")[0]
    assert desk.changes(outcome) == []


def test_ground_outside_the_district_is_measured(desk):
    publish_boundary(desk, WEST, columns=40, rows=10)
    outcome = desk.send_features([parcel("w-1", 0, 0), parcel("w-2", 39.5, 0)])
    (sentence,) = desk.texts(outcome, "inside_district")
    assert sentence.startswith("Line 2, w-2: 180.00 m² of the shape (45 %) lies outside the district.")
    assert desk.changes(outcome) == [("insert", "w-1")]


def test_without_a_published_boundary_the_report_says_what_was_not_checked(desk):
    outcome = desk.send_features([parcel("w-1", 0, 0)])
    assert ("district_boundary_known", "note", None) in desk.rules(outcome)


def test_a_parcel_that_jumps_is_a_warning(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0), parcel("w-2", 1, 0), parcel("w-3", 2, 0)]))
    outcome = desk.send_features([parcel("w-1", 0, 0), parcel("w-2", 1, 0), parcel("w-3", 9, 0)])
    assert ("moved_far", "warning", 3) in desk.rules(outcome)


def test_owner_columns_are_stripped_and_their_values_are_nowhere(desk):
    secret = "10000000146"
    owned = [parcel(f"w-{n}", n, 0, malik="Somebody", hissedar_2="Else", locality=secret) for n in range(5)]
    outcome = desk.send_features(owned)
    assert outcome.report["columns"]["removed"] == ["hissedar_2", "locality", "malik"]
    assert ("personal_columns_removed", "warning", None) in desk.rules(outcome)
    desk.publish(outcome)
    for place in ("inbox.record", "inbox.change", "inbox.finding", "pool.parcels"):
        shown = " ".join(str(row) for row in desk.rows(f"SELECT to_jsonb(t)::text FROM {place} t"))
        assert secret not in shown, place
        assert "Somebody" not in shown, place


def test_every_column_is_mapped_ignored_or_removed(desk):
    outcome = desk.send_features([parcel("w-1", 0, 0, parsell_no="9", weather="fine", malik="x")])
    columns = outcome.report["columns"]
    assert columns["mapped"] == {"ref": "ref", "ada": "block_no", "parsel": "parcel_no"}
    assert columns["ignored"] == ["parsell_no", "weather"]
    assert columns["removed"] == ["malik"]


# What belongs together


def test_a_subdivision_ends_the_parcel_that_the_file_does_not_name(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0, width=40.0)]))
    outcome = desk.send_features([parcel("w-2", 0, 0), parcel("w-3", 1, 0)])
    assert desk.changes(outcome) == [("retire", "w-1"), ("insert", "w-2"), ("insert", "w-3")]
    (told,) = outcome.report["operations"]
    assert (told["kind"], told["parents"], told["children"]) == ("subdivision", ["w-1"], ["w-2", "w-3"])
    assert (told["lines"], told["is_sure"]) == ([1, 2], True)
    desk.publish(outcome)
    lineage = desk.rows("SELECT operation, area_m2 FROM pool.lineage ORDER BY area_m2")
    assert [tuple(row) for row in lineage] == [("subdivision", 400), ("subdivision", 400)]


def test_a_part_may_keep_the_number_of_the_whole(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0, width=40.0)]))
    outcome = desk.send_features([parcel("w-1", 0, 0), parcel("w-2", 1, 0)])
    assert desk.changes(outcome) == [("update", "w-1"), ("insert", "w-2")]
    desk.publish(outcome)
    (lineage,) = desk.rows(
        "SELECT p.ref AS parent, c.ref AS child FROM pool.kinship JOIN pool.parcels p ON p.uid = parent_uid "
        "JOIN pool.parcels c ON c.uid = child_uid"
    )
    assert (lineage.parent, lineage.child) == ("w-1", "w-2")


def test_an_amalgamation_ends_its_parts(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0), parcel("w-2", 1, 0)]))
    outcome = desk.send_features([parcel("w-3", 0, 0, width=40.0)])
    assert desk.changes(outcome) == [("retire", "w-1"), ("retire", "w-2"), ("insert", "w-3")]
    assert outcome.report["operations"][0]["kind"] == "amalgamation"


def test_a_partly_covered_parcel_has_others_inside_and_is_not_subdivided(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0, width=60.0)]))
    outcome = desk.send_features([parcel("w-2", 0, 0), parcel("w-3", 1, 0)])
    assert desk.changes(outcome) == []
    assert [rule for rule, severity, _ in desk.rules(outcome) if severity == "refusal"] == ["not_inside_another"] * 2


def test_a_subdivision_waits_whole_for_its_refused_part(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0, width=40.0)]))
    outcome = desk.send_features([parcel("w-2", 0, 0), parcel("w-3", 1, 0, alan="x")])
    assert desk.changes(outcome) == []
    assert ("operation_whole", "refusal", 1) in desk.rules(outcome)


def test_ground_under_a_refused_record_is_not_given_up(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0), parcel("w-9", 9, 0)]))
    outcome = desk.send_features([parcel("w-2", 0, 0, alan="x"), parcel("w-9", 9, 0)], is_whole_state=True)
    assert desk.changes(outcome) == []


def test_layers_whose_features_may_share_ground_know_no_subdivision(desk):
    def flood(ref: str, column: float, width: float) -> dict:
        properties = {"ref": ref, "kind": "flood", "label": ref, "status": "in_force"}
        return {**parcel(ref, column, 0, width), "properties": properties}

    desk.publish(desk.send_features([flood("f-1", 0, 40.0)], layer_id="plan_constraints"))
    both = [flood("f-1", 0, 40.0), flood("f-2", 0, 20.0), flood("f-3", 1, 20.0)]
    outcome = desk.send_features(both, layer_id="plan_constraints", is_whole_state=True)
    assert desk.changes(outcome) == [("insert", "f-2"), ("insert", "f-3")]
    alone = desk.send_features(both[1:], layer_id="plan_constraints")
    assert desk.changes(alone) == [("insert", "f-2"), ("insert", "f-3")]
    assert alone.report["operations"] == []


# What is decided


def test_refused_records_hold_a_changeset_back_until_they_are_left_out(desk):
    outcome = desk.send_features([parcel("w-1", 0, 0), feature("w-2", None)])
    with desk.store.writing(DEPARTMENT) as connection:
        with pytest.raises(RefusalsRemain):
            review.submit(connection, DEPARTMENT, outcome.changeset_id)
        moved = review.submit(connection, DEPARTMENT, outcome.changeset_id, leave_out_refused=True)
    assert moved.state == "submitted"


def test_a_file_that_changes_nothing_cannot_be_submitted(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0)]))
    outcome = desk.send_features([parcel("w-1", 0, 0)])
    with desk.store.writing(DEPARTMENT) as connection, pytest.raises(NothingToSubmit):
        review.submit(connection, DEPARTMENT, outcome.changeset_id)


def test_only_the_department_decides_and_each_step_leaves_a_trace(desk):
    outcome = desk.send_features([parcel("w-1", 0, 0)])
    editor = Actor("editor", WEST)
    with desk.store.writing(editor) as connection:
        review.submit(connection, editor, outcome.changeset_id, why="spring survey")
        with pytest.raises(NotAllowed):
            review.accept(connection, editor, outcome.changeset_id)
        with pytest.raises(WrongState):
            review.submit(connection, editor, outcome.changeset_id)
    with desk.store.writing(DEPARTMENT) as connection:
        review.return_(connection, DEPARTMENT, outcome.changeset_id, why="corner 3")
    trace = desk.rows("SELECT state_before, state_after, why FROM inbox.transition ORDER BY id")
    assert [tuple(row) for row in trace] == [
        ("checked", "submitted", "spring survey"),
        ("submitted", "returned", "corner 3"),
    ]


def test_a_changeset_from_an_older_version_is_refused_with_its_conflicts(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0)]))
    slow = desk.send_features([parcel("w-1", 0, 0, locality="slow")])
    desk.publish(desk.send_features([parcel("w-1", 0, 0, locality="fast")]))
    with pytest.raises(StaleVersions) as stale:
        desk.publish(slow)
    assert [conflict.ref for conflict in stale.value.conflicts] == ["w-1"]


def test_a_revert_restores_what_was(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0, width=40.0, locality="Dere"), parcel("w-5", 5, 0)]))
    before = state(desk)
    outcome = desk.send_features([parcel("w-2", 0, 0), parcel("w-3", 1, 0), parcel("w-5", 5, 0, locality="X")])
    desk.publish(outcome)
    with desk.store.writing(DEPARTMENT) as connection:
        inverse = review.revert(connection, desk.registry, DEPARTMENT, outcome.changeset_id)
        review.submit(connection, DEPARTMENT, inverse.id)
        review.accept(connection, DEPARTMENT, inverse.id)
        review.publish_now(connection, desk.registry, DEPARTMENT, inverse.id)
    assert state(desk) == before


def test_a_revert_over_later_work_is_refused_with_its_conflicts(desk):
    first = desk.send_features([parcel("w-1", 0, 0)])
    desk.publish(first)
    desk.publish(desk.send_features([parcel("w-1", 0, 0, locality="later")]))
    with desk.store.writing(DEPARTMENT) as connection, pytest.raises(StaleVersions) as stale:
        review.revert(connection, desk.registry, DEPARTMENT, first.changeset_id)
    assert stale.value.conflicts[0].ref == "w-1"


def test_a_large_changeset_is_published_by_the_worker(desk, monkeypatch):
    monkeypatch.setattr(review, "LARGEST_AT_ONCE", 1)
    outcome = desk.send_features([parcel("w-1", 0, 0), parcel("w-2", 1, 0)])
    with desk.store.writing(DEPARTMENT) as connection:
        review.submit(connection, DEPARTMENT, outcome.changeset_id)
        review.accept(connection, DEPARTMENT, outcome.changeset_id)
        assert isinstance(
            review.publish_changeset(connection, desk.registry, DEPARTMENT, outcome.changeset_id), review.Enqueued
        )
        again = review.publish_changeset(connection, desk.registry, DEPARTMENT, outcome.changeset_id)
        assert isinstance(again, review.Enqueued)
        assert again.is_repeat
    jobs = desk.rows("SELECT task_name FROM jobs.procrastinate_jobs ORDER BY id")
    assert [job.task_name for job in jobs] == ["check_upload", "publish_changeset"]


def test_a_file_under_review_is_not_checked_again(desk):
    outcome = desk.send_features([parcel("w-1", 0, 0)])
    with desk.store.writing(DEPARTMENT) as connection:
        review.submit(connection, DEPARTMENT, outcome.changeset_id)
        with pytest.raises(inbox.AlreadyUnderReview):
            inbox.recheck(connection, outcome.upload_id, declared_crs=DeclaredCrs.parse("5253"))


def test_a_returned_changeset_keeps_its_trace_when_the_file_is_checked_again(desk):
    outcome = desk.send_features([parcel("w-1", 0, 0)])
    with desk.store.writing(DEPARTMENT) as connection:
        review.submit(connection, DEPARTMENT, outcome.changeset_id)
        review.return_(connection, DEPARTMENT, outcome.changeset_id, why="corner 3")
        inbox.recheck(connection, outcome.upload_id)
    again = recheck(desk, outcome)
    states = desk.rows("SELECT id, state FROM inbox.changeset ORDER BY id")
    assert [tuple(row) for row in states] == [(outcome.changeset_id, "returned"), (again.changeset_id, "checked")]


def state(desk: Desk) -> list[tuple]:
    rows = desk.rows("SELECT ref, locality, ST_AsText(geom) FROM pool.parcels ORDER BY ref")
    return [tuple(row) for row in rows]


# Where it lies


def test_a_file_in_another_system_lands_where_it_belongs(desk):
    desk.publish(desk.send_features([parcel("w-1", 0, 0)]))
    frame = table(range(1, 2), srid=32635)
    outcome = desk.send("utm.geojson", geojson(json.loads(frame.to_json())["features"], 32635))
    (change,) = desk.rows(
        "SELECT pipeline, ST_SRID(original_geom) AS srid, ST_Distance(geom_after, geom_before) AS d FROM inbox.change "
        "WHERE changeset_id = :id",
        id=outcome.changeset_id,
    )
    assert change.srid == 32635
    assert "proj=utm" in change.pipeline


def test_a_file_without_a_system_is_never_guessed(desk, tmp_path):
    publish_boundary(desk, WEST, columns=40, rows=10)
    table(range(1, 4)).to_file(tmp_path / "p.shp")
    content = zipped(tmp_path, ".shp", ".shx", ".dbf")
    outcome = desk.send("p.zip", content)
    assert isinstance(outcome, Failed)
    assert outcome.failure["code"] == "crs_unknown"
    offered = {candidate["crs"]: candidate["name"] for candidate in outcome.failure["facts"]["candidates"]}
    assert offered["5253"] == "TUREF / TM27 (EPSG:5253)"
    with desk.store.writing(Actor("editor", WEST)) as connection:
        inbox.recheck(connection, outcome.upload_id, declared_crs=DeclaredCrs.parse("5253"))
    again = recheck(desk, outcome)
    assert isinstance(again, Checked), again
    assert len(desk.changes(again)) == 3


def test_swapped_axes_are_offered_as_a_reading(desk):
    publish_boundary(desk, WEST, columns=40, rows=10)
    swapped = shapely.transform(table(range(1, 4)).geometry.values, lambda points: points[:, ::-1])
    features = [feature(f"w-{n}", shape.wkt) for n, shape in enumerate(swapped, start=1)]
    outcome = desk.send("swapped.json", geojson(features, 5253))
    assert isinstance(outcome, Failed)
    assert outcome.failure["code"] == "crs_doubtful"
    assert outcome.failure["facts"]["candidates"][0]["srid"] == -5253
    with desk.store.writing(Actor("editor", WEST)) as connection:
        inbox.recheck(connection, outcome.upload_id, declared_crs=DeclaredCrs.parse("-5253"))
    assert isinstance(recheck(desk, outcome), Checked)
    (row,) = desk.rows("SELECT ST_X(ST_Centroid(geom_after)) AS x FROM inbox.change WHERE ref = 'w-1'")
    assert round(row.x) == 500_030


def test_numbers_of_another_datum_are_told_from_the_published_parcels(desk):
    knowing = Desk(desk.store, desk.registry, replace(desk.profile, crs_candidates=(5253, 2319, 32635)))
    refs = [parcel(f"w-{n}", n, 0) for n in range(6)]
    knowing.publish(knowing.send_features(refs))
    to_old = Transformer.from_crs(5253, 2319, always_xy=True)
    old = [
        {
            **one,
            "geometry": json.loads(
                shapely.to_geojson(
                    shapely.transform(
                        shapely.from_geojson(json.dumps(one["geometry"])), to_old.transform, interleaved=False
                    )
                )
            ),
        }
        for one in refs
    ]
    outcome = knowing.send("old.json", geojson(old, 5253))
    assert isinstance(outcome, Failed)
    assert outcome.failure["code"] == "crs_shifted"
    assert outcome.failure["text"]["en"].startswith(
        "Everything lies 190 m to the north of the published features: the numbers look like ED50 / TM27 (EPSG:2319)"
    )
    with desk.store.writing(Actor("editor", WEST)) as connection:
        inbox.recheck(connection, outcome.upload_id, declared_crs=DeclaredCrs.parse("2319"))
    again = recheck(knowing, outcome)
    assert isinstance(again, Checked), again
    assert again.report["counts"]["unchanged"] == 6
    assert ("reprojection_accurate", "warning", None) in knowing.rules(again)


def test_new_parcels_without_names_are_told_apart_by_their_neighbours(desk):
    """Every second lot of a street is published; the others come in numbers of the old datum."""
    knowing = Desk(desk.store, desk.registry, replace(desk.profile, crs_candidates=(5253, 2319, 32635, 23035)))
    publish_boundary(desk, WEST, columns=400, rows=400)
    lots = [parcel(f"w-{n}", n + n % 7 / 9, 20 + n % 3 / 7) for n in range(24)]
    knowing.publish(knowing.send_features(lots[::2]))
    new = [feature(None, moved(one, 2319), parsel=str(900 + n)) for n, one in enumerate(lots[1::2])]
    unnamed = json.loads(geojson(new, 2319))
    del unnamed["crs"]
    outcome = knowing.send("new.geojson", json.dumps(unnamed).encode())
    assert isinstance(outcome, Failed)
    first, *others = outcome.failure["facts"]["candidates"]
    assert first["crs"] == "2319"
    assert all(other["score"] <= 0.5 < first["score"] for other in others)
    assert set(first["why"][0]) == {"tr", "en", "fr"}


@pytest.mark.parametrize("said", ["-5253", "5253+9", "5253/mm", "-2319+9/ft", "5269-9"])
def test_what_was_changed_about_the_numbers_can_be_repeated_from_what_is_kept(desk, said):
    """Numbers as sent, the code they were read by and the pipeline lead to what is stored."""
    declared = DeclaredCrs.parse(said)
    lots = [parcel(f"w-{n}", n, 0) for n in range(4)]
    spoilt = [feature(f"w-{n}", moved(one, declared.srid, declared)) for n, one in enumerate(lots)]
    outcome = desk.send("spoilt.geojson", geojson(spoilt, 5253), declared_crs=declared)
    assert isinstance(outcome, Checked), outcome
    assert outcome.report["crs"]["used"]["crs"] == said
    rows = desk.rows(
        "SELECT pipeline, ST_SRID(original_geom) AS srid, ST_AsBinary(original_geom) AS original, "
        "ST_AsBinary(geom_after) AS stored FROM inbox.change WHERE changeset_id = :id",
        id=outcome.changeset_id,
    )
    assert len(rows) == 4
    for row in rows:
        assert row.srid == declared.srid
        steps = Transformer.from_pipeline(row.pipeline)
        again = shapely.transform(shapely.from_wkb(bytes(row.original)), steps.transform, interleaved=False)
        assert shapely.hausdorff_distance(again, shapely.from_wkb(bytes(row.stored))) < 0.002


def test_who_was_shown_what_speaks_against_it_may_stay_with_it(desk):
    knowing = Desk(desk.store, desk.registry, replace(desk.profile, crs_candidates=(5253, 2319)))
    knowing.publish(knowing.send_features([parcel(f"w-{n}", n, 0) for n in range(6)]))
    old = [feature(f"w-{n}", moved(parcel(f"w-{n}", n, 0), 2319)) for n in range(6)]
    outcome = knowing.send("old.json", geojson(old, 5253))
    assert [one["crs"] for one in outcome.failure["facts"]["candidates"]] == ["2319", "5253!"]
    with desk.store.writing(Actor("editor", WEST)) as connection:
        inbox.recheck(connection, outcome.upload_id, declared_crs=DeclaredCrs.parse("5253!"))
    again = recheck(knowing, outcome)
    assert isinstance(again, Checked), again
    assert {"moved_together", "system_confirmed"} <= {rule for rule, _, _ in knowing.rules(again)}


def test_a_system_that_nothing_confirms_is_used_with_a_warning(desk):
    knowing = Desk(desk.store, desk.registry, replace(desk.profile, crs_candidates=(5253, 2319)))
    outcome = knowing.send_features([parcel("w-1", 0, 0)])
    (text,) = knowing.texts(outcome, "system_confirmed")
    assert text.startswith("The file was read as TUREF / TM27 (EPSG:5253), which nothing published confirms.")
    assert "ED50 / TM27 (EPSG:2319)" in text


def moved(one: dict, srid: int, declared: DeclaredCrs | None = None) -> str:
    """The feature's outline in another system, and in the way in which a sender spoils its numbers."""
    shape = shapely.from_geojson(json.dumps(one["geometry"]))
    shape = shapely.transform(shape, Transformer.from_crs(5253, srid, always_xy=True).transform, interleaved=False)
    if declared is not None:
        zone = np.array([1_000_000.0 * declared.zone, 0])
        factor = METRES_IN[declared.unit] if declared.unit else 1.0
        order = slice(None, None, -1 if declared.is_swapped else 1)
        shape = shapely.transform(shape, lambda points: ((points + zone) / factor)[:, order])
    return shape.wkt


def test_a_code_that_no_system_has_is_said_so(desk):
    outcome = desk.send("a.json", geojson([parcel("w-1", 0, 0)], 5253), declared_crs=DeclaredCrs.parse("999999"))
    assert isinstance(outcome, Failed)
    assert outcome.failure["code"] == "crs_not_known"


def recheck(desk: Desk, outcome) -> Checked | Failed:
    again = check_waiting(desk.store, desk.registry, desk.profile, outcome.upload_id)
    assert again is not None
    return again

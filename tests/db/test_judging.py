"""How a check tells what it judged, what it did not, and what was there before."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import shapely
from sqlalchemy import text

from importers.deadline import TookTooLong, time_limit
from layers.core.limits import Limits
from layers.core.review_refused import RefusalsRemain
from layers.core.store import WORKER
from tests.importing import Desk, feature, open_desk, parcel, publish_boundary
from tests.worlds import WEST


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as made:
        yield made


def outcomes(outcome) -> dict[str, tuple]:
    return {told["id"]: (told["outcome"], (told["reason"] or {}).get("code")) for told in outcome.report["rules"]}


def test_the_report_lists_what_passed_what_found_something_and_what_was_not_run(desk):
    told = outcomes(desk.send_features([parcel("w-1", 0, 0), feature("w-2", None)]))
    assert told["geometry_valid"] == ("passed", None)
    assert told["geometry_present"] == ("found", None)
    assert told["inside_district"] == ("not_run", "no_boundary")
    assert told["absent_features_end"] == ("not_run", "not_whole_state")
    assert told["area_matches_register"] == ("not_run", "no_table")


def test_a_layer_without_the_field_is_not_judged_by_it(desk):
    flood = feature("f-1", shapely.box(500_000, 4_250_000, 500_020, 4_250_020).wkt, theme="flood")
    told = outcomes(desk.send_features([flood], layer_id="plan_constraints"))
    assert told["registered_area_present"] == ("not_run", "no_field")
    assert told["no_overlap_within_file"] == ("not_run", "shares_ground")


def test_a_rule_without_time_is_not_run_and_the_check_goes_on(desk):
    hasty = replace(desk, profile=replace(desk.profile, limits=Limits(seconds_per_rule=0)))
    outcome = hasty.send_features([parcel("w-1", 0, 0), parcel("w-2", 0.5, 0)])
    told = outcomes(outcome)
    assert told["geometry_valid"] == ("not_run", "took_too_long")
    assert told["no_overlap_within_file"] == ("not_run", "took_too_long")
    assert outcome.report["counts"]["inserted"] == 2


def test_a_statement_that_takes_too_long_is_stopped_and_leaves_the_transaction_whole(desk):
    with desk.store.writing(WORKER) as connection:
        with pytest.raises(TookTooLong), time_limit(connection, 0.05):
            connection.execute(text("SELECT pg_sleep(20)"))
        assert connection.execute(text("SELECT current_setting('statement_timeout')")).scalar_one() == "0"
        with time_limit(connection, 20):
            assert connection.execute(text("SELECT 1")).scalar_one() == 1
        assert connection.execute(text("SELECT current_setting('statement_timeout')")).scalar_one() == "0"


def test_every_refused_record_says_which_rules_refuse_it_even_where_few_findings_are_kept(desk):
    brief = replace(desk, profile=replace(desk.profile, limits=Limits(findings_kept=1)))
    outcome = brief.send_features([feature(f"w-{n}", None, ada=None) for n in range(3)] + [parcel("w-9", 9, 0)])
    assert outcome.report["findings"]["refusal"] == 6
    kept = desk.rows("SELECT rule FROM inbox.finding WHERE severity = 'refusal' ORDER BY rule")
    assert [row.rule for row in kept] == ["geometry_present", "required_fields"]
    refused = desk.rows("SELECT line, refused_by FROM inbox.record WHERE outcome = 'refused' ORDER BY line")
    assert [(row.line, row.refused_by) for row in refused] == [
        (line, ["geometry_present", "required_fields"]) for line in (1, 2, 3)
    ]
    with pytest.raises(RefusalsRemain) as remaining:
        desk.publish(outcome)
    assert remaining.value.refused == 3


def test_a_fault_that_the_published_shape_has_as_well_holds_nobody_back(desk):
    outside = shapely.box(500_790, 4_250_000, 500_810, 4_250_020)
    desk.publish(desk.send_features([feature("w-1", outside.wkt)]))
    publish_boundary(desk, WEST, columns=40, rows=10)
    corner_cut = outside.difference(shapely.box(500_780, 4_250_010, 500_795, 4_250_030))
    outcome = desk.send_features([feature("w-1", corner_cut.wkt)])
    assert ("inside_district", "note", 1) in desk.rules(outcome)
    assert desk.changes(outcome) == [("update", "w-1")]
    (told,) = [told for told in outcome.report["rules"] if told["id"] == "inside_district"]
    assert (told["found"], told["were_there_before"]) == (0, 1)


def test_two_records_on_the_same_ground_are_both_named_with_the_ground_itself(desk):
    outcome = desk.send_features([parcel("w-1", 0, 0), parcel("w-2", 0.5, 0)])
    found = desk.rows(
        "SELECT line, other_line, other_ref, area_m2, width_m, ST_Area(geom) AS area FROM inbox.finding "
        "WHERE upload_id = :id AND rule = 'no_overlap_within_file' ORDER BY line",
        id=outcome.upload_id,
    )
    assert [(row.line, row.other_line, row.other_ref) for row in found] == [(1, 2, "w-2"), (2, 1, "w-1")]
    assert all(row.area_m2 == pytest.approx(row.area) and row.width_m == pytest.approx(10) for row in found)

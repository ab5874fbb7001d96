"""All that rules say is counted; enough of it is kept."""

import dataclasses
from pathlib import Path

import pytest
import shapely

from importers.findings import as_finding, known_rule
from importers.ledger import Ledger
from importers.not_run import NotRun, Reason
from importers.rule import Trouble
from importers.wording import in_words
from layers.core.limits import Limits
from layers.core.profile import load_profile

PROFILE = load_profile(Path(__file__).parents[3] / "profiles/izmir.toml")
FEW = dataclasses.replace(PROFILE, limits=Limits(findings_kept=2))
NO_SHAPE = known_rule("geometry_present")


def outcome(ledger: Ledger, rule_id: str) -> dict:
    (told,) = [told for told in ledger.outcomes() if told["id"] == rule_id]
    return dict(told)


def full(profile=FEW, count=5, **more) -> Ledger:
    ledger = Ledger(profile)
    ledger.begin([NO_SHAPE])
    for line in range(1, count + 1):
        ledger.add(NO_SHAPE, Trouble(**more), line, None)
    return ledger


def test_more_findings_than_are_kept_are_still_counted():
    ledger = full()
    assert len(ledger.findings) == 2
    assert ledger.by_severity == {"refusal": 5, "warning": 0, "note": 0}
    told = outcome(ledger, "geometry_present")
    assert (told["outcome"], told["found"], told["kept"]) == ("found", 5, 2)


def test_a_record_is_refused_even_where_its_finding_was_not_kept():
    assert full().refused == {line: {"geometry_present"} for line in range(1, 6)}


def test_what_alone_holds_a_publish_back_is_always_kept():
    softened = {"geometry_present": {"submit": "warning"}}
    assert len(full(dataclasses.replace(FEW, severities=softened)).findings) == 5


def test_what_was_there_before_is_a_note_and_counted_apart():
    ledger = full(was_there_before=True)
    assert ledger.by_severity == {"refusal": 0, "warning": 0, "note": 5}
    assert ledger.refused == {}
    told = outcome(ledger, "geometry_present")
    assert (told["outcome"], told["found"], told["were_there_before"]) == ("found", 0, 5)
    assert {moment for finding in ledger.findings for moment in finding.facts["severity_at"].values()} == {"note"}


def test_a_rule_that_found_nothing_has_passed():
    assert outcome(full(count=0), "geometry_present")["outcome"] == "passed"


def test_a_rule_that_was_not_run_says_why():
    ledger = full(count=0)
    ledger.pass_over(NO_SHAPE, NotRun(Reason.TOOK_TOO_LONG, {"seconds": 60}))
    told = outcome(ledger, "geometry_present")
    assert told["outcome"] == "not_run"
    assert told["reason"]["code"] == "took_too_long"
    assert told["reason"]["text"]["en"].startswith("It was not done within 60 seconds")


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_reads_in_both_languages(reason):
    facts = {"field": "registered_area_m2", "table": "area_limits", "seconds": 60.0, "layer": "parcels"}
    for language in ("tr", "en"):
        sentence = in_words(NotRun(reason, facts).sentence, facts, language)
        assert sentence.endswith(".")
        assert "{" not in sentence


@pytest.mark.parametrize(
    ("shape", "area", "width"),
    [
        (shapely.box(0, 0, 100, 0.03), 3, 0.03),
        (shapely.box(0, 0, 5, 5), 25, 5),
        (shapely.LineString([(0, 0), (9, 0)]), None, None),
        (None, None, None),
    ],
)
def test_a_finding_measures_the_shape_of_the_error(shape, area, width):
    finding = as_finding(NO_SHAPE, Trouble(place=shape), 1, None, PROFILE)
    assert finding.area_m2 == (None if area is None else pytest.approx(area))
    assert finding.width_m == (None if width is None else pytest.approx(width))

"""How far a registered area may lie from the computed one, by which regulation, and how hard that counts."""

import dataclasses
import datetime

import pytest
import shapely

from importers.findings import as_finding, finding_text, known_rule
from importers.rule import Moment, Severity
from layers.core.area_limit import AreaLimitError, AreaLimits, parse_area_limits
from tests.records import PROFILE, TODAY, X, Y, context_of, record_of, said_by

RULE = known_rule("area_matches_register")
LIMITS = PROFILE.area_limits


@pytest.mark.parametrize(
    ("area", "limit"), [(5, 0.25), (50, 1.30), (250, 3.80), (1_312.40, 10.05), (10_000, 39.80), (100_000, 197.30)]
)
def test_todays_limit_grows_by_brackets(area, limit):
    assert LIMITS.named("2022-8").of(area) == pytest.approx(limit, abs=0.005)


@pytest.mark.parametrize(
    ("area", "scale", "from_coordinates", "graphical"),
    [(500, 1000, 9.34, 9.09), (5_000, 1000, 30.57, 29.78), (5_000, 5000, 66.50, 142.92)],
)
def test_the_older_limits_grow_with_the_scale_of_the_sheet(area, scale, from_coordinates, graphical):
    assert LIMITS.named("1988-259").of(area, scale=scale) == pytest.approx(from_coordinates, abs=0.005)
    assert LIMITS.named("1988-260").of(area, scale=scale) == pytest.approx(graphical, abs=0.005)


def test_the_regulation_of_the_day_is_the_newest_that_has_begun():
    assert LIMITS.in_force(TODAY).id == "2022-8"
    assert LIMITS.in_force(datetime.date(2001, 5, 1)).id == "1988-259"
    assert LIMITS.in_force(datetime.date(1970, 1, 1)) is None


def by_sheet(limit: str, scale: int) -> AreaLimits:
    choice = {"field": "sheet_no", "pattern": "L18-.*", "limit": limit, "scale": scale}
    return dataclasses.replace(LIMITS, choices=parse_area_limits(RAW, [choice]).choices)


RAW = [
    {
        "id": limit.id,
        "title": vars(limit.title),
        "valid_from": limit.valid_from,
        "method": limit.method,
        "source": limit.source,
        "confirmed": limit.is_confirmed,
    }
    for limit in LIMITS.limits
]


def test_an_older_one_is_chosen_by_the_map_sheet_and_named_in_the_finding():
    context = context_of("parcels", profile=dataclasses.replace(PROFILE, area_limits=by_sheet("1988-260", 5000)))
    (trouble,) = said_by(RULE, context, record_of(registered_area_m2=450.0, sheet_no="L18-a-12"))
    assert trouble.facts["rule_id"] == "1988-260"
    assert trouble.facts["limit"] == pytest.approx(0.0004 * 5000 * 20 + 0.0003 * 400)
    assert "the regulation of 1988, art. 260" in finding_text(RULE.id, trouble.facts, "en")
    (other,) = said_by(RULE, context, record_of(registered_area_m2=450.0, sheet_no="K20"))
    assert other.facts["rule_id"] == "2022-8"


@pytest.mark.parametrize(("registered", "is_told"), [(400.0, False), (405.2, False), (405.4, True), (394.6, True)])
def test_an_area_beyond_the_limit_is_told(registered, is_told):
    assert bool(said_by(RULE, context_of("parcels"), record_of(registered_area_m2=registered))) is is_told


def test_provisional_coordinates_are_allowed_what_their_corners_can_be_off():
    """Half of 0.15 m times four diagonals of 28.28 m is 8.49 m²."""
    provisional = {"coord_quality": "provisional", "point_accuracy_m": 0.15}
    assert said_by(RULE, context_of("parcels"), record_of(registered_area_m2=408.0, **provisional)) == []
    (trouble,) = said_by(RULE, context_of("parcels"), record_of(registered_area_m2=409.0, **provisional))
    assert trouble.facts["limit"] == pytest.approx(0.15 * 4 * 28.284 / 2, abs=0.001)


def test_provisional_coordinates_of_unknown_accuracy_are_not_judged():
    assert said_by(RULE, context_of("parcels"), record_of(registered_area_m2=1.0, coord_quality="provisional")) == []


STRICT = {"area_matches_register": {"submit": "refusal", "publish": "refusal"}}


def severity(area_limits: AreaLimits) -> Severity:
    profile = dataclasses.replace(PROFILE, area_limits=area_limits, severities=STRICT)
    (trouble,) = said_by(RULE, context_of("parcels", profile=profile), record_of(registered_area_m2=1.0))
    finding = as_finding(RULE, trouble, 14, "12-0481", profile)
    assert finding.facts["severity_at"][Moment.PUBLISH] == finding.severity
    return finding.severity


def test_an_unconfirmed_regulation_never_blocks_even_where_the_profile_asks_for_it():
    assert severity(LIMITS) is Severity.WARNING
    confirmed = tuple(dataclasses.replace(limit, is_confirmed=True) for limit in LIMITS.limits)
    assert severity(dataclasses.replace(LIMITS, limits=confirmed)) is Severity.REFUSAL


def test_a_sentence_names_both_areas_the_regulation_and_what_to_do():
    (trouble,) = said_by(RULE, context_of("parcels"), record_of(registered_area_m2=410.0))
    facts = {"line": 14, "ref": "12-0481", **trouble.facts}
    assert finding_text(RULE.id, facts, "en").startswith(
        "Line 14, 12-0481: The shape measures 400.00 m², the register says 410.00 m²: they differ by 10.00 m², while "
        "the regulation on limits of error of 2022, art. 8 (archive-approved coordinates) allows 5.30 m²"
    )
    assert finding_text(RULE.id, facts, "tr").startswith(
        "14. satır, 12-0481: Hesap alanı 400,00 m², tapu alanı 410,00 m²"
    )


def test_a_hole_counts_with_its_corners():
    ring = shapely.box(X, Y, X + 20, Y + 20) - shapely.box(X + 5, Y + 5, X + 10, Y + 10)
    provisional = {"coord_quality": "provisional", "point_accuracy_m": 0.15}
    (trouble,) = said_by(RULE, context_of("parcels"), record_of(ring, registered_area_m2=1.0, **provisional))
    assert trouble.facts["limit"] == pytest.approx(0.15 * 4 * (28.284 + 7.071) / 2, abs=0.001)


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"field": "sheet_no", "pattern": ".*", "limit": "1799"}, "no area limit '1799'"),
        ({"field": "sheet_no", "pattern": ".*", "limit": "1988-260"}, "needs the scale"),
        ({"field": "sheet_no", "pattern": "(", "limit": "2022-8"}, "no regular expression"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_when_the_profile_is_read(choice, words):
    with pytest.raises(AreaLimitError, match=words):
        parse_area_limits(RAW, [choice])

"""What each rule says of one record."""

import dataclasses
from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from importers.checking import said_of
from importers.findings import finding_text, known_rules
from importers.rule import WITHHELD, Context, Examined, Kind, Misfit, OtherUnit, Repair, Trouble, Waiting
from importers.rules import (
    geometry_valid,
    inside_district,
    inside_region,
    moved_far,
    number_readable,
    required_fields,
    units_agree,
)
from layers.core.profile import load_profile
from layers.core.registry import Registry
from layers.core.words import Title
from tests.records import Quiet

PROFILE = load_profile(Path(__file__).parents[3] / "profiles/izmir.toml")
PARCELS = Registry.of_folder()["parcels"]
X, Y = 500_000.0, 4_250_000.0


CONTEXT = Context(
    layer=PARCELS,
    fields=tuple(field for field in PARCELS.fields if not field.is_derived),
    profile=PROFILE,
    district_id=1448,
    outline=shapely.box(X, Y, X + 1000, Y + 1000),
    side_by_side=Quiet(),
    nearby=Quiet(),
)


def record(shape=None, **more) -> Examined:
    made = Examined(
        line=14,
        ref="12-0481",
        attributes={"block_no": "12", "parcel_no": "481"},
        geometry=shape or shapely.box(X, Y, X + 20, Y + 20),
        geometry_before=None,
        is_new=True,
        is_reshaped=True,
        is_sound=shape is None or (shape.is_valid and not shape.is_empty),
    )
    return dataclasses.replace(made, **more)


def said(rule, examined: Examined, context: Context = CONTEXT) -> list[Trouble]:
    return list(rule.check(examined, context))


def test_a_good_record_has_no_trouble():
    good = record(attributes={"block_no": "12", "parcel_no": "481", "registered_area_m2": 400.0})
    for rule in known_rules():
        told = said_of(rule, [good], CONTEXT) if rule.kind in (Kind.RECORD, Kind.BATCH) else rule.check(CONTEXT)
        assert list(told) == [], rule.id


def test_a_self_crossing_is_told_with_its_place():
    bow = shapely.Polygon([(X, Y), (X + 20, Y + 20), (X + 20, Y), (X, Y + 20)])
    (trouble,) = said(geometry_valid, record(bow))
    assert trouble.place == shapely.Point(X + 10, Y + 10)


def test_an_old_shape_is_nobodys_fault_today():
    bow = shapely.Polygon([(X, Y), (X + 20, Y + 20), (X + 20, Y), (X, Y + 20)])
    assert said(geometry_valid, record(bow, is_new=False, is_reshaped=False)) == []


def test_the_part_outside_the_district_is_measured():
    (trouble,) = said(inside_district, record(shapely.box(X + 990, Y, X + 1010, Y + 20)))
    assert trouble.facts == {"amount": pytest.approx(180), "unit": "m²", "percent": 45}


def test_a_boundary_drawn_a_metre_coarser_is_forgiven():
    assert said(inside_district, record(shapely.box(X - 0.9, Y, X + 20, Y + 20))) == []


def test_coordinates_far_away_are_told():
    assert said(inside_region, record(shapely.box(59, 3, 60, 4)))


def test_a_jump_is_told_in_metres():
    (trouble,) = said(moved_far, record(geometry_before=shapely.box(X + 60, Y, X + 80, Y + 20)))
    assert trouble.facts == {"metres": 60}


def test_every_value_that_cannot_be_read_is_told():
    misfits = (Misfit("ALAN", "registered_area_m2", "number", "~400"), Misfit("MK", "point_accuracy_m", "number", "?"))
    assert [trouble.facts["value"] for trouble in said(number_readable, record(misfits=misfits))] == ["~400", "?"]


def test_a_value_that_told_about_a_person_is_not_told_again():
    assert said(number_readable, record(misfits=(Misfit("ALAN", "registered_area_m2", WITHHELD, ""),))) == []


def test_a_column_in_another_unit_is_told_with_both():
    percent, length = units_agree.check(TALKATIVE)
    assert finding_text("units_agree", length.facts, "en") == (
        "Column “TAKS (%)” is in %, and Site coverage ratio is kept as a number without a unit. No value was turned "
        "into the other; the column was left out. Choose how it is to be read where the columns are listed."
    )
    assert "send the file again" in finding_text("units_agree", percent.facts, "en")


def test_missing_columns_are_told_by_their_titles():
    (trouble,) = said(required_fields, record(attributes={"block_no": "12"}))
    assert trouble.facts["fields"] == [{"tr": "Parsel", "en": "Parcel", "fr": "Parcelle"}]


TALKATIVE = dataclasses.replace(
    CONTEXT,
    outline=None,
    is_encoding_guessed=True,
    repair=Repair(3, "Þ", "Ş"),
    removed_columns=("malik",),
    withheld_cells={"nitelik": (3, 17)},
    columns_in_other_units={
        "TAKS (%)": OtherUnit(Title("TAKS", "Site coverage ratio"), "%", None, is_convertible=True),
        "ALAN (m)": OtherUnit(Title("Alan", "Area"), "m", "m²", is_convertible=False),
    },
    proposed_columns={"parsl": "parcel_no"},
    absent=4,
    is_absence_trusted=False,
    reprojection="ED50 / TM27 (EPSG:2319)",
    accuracy_m=2.1,
    waiting=(Waiting(1, "w-1", ("w-0",), 2),),
)


@pytest.mark.parametrize(
    "rule", [r for r in known_rules() if r.kind in (Kind.SET, Kind.OUTCOME)], ids=lambda rule: rule.id
)
def test_what_is_told_of_a_whole_file_reads_in_both_languages(rule):
    for trouble in rule.check(TALKATIVE):
        for language in ("tr", "en"):
            sentence = finding_text(rule.id, trouble.facts, language)
            assert "{" not in sentence
            assert "None" not in sentence


@pytest.mark.parametrize("rule", known_rules(), ids=lambda rule: rule.id)
def test_a_rule_speaks_plainly(rule):
    for text in (rule.text.tr, rule.text.en, rule.title.tr, rule.title.en):
        assert text
        for code_word in ("geometry_", "null", "None", "invalid", "geçersiz giriş", "SRID", "jsonb"):
            assert code_word not in text
    assert rule.text.en.endswith(".")
    assert rule.text.tr.endswith(".")


corner = st.tuples(st.integers(0, 8), st.integers(0, 8))


@given(st.lists(corner, min_size=3, max_size=8))
def test_no_rule_stumbles_over_any_outline(corners):
    outline = shapely.Polygon([(X + x, Y + y) for x, y in corners])
    examined = record(outline, geometry_before=shapely.box(X, Y, X + 1, Y + 1))
    for rule in known_rules():
        if rule.kind in (Kind.RECORD, Kind.BATCH):
            for _, trouble in said_of(rule, [examined], CONTEXT):
                assert finding_text(rule.id, trouble.facts, "tr")

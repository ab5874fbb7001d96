"""What is said of values: one good and one bad record for each rule, and the cases between."""

import dataclasses

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from importers.findings import finding_text, known_rule, known_rules
from importers.nearby import Crossing, Door, LooseEnd, Namesake, Narrowing, Overhang, Plot
from importers.rule import Context, Examined, Kind
from layers.core.building_rules import BuildingRules
from layers.core.network_rules import NetworkRules
from tests.records import PROFILE, REGISTRY, TODAY, Hearing, X, Y, context_of, record_of, said_by

GOOD_ZONE = {
    "plan_ref": "p-1",
    "use_key": "residential_new",
    "use_label": "Gelişme konut alanı",
    "floors": 4,
    "floors_state": "value",
    "taks": 0.3,
    "taks_state": "value",
    "kaks": 1.2,
    "kaks_state": "value",
    "h_max_m": 12.5,
    "h_state": "value",
}
GOOD_PLAN = {
    "plan_no": "UİP-35001234",
    "name": "Merkez",
    "status": "in_force",
    "approval_date": "2019-05-14",
    "display_from": "2019-06-03",
    "display_to": "2019-07-03",
    "finalised_date": "2019-08-01",
}
GOOD_PARCEL = {"block_no": "12", "parcel_no": "481", "status": "active", "registered_area_m2": 400.0}
BAD = [
    ("written_as_agreed", "parcels", {**GOOD_PARCEL, "block_no": "12 / 4"}, "12 / 4"),
    ("value_listed", "parcels", {**GOOD_PARCEL, "status": "Aktif"}, "Did you mean “active”?"),
    ("value_listed", "zones", {**GOOD_ZONE, "use_key": "residental_new"}, "Did you mean “residential_new”?"),
    ("value_listed", "water_lines", {"material": "AÇB"}, "Did you mean “Asbestli çimento”?"),
    (
        "number_in_range",
        "parcels",
        {**GOOD_PARCEL, "registered_area_m2": -400.0},
        "Registered area cannot be -400.00 m²",
    ),
    ("number_in_range", "zones", {**GOOD_ZONE, "taks": 30}, "possible is: 0–1"),
    ("number_in_range", "zones", {**GOOD_ZONE, "setback_front_m": -5}, "Front setback"),
    ("number_in_range", "buildings", {"floors": 250}, "0–200"),
    ("not_in_the_future", "buildings", {"year_built": 2206}, "2206"),
    ("not_in_the_future", "water_lines", {"install_date": "2099-01-31"}, "2099-01-31"),
    ("floor_area_ratio_fits", "zones", {**GOOD_ZONE, "kaks": 1.6}, "makes 1.20; the floor area ratio says 1.60"),
    ("value_as_its_state_says", "zones", {**GOOD_ZONE, "taks": None}, "there is no number"),
    ("value_as_its_state_says", "zones", {**GOOD_ZONE, "h_state": "free"}, "its kind is “free”"),
    ("value_as_its_state_says", "zones", {**GOOD_ZONE, "kaks_state": None}, "a number without its kind"),
    ("height_fits_storeys", "zones", {**GOOD_ZONE, "h_max_m": 4.0}, "9.60–24.00 m would be expected"),
    ("plan_dates_in_order", "plans", {**GOOD_PLAN, "display_to": "2019-05-31"}, "2019-05-31"),
    ("plan_number_registered", "plans", {**GOOD_PLAN, "plan_no": "2019/45 sayılı karar"}, "must have a registered one"),
]


@pytest.mark.parametrize(("rule_id", "layer", "attributes", "words"), BAD)
def test_a_bad_value_is_told(rule_id, layer, attributes, words):
    (trouble,) = said_by(known_rule(rule_id), context_of(layer), record_of(**attributes))
    assert words in finding_text(rule_id, trouble.facts, "en")
    assert "{" not in finding_text(rule_id, trouble.facts, "tr")


@pytest.mark.parametrize(
    ("layer", "attributes"),
    [("zones", GOOD_ZONE), ("plans", GOOD_PLAN), ("parcels", GOOD_PARCEL)],
    ids=lambda x: str(x)[:9],
)
def test_a_good_record_has_no_trouble(layer, attributes):
    for rule in known_rules():
        if rule.kind in (Kind.RECORD, Kind.BATCH):
            assert said_by(rule, context_of(layer), record_of(**attributes)) == [], rule.id


@pytest.mark.parametrize(
    ("rule_id", "layer", "attributes"),
    [
        ("floor_area_ratio_fits", "zones", {**GOOD_ZONE, "kaks": 1.6, "notes": "Emsal 1.60 uygulanır."}),
        ("floor_area_ratio_fits", "zones", {**GOOD_ZONE, "kaks": 1.6, "kaks_state": "free"}),
        ("plan_number_registered", "plans", {**GOOD_PLAN, "plan_no": "45", "approval_date": "2009-01-05"}),
        ("plan_dates_in_order", "plans", {**GOOD_PLAN, "display_from": None, "display_to": None}),
        ("value_as_its_state_says", "zones", {**GOOD_ZONE, "taks": None, "taks_state": None}),
        ("not_in_the_future", "water_lines", {"install_date": TODAY.isoformat()}),
        ("value_listed", "parcels", {**GOOD_PARCEL, "status": None}),
        ("written_as_agreed", "parcels", {**GOOD_PARCEL, "parcel_no": "101_1/B"}),
    ],
)
def test_what_only_looks_like_trouble_is_let_be(rule_id, layer, attributes):
    assert said_by(known_rule(rule_id), context_of(layer), record_of(**attributes)) == []


def test_without_the_profiles_numbers_a_rule_is_not_run_and_says_which_are_missing():
    elsewhere = dataclasses.replace(PROFILE, building=BuildingRules(), allowed={}, network=NetworkRules())
    for rule_id, layer, table in [
        ("height_fits_storeys", "zones", "building.storey_m"),
        ("plan_number_registered", "plans", "building.plan_number"),
        ("parcel_large_enough", "parcels", "building.smallest_parcels"),
        ("written_as_agreed", "parcels", "allowed.parcels"),
        ("diameter_keeps_downstream", "sewer_lines", "network.slope_along_line"),
    ]:
        reason = known_rule(rule_id).why_not(context_of(layer, profile=elsewhere))
        assert reason is not None
        assert reason.facts == {"table": table}


def plot(short: float, long: float, **more) -> Plot:
    made = Plot(
        line=3,
        ref="12-5",
        shape=shapely.affinity.rotate(shapely.box(X, Y, X + short, Y + long), 30),
        zone_ref="z-1",
        zoned_share=1.0,
        use_key="residential_new",
        building_order="Ayrık",
        storeys=4,
        setback_front_m=5.0,
        setback_side_m=3.0,
        says_otherwise=False,
    )
    return dataclasses.replace(made, **more)


def test_a_parcel_too_small_either_way_is_told_with_what_it_needs():
    context = context_of("parcels", nearby=Hearing(plot(11.5, 25)))
    (trouble,) = said_by(known_rule("parcel_large_enough"), context)
    assert (trouble.facts["width"], trouble.facts["depth"]) == (12.0, 18.0)
    assert round(trouble.facts["short"], 2) == 11.5


@pytest.mark.parametrize(
    "fine",
    [
        plot(12, 18),
        plot(18, 12),
        plot(11.5, 25, says_otherwise=True),
        plot(11.5, 25, zoned_share=0.6),
        plot(11.5, 25, use_key="park"),
        plot(6, 19, building_order="Bitişik"),
        plot(11.5, 25, building_order="Serbest"),
        plot(11.5, 25, storeys=None),
    ],
    ids=["just enough", "the other way round", "plan note", "two zones", "park", "attached", "free", "storeys unknown"],
)
def test_a_parcel_is_judged_only_where_the_plan_is_silent_and_its_use_is_known(fine):
    assert said_by(known_rule("parcel_large_enough"), context_of("parcels", nearby=Hearing(fine))) == []


END, STREET = shapely.Point(X, Y), shapely.LineString([(X, Y), (X + 6, Y)])
DOOR = Door(4, "d-4", "Lale Sokak", STREET, number=8, same_side=6, same_side_odd=6)
TOLD = [
    ("parcel_number_unique", "parcels", Namesake(2, "a", "12", "5", "Merkez", 7, "b"), "line 7 of this file"),
    ("parcel_number_unique", "parcels", Namesake(2, "a", "12", "5", None, None, "b"), "the published b"),
    ("line_ends_meet", "water_lines", LooseEnd(2, "a", 3, "b", STREET), "6.00 m short of b"),
    ("lines_cross_at_joints", "water_lines", Crossing(2, "a", 3, "b", END, True), "at the same depth"),
    (
        "diameter_keeps_downstream",
        "sewer_lines",
        Narrowing(2, "a", None, "b", 400.0, 300.0, END),
        "from 400.00 to 300.00",
    ),
    ("door_on_its_side", "addresses", DOOR, "on the odd side of “Lale Sokak”"),
    (
        "door_near_its_street",
        "addresses",
        dataclasses.replace(DOOR, to_street=shapely.LineString([(X, Y), (X + 150, Y)])),
        "150.00 m from “Lale Sokak”",
    ),
    ("building_on_its_parcel", "buildings", Overhang(2, "a", "12-5", shapely.box(X, Y, X + 3, Y + 4), 0.12), "12 %"),
]
DIRECTED = dataclasses.replace(PROFILE, network=NetworkRules(slope_along_line=True))


@pytest.mark.parametrize(("rule_id", "layer", "heard", "words"), TOLD)
def test_what_the_surroundings_show_is_told_with_its_shape(rule_id, layer, heard, words):
    context = context_of(layer, nearby=Hearing(heard), profile=DIRECTED)
    (trouble,) = said_by(known_rule(rule_id), context)
    assert trouble.line == heard.line
    assert words in finding_text(rule_id, trouble.facts, "en")
    assert "{" not in finding_text(rule_id, trouble.facts, "tr")
    assert (trouble.place is None) == (rule_id == "parcel_number_unique")


@pytest.mark.parametrize(
    "door",
    [
        dataclasses.replace(DOOR, number=7),
        dataclasses.replace(DOOR, same_side=4, same_side_odd=4),
        dataclasses.replace(DOOR, same_side_odd=4),
        dataclasses.replace(DOOR, number=None),
    ],
    ids=["odd among odd", "too few neighbours", "neighbours disagree", "no number"],
)
def test_a_doors_side_is_told_only_where_its_neighbours_agree(door):
    assert said_by(known_rule("door_on_its_side"), context_of("addresses", nearby=Hearing(door))) == []


def test_a_few_centimetres_of_eaves_are_no_overhang():
    eaves = Overhang(2, "a", "12-5", shapely.box(X, Y, X + 0.2, Y + 8), 0.02)
    assert said_by(known_rule("building_on_its_parcel"), context_of("buildings", nearby=Hearing(eaves))) == []


value = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=12),
    st.dates().map(str),
    st.sampled_from(["value", "free", "active", "in_force", "ı", "İ", "{", "%s", "9999-99-99"]),
)


@given(data=st.data(), layer=st.sampled_from([layer.id for layer in REGISTRY]))
def test_no_rule_stumbles_over_any_mixture_of_values(data, layer):
    context: Context = context_of(layer, profile=DIRECTED)
    attributes = {field.name: data.draw(value, field.name) for field in context.fields}
    ref = data.draw(st.one_of(st.none(), st.text(max_size=8)))
    examined: Examined = dataclasses.replace(record_of(**attributes), ref=ref)
    for rule in known_rules():
        if rule.kind in (Kind.RECORD, Kind.BATCH):
            for trouble in said_by(rule, context, examined):
                for language in ("tr", "en"):
                    assert finding_text(rule.id, trouble.facts, language)

"""Every rule in the folder has a record that it lets be and one that it speaks about, in both languages."""

import dataclasses
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
import shapely

from importers.bundle_sent import SentBundle
from importers.crs.locate import Offset
from importers.findings import finding_text, known_rule, known_rules
from importers.merging.joined import Base, Conflict, Joined
from importers.merging.three_way import Sides, State
from importers.nearby import Crossing, Door, LooseEnd, Namesake, Narrowing, Overhang, Plot
from importers.operations import Balance, Doubt, Operation, Share
from importers.rule import (
    AcceptedRepair,
    Context,
    Examined,
    LackingCorner,
    Misfit,
    NearMiss,
    OtherUnit,
    Overlap,
    Relation,
    Repair,
    Rival,
    Uncovered,
    Waiting,
)
from layers.core.network_rules import NetworkRules
from layers.core.operations import OperationKind
from layers.core.words import Title
from tests.records import PROFILE, TODAY, Hearing, X, Y, context_of, record_of, said_by

SQUARE = shapely.box(X, Y, X + 20, Y + 20)
LINE = shapely.LineString([(X, Y), (X + 6, Y)])
BOW = shapely.Polygon([(X, Y), (X + 20, Y + 20), (X + 20, Y), (X, Y + 20)])
PARCEL = {"block_no": "12", "parcel_no": "481", "status": "active", "registered_area_m2": 400.0}
ZONE = {
    "plan_ref": "p-1",
    "use_key": "residential_new",
    "use_label": "Konut",
    "floors": 4,
    "floors_state": "value",
    "taks": 0.3,
    "taks_state": "value",
    "kaks": 1.2,
    "kaks_state": "value",
    "h_max_m": 12.5,
    "h_state": "value",
}
PLAN = {"plan_no": "UİP-35001234", "name": "Plan", "status": "in_force", "approval_date": "2019-05-14"}
DIRECTED = dataclasses.replace(PROFILE, network=NetworkRules(slope_along_line=True))
DOOR = Door(4, "d-4", "Lale Sokak", LINE, number=7, same_side=6, same_side_odd=6)
FAR_DOOR = dataclasses.replace(DOOR, to_street=shapely.LineString([(X, Y), (X + 150, Y)]))
PERCENT = OtherUnit(Title("TAKS", "Site coverage ratio"), "%", None, is_convertible=True)
NARROW = shapely.box(X, Y, X + 8, Y + 30)


@dataclass(frozen=True)
class Example:
    """What a rule is given: a context, and a record where it looks at one."""

    context: Context
    record: Examined


def parcel(shape=None, *, ref: str | None = "12-0481", misfits=(), before=None, **attributes) -> Example:
    made = record_of(shape, **{**PARCEL, **attributes})
    return Example(context_of("parcels"), dataclasses.replace(made, ref=ref, misfits=misfits, geometry_before=before))


def of(layer: str, **attributes) -> Example:
    return Example(context_of(layer, profile=DIRECTED), record_of(**attributes))


def pipe(shape) -> Example:
    return Example(context_of("water_lines"), record_of(shape))


def file(layer: str = "parcels", **more) -> Example:
    return Example(context_of(layer, **{"profile": DIRECTED, **more}), record_of(**PARCEL))


def beside(*answers, layer: str = "parcels") -> Example:
    return file(layer, side_by_side=Hearing(*answers))


def near(*answers, layer: str = "parcels") -> Example:
    return file(layer, nearby=Hearing(*answers))


def plot(shape) -> Plot:
    return Plot(3, "12-5", shape, "z-1", 1.0, "residential_new", "Ayrık", 4, 5.0, 3.0, says_otherwise=False)


def overlap(relation: Relation, other_line: int | None = 2) -> Overlap:
    return Overlap(1, "a", other_line, "b", relation, SQUARE, was_there_before=False)


CORNER = LackingCorner(1, "a", 2, "b", "b", SQUARE.centroid, was_there_before=False)
NEAR_MISS = NearMiss(1, "a", ("b", "c"), 2, 0.04, LINE, SQUARE)
REPAIRED = AcceptedRepair(1, "a", Title("Sınırda diken yok", "The outline has no spikes"), None, TODAY, -0.12, LINE)
SIDES = Sides(State(PARCEL, SQUARE), State({**PARCEL, "parcel_no": "482"}, SQUARE), None)
CONFLICT = Conflict(uuid.UUID(int=1), "12-0481", 1, 3, SIDES, ("feature",), is_decided=False)
SHARE = Share("a", "a", 400.0, 80.0, {}, False, 14, "b", "b", True, 200.0, 1, 200.0)
BALANCE = Balance(400.0, 200.0, lost_m2=200.0, tolerance_m2=5.8)
UNCLEAR = Operation(OperationKind.SUBDIVISION, (SHARE,), BALANCE, (Doubt.GROUND_IS_LOST,))
UNFIT = Operation(OperationKind.SUBDIVISION, (SHARE,), BALANCE, (Doubt.SAID_OTHERWISE,), (OperationKind.AMALGAMATION,))
CLEAR = Operation(OperationKind.SUBDIVISION, (SHARE,), BALANCE)
GAP = Uncovered(1, "a", ("b", "c"), SQUARE, was_there_before=False)
DOUBLED = shapely.Polygon([(X, Y), (X + 20, Y), (X + 20, Y + 0.0005), (X + 20, Y + 20), (X, Y + 20)])
SPIKED = shapely.Polygon([(X, Y), (X + 20, Y), (X + 20, Y + 10), (X + 50, Y + 10), (X + 20, Y + 10.002), (X, Y + 20)])
PIERCED = SQUARE.difference(shapely.box(X + 9, Y + 9, X + 9.1, Y + 9.1))
THIN = shapely.union(SQUARE, shapely.box(X + 20, Y + 5, X + 60, Y + 5.02))
OPEN = shapely.LineString([(X, Y), (X + 20, Y), (X + 20, Y + 20), (X, Y + 20)])
SHORT = shapely.LineString([(X, Y), (X + 0.001, Y)])
GOOD_PIPES = near(layer="water_lines")
EXAMPLES: Mapping[str, tuple[Example, Example]] = {
    "operation_clear": (file(operations=(CLEAR,)), file(operations=(UNCLEAR,))),
    "operation_as_declared": (file(operations=(CLEAR, UNCLEAR)), file(operations=(UNFIT,))),
    "operation_word_known": (file(), file(unknown_operations={"ifrz": 3})),
    "corners_on_neighbours": (beside(), beside(NEAR_MISS)),
    "both_sides_changed": (file(), file(joined=Joined(Base(41), conflicts=(CONFLICT,)))),
    "bundle_base_readable": (file(bundle=SentBundle()), file(bundle=SentBundle(unreadable_marks=("12",)))),
    "bundle_base_told": (file(bundle=SentBundle()), file(bundle=SentBundle(is_marked=False), joined=Joined(Base(41)))),
    "bundle_columns_there": (
        file(bundle=SentBundle()),
        file(bundle=SentBundle(lost_fields=(Title("Nitelik", "Land use"),))),
    ),
    "bundle_layers_known": (file(bundle=SentBundle()), file(bundle=SentBundle(added_layers=("notes",)))),
    "nothing_undone_since": (file(), file(joined=Joined(Base(41, is_said=True, undone=(7,))))),
    "pool_moved_on": (file(), file(joined=Joined(Base(41), kept=3))),
    "repair_accepted": (file(), file(accepted_repairs=(REPAIRED,))),
    "part_not_whole": (file(is_whole_state=True), file(is_part_called_whole=True)),
    "absence_readable": (file(is_whole_state=True), file(is_whole_state=True, is_absence_trusted=False)),
    "absent_features_end": (file(is_whole_state=True), file(is_whole_state=True, absent=4)),
    "area_matches_register": (parcel(), parcel(registered_area_m2=500.0)),
    "building_on_its_parcel": (near(layer="buildings"), near(Overhang(2, "a", "12-5", SQUARE, 0.4), layer="buildings")),
    "columns_alike": (file(), file(proposed_columns={"parsl": "parcel_no"})),
    "corners_apart": (parcel(), parcel(DOUBLED)),
    "corners_shared": (beside(), beside(CORNER)),
    "diameter_keeps_downstream": (
        near(layer="sewer_lines"),
        near(Narrowing(2, "a", 3, "b", 400.0, 300.0, SQUARE.centroid), layer="sewer_lines"),
    ),
    "district_boundary_known": (file(), file(outline=None)),
    "door_near_its_street": (near(DOOR, layer="addresses"), near(FAR_DOOR, layer="addresses")),
    "door_on_its_side": (
        near(DOOR, layer="addresses"),
        near(dataclasses.replace(DOOR, number=8), layer="addresses"),
    ),
    "encoding_guessed": (file(), file(is_encoding_guessed=True)),
    "floor_area_ratio_fits": (of("zones", **ZONE), of("zones", **{**ZONE, "kaks": 1.6})),
    "geometry_present": (parcel(), parcel(shapely.Polygon())),
    "geometry_type_fits": (parcel(), parcel(shapely.Point(X, Y))),
    "geometry_valid": (parcel(), parcel(BOW)),
    "height_fits_storeys": (of("zones", **ZONE), of("zones", **{**ZONE, "h_max_m": 4.0})),
    "holes_large_enough": (parcel(), parcel(PIERCED)),
    "inside_district": (parcel(), parcel(shapely.box(X + 990, Y, X + 1010, Y + 20))),
    "inside_region": (parcel(), parcel(shapely.box(59, 3, 60, 4))),
    "letters_repaired": (file(), file(repair=Repair(3, "Þ", "Ş"))),
    "line_ends_meet": (GOOD_PIPES, near(LooseEnd(2, "a", 3, "b", LINE), layer="water_lines")),
    "line_long_enough": (pipe(LINE), pipe(SHORT)),
    "lines_cross_at_joints": (
        GOOD_PIPES,
        near(Crossing(2, "a", 3, "b", SQUARE.centroid, False), layer="water_lines"),
    ),
    "moved_far": (parcel(before=SQUARE), parcel(before=shapely.box(X + 60, Y, X + 80, Y + 20))),
    "moved_together": (file(), file(offset=Offset(3.0, 4.0, 120, 0.0, is_systematic=True))),
    "no_gaps": (beside(), beside(GAP)),
    "no_overlap_within_file": (beside(), beside(overlap(Relation.OVERLAP))),
    "no_spikes": (parcel(), parcel(SPIKED)),
    "not_drawn_twice": (beside(), beside(overlap(Relation.DUPLICATE))),
    "not_inside_another": (beside(), beside(overlap(Relation.INSIDE))),
    "not_in_the_future": (of("buildings", year_built=1987), of("buildings", year_built=2206)),
    "number_in_range": (of("buildings", floors=5), of("buildings", floors=-1)),
    "number_readable": (parcel(), parcel(misfits=(Misfit("ALAN", "registered_area_m2", "number", "~400"),))),
    "operation_whole": (file(), file(waiting=(Waiting(1, "w-1", ("w-0",), 2),))),
    "outline_closed": (parcel(), parcel(OPEN)),
    "overlaps_neighbour": (beside(), beside(overlap(Relation.OVERLAP, other_line=None))),
    "parcel_large_enough": (near(plot(SQUARE)), near(plot(NARROW))),
    "parcel_number_unique": (near(), near(Namesake(2, "a", "12", "5", "Merkez", 7, "b"))),
    "personal_cells_removed": (file(), file(withheld_cells={"nitelik": (3, 17)})),
    "personal_columns_removed": (file(), file(removed_columns=("malik",))),
    "plan_dates_in_order": (of("plans", **PLAN), of("plans", **PLAN, finalised_date="2019-01-01")),
    "plan_number_registered": (of("plans", **PLAN), of("plans", **{**PLAN, "plan_no": "karar 45"})),
    "ref_not_of_another_district": (beside(), beside(Rival(1, "a", other_district_id=1819))),
    "ref_present": (parcel(), parcel(ref=None)),
    "ref_unique": (beside(), beside(Rival(1, "a", other_line=2))),
    "registered_area_present": (parcel(), parcel(registered_area_m2=None)),
    "reprojection_accurate": (file(), file(reprojection="ED50 / TM27 (EPSG:2319)", accuracy_m=2.1)),
    "required_fields": (parcel(), parcel(parcel_no=None)),
    "system_as_before": (file(system="A", system_before="A"), file(system="A", system_before="B")),
    "system_confirmed": (
        file(),
        file(system="ITRF96 / TM27 (EPSG:5253)", rival_systems=("ED50 / TM27 (EPSG:2319)",)),
    ),
    "units_agree": (file(), file(columns_in_other_units={"TAKS (%)": PERCENT})),
    "value_as_its_state_says": (of("zones", **ZONE), of("zones", **{**ZONE, "taks": None})),
    "value_listed": (parcel(), parcel(status="Aktif")),
    "wide_enough": (parcel(), parcel(THIN)),
    "written_as_agreed": (parcel(), parcel(block_no="12 / 4")),
}


@pytest.mark.parametrize("rule_id", [rule.id for rule in known_rules()])
def test_a_rule_has_a_good_and_a_bad_record(rule_id):
    assert rule_id in EXAMPLES, "show in EXAMPLES what the rule lets be, and what it speaks about"
    rule, (good, bad) = known_rule(rule_id), EXAMPLES[rule_id]
    for example in (good, bad):
        assert rule.why_not(example.context) is None
    assert said_by(rule, good.context, good.record) == []
    troubles = said_by(rule, bad.context, bad.record)
    assert troubles
    for language in ("tr", "en"):
        sentence = finding_text(rule_id, troubles[0].facts, language)
        assert "{" not in sentence
        assert "None" not in sentence

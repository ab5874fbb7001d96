"""What a check sees around the records of a file: pipes, streets, zones, numbers, parcels under buildings."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
import shapely

from layers.core.network_rules import NetworkRules
from tests.importing import Desk, feature, open_desk, parcel
from tests.records import PROFILE
from tests.worlds import EAST

X, Y = 500_000.0, 4_250_000.0


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as made:
        rules = replace(
            made.profile,
            building=PROFILE.building,
            network=NetworkRules(slope_along_line=True),
            area_limits=PROFILE.area_limits,
        )
        yield replace(made, profile=rules)


def thing(ref: str, shape, **properties) -> dict:
    return {
        "type": "Feature",
        "properties": {"ref": ref, **properties},
        "geometry": json.loads(shapely.to_geojson(shape)),
    }


def pipe(ref: str, *corners: tuple[float, float], **more) -> dict:
    line = shapely.LineString([(X + x, Y + y) for x, y in corners])
    return thing(ref, line, feature_class="main", **more)


def found(desk: Desk, outcome, rule: str) -> list[tuple]:
    """Ref, the other's ref, and the exact shape of each finding of the rule."""
    rows = desk.rows(
        "SELECT ref, other_ref, ST_AsText(ST_Translate(geom, :x, :y), 2) AS shape FROM inbox.finding "
        "WHERE upload_id = :id AND rule = :rule ORDER BY line, id",
        id=outcome.upload_id,
        rule=rule,
        x=-X,
        y=-Y,
    )
    return [tuple(row) for row in rows]


def test_a_number_used_twice_in_the_file_is_told_at_both_lines(desk):
    outcome = desk.send_features([parcel("a", 0, 0, parsel="7"), parcel("b", 2, 0, parsel="7")])
    assert [found[:2] for found in found(desk, outcome, "parcel_number_unique")] == [("a", "b"), ("b", "a")]


def test_a_number_is_free_in_another_neighbourhood_and_provisional_labels_may_repeat(desk):
    records = [
        parcel("a", 0, 0, parsel="7", cadastral_neighbourhood="Yalı"),
        parcel("b", 2, 0, parsel="7", cadastral_neighbourhood="Çarşı"),
        parcel("c", 4, 0, parsel="A"),
        parcel("d", 6, 0, parsel="A"),
    ]
    assert found(desk, desk.send_features(records), "parcel_number_unique") == []


def test_a_published_number_is_taken_until_its_parcel_ends(desk):
    desk.publish(desk.send_features([parcel("a", 0, 0, width=40, parsel="7")]))
    taken = desk.send_features([parcel("b", 5, 0, parsel="7")])
    assert [row[:2] for row in found(desk, taken, "parcel_number_unique")] == [("b", "a")]
    assert desk.send_features([parcel("b", 5, 0, parsel="7")], district_id=EAST).report["counts"]["refused"] == 0
    halves = [parcel("b", 0, 0, parsel="7"), parcel("c", 1, 0, parsel="8")]
    divided = desk.send_features(halves)
    assert divided.report["operations"][0]["kind"] == "subdivision"
    assert found(desk, divided, "parcel_number_unique") == []


def test_an_end_that_stops_short_shows_the_gap_and_a_joined_one_nothing(desk):
    outcome = desk.send_features(
        [
            pipe("w-1", (0, 0), (100, 0)),
            pipe("w-2", (50, 0.4), (50, 40)),
            pipe("w-3", (70, 0), (70, 40)),
            pipe("w-4", (90, 20), (90, 40)),
        ],
        layer_id="water_lines",
    )
    assert found(desk, outcome, "line_ends_meet") == [("w-2", "w-1", "LINESTRING(50 0.4,50 0)")]


def test_an_end_near_a_published_pipe_is_seen_although_the_file_does_not_name_it(desk):
    desk.publish(desk.send_features([pipe("w-1", (0, 0), (100, 0))], layer_id="water_lines"))
    outcome = desk.send_features([pipe("w-2", (50, 0.4), (50, 40))], layer_id="water_lines")
    assert found(desk, outcome, "line_ends_meet") == [("w-2", "w-1", "LINESTRING(50 0.4,50 0)")]
    assert outcome.report["counts"]["retired"] == 0


def test_pipes_cross_at_joints_or_at_different_depths(desk):
    outcome = desk.send_features(
        [
            pipe("w-1", (0, 0), (60, 0), (100, 0), depth_m=1.5),
            pipe("w-2", (20, -10), (20, 10)),
            pipe("w-3", (40, -10), (40, 10), depth_m=3.0),
            pipe("w-4", (60, -10), (60, 0), (60, 10)),
            pipe("w-5", (80, 0), (80, 10)),
        ],
        layer_id="water_lines",
    )
    assert found(desk, outcome, "lines_cross_at_joints") == [("w-1", "w-2", "POINT(20 0)")]


def test_a_narrower_pipe_downstream_is_told_where_slope_and_diameter_are_known(desk):
    records = [
        pipe("s-1", (0, 0), (10, 0), slope_permille=5, diameter_mm=400),
        pipe("s-2", (10, 0), (20, 0), slope_permille=5, diameter_mm=300),
        pipe("s-3", (30, 0), (20, 0), slope_permille=-5, diameter_mm=400),
        pipe("s-4", (30, 0), (40, 0), diameter_mm=200),
    ]
    outcome = desk.send_features(records, layer_id="sewer_lines")
    assert found(desk, outcome, "diameter_keeps_downstream") == [("s-2", "s-1", "POINT(10 0)")]


def road(*corners: tuple[float, float]) -> dict:
    return thing("r-1", shapely.LineString([(X + x, Y + y) for x, y in corners]), name="Lâle Sokak")


def door(ref: str, x: float, y: float, number: str) -> dict:
    return thing(ref, shapely.Point(X + x, Y + y), street_name="LALE SOKAK", door_no=number)


def test_a_door_across_the_street_and_one_far_from_it_are_told(desk):
    desk.publish(desk.send_features([road((0, 0), (200, 0))], layer_id="roads"))
    sides = [door(f"d-{n}", 10 * n, 8 if n % 2 else -8, str(n)) for n in range(1, 13)]
    desk.publish(desk.send_features(sides, layer_id="addresses"))
    outcome = desk.send_features(
        [door("d-14", 150, 8, "14/A"), door("d-15", 150, 9, "15"), door("d-17", 150, 130, "17")],
        layer_id="addresses",
    )
    assert found(desk, outcome, "door_on_its_side") == [("d-14", None, "LINESTRING(150 8,150 0)")]
    assert found(desk, outcome, "door_near_its_street") == [("d-17", None, "LINESTRING(150 130,150 0)")]


def test_the_part_of_a_building_outside_its_parcel_is_shown(desk):
    desk.publish(desk.send_features([parcel("a", 0, 0)]))
    outcome = desk.send_features(
        [
            thing("b-1", shapely.box(X + 12, Y + 2, X + 22, Y + 12), parcel_ref="a"),
            thing("b-2", shapely.box(X + 2, Y + 14, X + 10, Y + 18), parcel_ref="a"),
        ],
        layer_id="buildings",
    )
    ((ref, other, shape),) = found(desk, outcome, "building_on_its_parcel")
    assert (ref, other) == ("b-1", "a")
    assert shapely.from_wkt(shape).equals(shapely.box(20, 2, 22, 12))


def test_a_parcel_narrower_than_its_zone_allows_is_told(desk):
    plan = thing("p-1", shapely.box(X, Y, X + 200, Y + 100), plan_no="UİP-35001234", name="Plan", status="in_force")
    desk.publish(desk.send_features([plan], layer_id="plans"))
    zone = thing(
        "z-1",
        shapely.box(X, Y, X + 200, Y + 100),
        plan_ref="p-1",
        use_key="residential_existing",
        use_label="Konut",
        building_order="Ayrık",
        floors=4,
        floors_state="value",
        setback_side_m=3,
        setback_front_m=5,
    )
    desk.publish(desk.send_features([zone], layer_id="zones"))
    outcome = desk.send_features(
        [parcel("a", 0, 0, width=11), feature("b", shapely.box(X + 40, Y, X + 60, Y + 20).wkt)]
    )
    assert [row[0] for row in found(desk, outcome, "parcel_large_enough")] == ["a"]


def test_a_file_without_pipes_has_its_pipe_rules_not_run(desk):
    outcome = desk.send_features([parcel("a", 0, 0)])
    told = {rule["id"]: (rule["outcome"], (rule["reason"] or {}).get("code")) for rule in outcome.report["rules"]}
    assert told["line_ends_meet"] == ("not_run", "no_network")
    assert told["door_on_its_side"] == ("not_run", "other_layer")
    assert told["parcel_number_unique"] == ("passed", None)

"""What is told of a record's own shape."""

import dataclasses

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Polygon

from importers.checking import said_of
from importers.findings import finding_text, known_rule
from importers.repairs import mended
from importers.rule import Examined, Trouble
from layers.core.registry import Registry
from tests.unit.rules.test_record_rules import CONTEXT, X, Y, record

ROADS = dataclasses.replace(CONTEXT, layer=Registry.of_folder()["roads"])


def told(rule_id: str, shape, context=CONTEXT) -> list[Trouble]:
    return [trouble for _, trouble in said_of(known_rule(rule_id), [record(shape)], context)]


def at(*corners: tuple[float, float]) -> list[tuple[float, float]]:
    return [(X + x, Y + y) for x, y in corners]


SPIKED = Polygon(at((0, 0), (20, 0), (20, 10), (35, 10.01), (20, 10.02), (20, 20), (0, 20)))
STUTTERING = Polygon(at((0, 0), (20, 0), (20.002, 0.002), (20, 20), (0, 20)))
HOLED = Polygon(at((0, 0), (20, 0), (20, 20), (0, 20)), [at((5, 5), (5, 5.5), (5.5, 5.5), (5.5, 5))])
TAILED = Polygon(at((0, 0), (20, 0), (20, 19.95), (60, 19.95), (60, 20), (0, 20)))
OPEN = LineString(at((0, 0), (20, 0), (20, 20), (0, 20), (0, 0.4)))


def test_a_spike_is_shown_from_its_tip():
    (trouble,) = told("no_spikes", SPIKED)
    assert trouble.place.length == pytest.approx(15, abs=0.01)
    assert shapely.Point(X + 35, Y + 10.01).intersects(trouble.place)


def test_corners_that_stutter_are_shown():
    (trouble,) = told("corners_apart", STUTTERING)
    assert trouble.facts["count"] == 1
    assert trouble.place.distance(shapely.Point(X + 20, Y)) < 0.003


def test_a_tiny_hole_is_shown_whole():
    (trouble,) = told("holes_large_enough", HOLED)
    assert trouble.place.area == pytest.approx(0.25)


def test_a_thin_tail_is_shown_without_the_parcel_it_hangs_on():
    (trouble,) = told("wide_enough", TAILED)
    assert trouble.place.area == pytest.approx(40 * 0.05, rel=0.05)


def test_a_wide_parcel_with_a_sharp_corner_has_no_thin_part():
    assert told("wide_enough", Polygon(at((0, 0), (40, 0), (40, 2)))) == []


def test_an_open_outline_shows_the_side_that_is_missing():
    (trouble,) = told("outline_closed", OPEN)
    assert trouble.place.length == pytest.approx(0.4)


def test_a_line_shorter_than_a_hand_is_shown_whole():
    short = LineString(at((0, 0), (0.05, 0)))
    assert [trouble.place for trouble in told("line_long_enough", short, ROADS)] == [short]
    assert told("line_long_enough", LineString(at((0, 0), (5, 0))), ROADS) == []


NOWHERE = {odd: np.array([(X, Y), (float(odd), Y), (X, Y + 5), (X, Y)]) for odd in ("nan", "inf")}
ODD = [
    Polygon(),
    shapely.MultiPolygon(),
    LineString(),
    shapely.Point(X, Y),
    Polygon(at((0, 0), (0, 0), (0, 0))),
    Polygon(at((0, 0), (5, 0), (10, 0))),
    *(
        shapely.transform(Polygon(at((0, 0), (9, 0), (9, 9))), lambda _, odd=odd: NOWHERE[odd])
        for odd in ("nan", "inf")
    ),
    Polygon(at((0, 0), (9, 0), (9, 9), (0, 9)), [at((20, 20), (21, 20), (21, 21))]),
    Polygon(at((0, 0), (9, 0), (9, 9), (0, 9)), [at((1, 1), (8, 1), (8, 8), (1, 8)), at((2, 2), (3, 2), (3, 3))]),
    shapely.GeometryCollection([shapely.Point(X, Y), shapely.box(X, Y, X + 1, Y + 1)]),
]


@pytest.mark.parametrize("shape", ODD, ids=lambda shape: shape.geom_type)
def test_no_rule_about_shapes_stumbles(shape):
    for rule_id in (
        "no_spikes",
        "corners_apart",
        "holes_large_enough",
        "wide_enough",
        "outline_closed",
        "geometry_valid",
    ):
        for is_sound in {bool(shape.is_valid), False}:
            examined = dataclasses.replace(record(shape), is_sound=is_sound)
            for _, trouble in said_of(known_rule(rule_id), [examined], CONTEXT):
                assert finding_text(rule_id, trouble.facts, "tr")


def proposals(rule_id: str, shape) -> list[Examined]:
    """The record as it would be, where the rule proposes a repair that is sound."""
    told_of = dataclasses.replace(record(shape), is_sound=shape.is_valid and "Polygon" in shape.geom_type)
    found = (mended(told_of, trouble.repaired, CONTEXT) for trouble in told(rule_id, shape) if trouble.repaired)
    return [whole for whole in found if whole is not None]


@pytest.mark.parametrize(
    ("rule_id", "shape"), [("no_spikes", SPIKED), ("corners_apart", STUTTERING), ("outline_closed", OPEN)]
)
def test_a_repaired_shape_passes_its_rule(rule_id, shape):
    (whole,) = proposals(rule_id, shape)
    assert told(rule_id, whole.geometry) == []


def test_an_outline_that_is_open_by_more_than_a_step_is_for_a_person_to_close():
    wide_open = LineString(at((0, 0), (20, 0), (20, 20), (0, 20)))
    assert [trouble.repaired for trouble in told("outline_closed", wide_open)] == [None]


def test_an_outline_whose_crossing_changes_its_area_is_for_a_person_to_redraw():
    slight = Polygon(at((0, 0), (20, 0), (20, 20.05), (19.95, 20), (20.05, 20), (0, 20.02)))
    assert [whole.geometry.is_valid for whole in proposals("geometry_valid", slight)] == [True]
    assert proposals("geometry_valid", Polygon(at((0, 0), (20, 20), (20, 0), (0, 20)))) == []


place = st.tuples(st.integers(0, 12), st.integers(0, 12))


@given(st.lists(place, min_size=3, max_size=10), st.sampled_from(["no_spikes", "corners_apart", "geometry_valid"]))
def test_whatever_is_proposed_is_sound(corners, rule_id):
    for whole in proposals(rule_id, Polygon(at(*corners))):
        assert whole.geometry.is_valid
        assert not whole.geometry.is_empty


@pytest.mark.parametrize("shape", ODD, ids=lambda shape: shape.geom_type)
def test_no_repair_stumbles_over_odd_shapes(shape):
    for rule_id in ("no_spikes", "corners_apart", "outline_closed", "geometry_valid"):
        for whole in proposals(rule_id, shape):
            assert whole.geometry.is_valid

"""What a file's areas and their published neighbours do to each other."""

from collections.abc import Iterator

import pytest
import shapely

from importers.pipeline import Checked
from tests.importing import Desk, feature, open_desk, parcel

X, Y = 500_000.0, 4_250_000.0


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as made:
        yield made


def box(ref: str, west: float, south: float, east: float, north: float) -> dict:
    return feature(ref, shapely.box(X + west, Y + south, X + east, Y + north).wkt)


def found(desk: Desk, outcome: Checked, rule: str) -> list:
    return desk.rows(
        "SELECT line, other_line, other_ref, severity, was_there_before, area_m2, ST_AsText(geom) AS wkt "
        "FROM inbox.finding WHERE upload_id = :id AND rule = :rule ORDER BY line, id",
        id=outcome.upload_id,
        rule=rule,
    )


def test_the_same_ground_under_two_names_is_refused_twice(desk):
    outcome = desk.send_features([parcel("w-1", 0, 0), parcel("w-2", 0, 0)])
    assert [(row.line, row.other_line) for row in found(desk, outcome, "not_drawn_twice")] == [(1, 2), (2, 1)]
    assert found(desk, outcome, "no_overlap_within_file") == []


def test_a_parcel_inside_a_published_one_is_told_with_its_ground(desk):
    desk.publish(desk.send_features([box("w-1", 0, 0, 20, 20)]))
    (row,) = found(desk, desk.send_features([box("w-2", 5, 5, 8, 8)]), "not_inside_another")
    assert (row.line, row.other_line, row.other_ref, row.area_m2) == (1, None, "w-1", pytest.approx(9))


def test_a_gap_beside_a_published_neighbour_is_shown_as_it_is(desk):
    desk.publish(desk.send_features([box("w-1", 0, 0, 20, 20)]))
    pulled_back = [(20, 0), (40, 0), (40, 20), (20, 20), (20.3, 10)]
    bent = shapely.Polygon([(X + x, Y + y) for x, y in pulled_back])
    outcome = desk.send_features([feature("w-2", bent.wkt)])
    (row,) = found(desk, outcome, "no_gaps")
    assert (row.severity, row.was_there_before, row.area_m2) == ("warning", False, pytest.approx(3))
    assert desk.texts(outcome, "no_gaps") == [
        "Line 1, w-2: Between this record and w-1, 3.00 m² belong to nobody. Catch its corners on the neighbour's; "
        "if the ground is really nobody's, write to the department."
    ]


def test_a_corner_that_the_neighbour_lacks_is_a_note_at_its_place(desk):
    outcome = desk.send_features([box("w-1", 0, 0, 20, 20), box("w-2", 20, 0, 40, 10), box("w-3", 20, 10, 40, 20)])
    (row,) = found(desk, outcome, "corners_shared")
    assert (row.line, row.severity, row.wkt) == (1, "note", "POINT(500020 4250010)")
    assert outcome.report["counts"]["inserted"] == 3

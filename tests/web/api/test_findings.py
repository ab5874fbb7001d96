"""What was found in a file, for programs: chosen by severity, rule, words and place, page by page."""

import pytest

from tests.web.site.paperwork import Found, add_upload
from tests.worlds import EAST, WEST, square

FINDINGS = [
    Found("note", "Line 1, w-1: the registered area is empty.", line=1, ref="w-1"),
    Found("warning", "Line 2, w-2: İmar durumu eksik.", line=2, ref="w-2", wkt=square(0, 0)),
    Found("refusal", "Line 9, w-9: it covers 12.40 m² of w-10.", line=9, ref="w-9", wkt=square(50, 50)),
    Found("refusal", "Line 3, w-3: the outline crosses itself.", line=3, ref="w-3", wkt="POINT(500010 4250010)"),
]


@pytest.fixture
def ask(signed_in, database):
    """`ask(severity="note")` is the answer about a file with four findings."""
    upload = add_upload(database, WEST, "west.gpkg", findings=FINDINGS)
    editor = signed_in("editor", WEST)
    return lambda **asked: editor.get(f"/api/uploads/{upload}/findings", query_string={"lang": "en", **asked})


def refs(answer) -> list[str]:
    told = answer.get_json()
    return [one["ref"] for one in told.get("findings") or [feature["properties"] for feature in told["features"]]]


def test_the_worst_comes_first_and_then_the_order_of_the_file(ask):
    assert refs(ask()) == ["w-3", "w-9", "w-2", "w-1"]


def test_pages_follow_each_other_across_severities(ask):
    seen, after = [], ""
    while after is not None:
        answer = ask(limit=1, after=after)
        seen += refs(answer)
        after = answer.get_json()["after"]
    assert seen == ["w-3", "w-9", "w-2", "w-1"]


def test_words_are_found_whatever_their_accents(ask):
    assert refs(ask(q="imar DURUMU")) == ["w-2"]
    assert refs(ask(q="W-9")) == ["w-9"]
    assert ask(q="nothing says so").get_json()["findings"] == []


def test_a_box_holds_what_lies_in_it(ask):
    shape = ask(f="geojson", id=ask(q="w-9").get_json()["findings"][0]["id"]).get_json()["features"][0]
    lon, lat = shape["properties"]["place"]
    assert refs(ask(bbox=f"{lon - 0.0001},{lat - 0.0001},{lon + 0.0001},{lat + 0.0001}")) == ["w-9"]


def test_the_shape_is_the_findings_own(ask):
    told = ask(f="geojson")
    assert told.content_type == "application/geo+json"
    kinds = [(one["geometry"] or {}).get("type") for one in told.get_json()["features"]]
    assert kinds == ["Point", "MultiPolygon", "MultiPolygon", None]


def test_a_wrong_filter_names_what_would_be_right(ask):
    answer = ask(severity="fatal")
    assert answer.status_code == 400
    assert "refusal, warning, note" in answer.text
    assert ask(id="-1").status_code == 400
    assert ask(colour="red").status_code == 400


def test_coordinates_from_nowhere_leave_the_rest_readable(signed_in, database):
    lost = Found("refusal", "Line 1: it lies outside.", line=1, ref="w-0", wkt="POINT(1e30 -1e30)")
    upload = add_upload(database, WEST, "west.gpkg", findings=[lost, *FINDINGS])
    editor = signed_in("editor", WEST)
    told = editor.get(f"/api/uploads/{upload}/findings?f=geojson").get_json()["features"]
    assert [one["geometry"] is None for one in told] == [True, False, False, False, True]
    assert editor.get(f"/upload/{upload}").status_code == 200


def test_another_districts_findings_are_not_there(signed_in, database):
    upload = add_upload(database, EAST, "east.gpkg", findings=FINDINGS)
    editor = signed_in("editor", WEST)
    assert editor.get(f"/api/uploads/{upload}/findings").status_code == 404
    assert editor.get(f"/api/uploads/{upload}/records?bbox=26,37,28,39").status_code == 404

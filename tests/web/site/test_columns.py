"""The page on which a district says what the columns of its file mean."""

import pytest

from tests.web.site.paperwork import add_upload, fill_in
from tests.worlds import EAST, WEST

COLUMNS = {
    "mapped": {"ADA": "block_no"},
    "proposed": {"pafa": "sheet_no"},
    "ignored": ["kolon"],
    "removed": ["malik"],
    "held": {"ALAN (ha)": "registered_area_m2 [ha]"},
    "converted": {},
    "samples": {"ADA": ["101", "102"], "pafa": ["L18"], "kolon": ["Bağlar <b>"], "ALAN (ha)": ["0,04"]},
}


@pytest.fixture
def sent(database):
    return add_upload(database, WEST, "west.gpkg", report={"columns": COLUMNS})


def test_every_column_is_shown_with_samples_and_fields(signed_in, sent):
    page = signed_in("editor", WEST).get(f"/upload/{sent}/columns?lang=en").text
    assert "101 · 102" in page
    assert "Bağlar &lt;b&gt;" in page
    assert '<option value="block_no" selected>Block</option>' in page
    assert "only alike: please check" in page
    assert '<option value="registered_area_m2 [ha]" selected>Registered area (m²), turned from ha</option>' in page
    assert "malik" not in page


def test_a_choice_is_checked_again(signed_in, sent, database):
    editor = signed_in("editor", WEST)
    choice = {"header": ["ADA", "kolon"], "field": ["block_no", "locality"]}
    reply = fill_in(editor, f"/upload/{sent}/columns", f"/upload/{sent}/columns", **choice)
    assert reply.status_code == 303
    assert "is being checked" in editor.get(f"/upload/{sent}?lang=en").text


def test_two_columns_for_one_field_are_refused_and_the_choice_is_kept(signed_in, sent):
    editor = signed_in("editor", WEST)
    choice = {"header": ["ADA", "kolon"], "field": ["locality", "locality"]}
    reply = fill_in(editor, f"/upload/{sent}/columns?lang=en", f"/upload/{sent}/columns?lang=en", **choice)
    assert reply.status_code == 422
    assert "“ADA” and “kolon” cannot both be Locality. Choose one of them." in reply.text
    assert reply.text.count('<option value="locality" selected>') == 2


def test_the_columns_of_another_district_are_not_there(signed_in, sent):
    assert signed_in("editor", EAST).get(f"/upload/{sent}/columns").status_code == 404


def test_a_program_says_what_the_columns_mean(signed_in, sent):
    editor = signed_in("editor", WEST)
    said = '{"kolon": "locality", "ADA": null}'
    reply = fill_in(editor, f"/upload/{sent}/columns", f"/api/uploads/{sent}/recheck", columns=said)
    assert reply.status_code == 202
    told = editor.get(f"/api/uploads/{sent}").json
    assert told["state"] == "received"
    assert told["report"]["asked"]["columns"] == {"kolon": "locality", "ADA": ""}


@pytest.mark.parametrize(
    "columns", ["nonsense", "[]", '{"ADA": "nothing"}', '{"ADA": "locality", "kolon": "locality"}']
)
def test_wrong_columns_of_a_program_are_answered_with_the_right_ones(signed_in, sent, columns):
    editor = signed_in("editor", WEST)
    reply = fill_in(editor, f"/upload/{sent}/columns", f"/api/uploads/{sent}/recheck?lang=en", columns=columns)
    assert 400 <= reply.status_code < 500
    assert "columns" in reply.text

"""Looking at a changeset and deciding about it."""

import pytest

from tests.web.site.paperwork import Found, add_changeset, add_upload, fill_in
from tests.worlds import EAST, WEST, square


@pytest.fixture
def changeset(database) -> int:
    return add_changeset(database, WEST, "west.gpkg", {"w-1": square(0, 0), "w-2": square(1, 0)})


@pytest.fixture
def editor(signed_in):
    return signed_in("editor", WEST)


@pytest.fixture
def department(signed_in):
    return signed_in("department")


def submit(editor, changeset: int, **fields: str):
    return fill_in(editor, f"/changeset/{changeset}?lang=en", f"/changeset/{changeset}/submit", **fields)


def test_the_page_says_how_much_changes_and_draws_it(editor, changeset):
    page = editor.get(f"/changeset/{changeset}?lang=en").text
    assert "<b>2</b> new" in page
    assert "800.00 m²" in page
    assert page.count('class="drawn-after') == 2
    assert "line 1 of the file" in page


def test_a_district_submits_and_the_department_publishes(editor, department, changeset, client):
    submit(editor, changeset, why="Yearly renewal")
    assert "With the department" in editor.get(f"/changeset/{changeset}").text
    answer = fill_in(department, f"/changeset/{changeset}?lang=en", f"/changeset/{changeset}/publish")
    assert answer.status_code == 303
    page = department.get(f"/changeset/{changeset}").text
    assert "Published with number 1" in page
    assert "?v=1#map=" in page
    assert "Yearly renewal" in page
    assert client.get("/api/collections/parcels/items/w-1").status_code == 200


def test_a_changeset_is_not_returned_without_a_reason(editor, department, changeset):
    submit(editor, changeset)
    answer = fill_in(department, f"/changeset/{changeset}?lang=en", f"/changeset/{changeset}/return", why="  ")
    assert answer.status_code == 422
    assert "Say what the district should change." in answer.text


def test_the_reason_of_a_return_reaches_the_district(editor, department, changeset):
    submit(editor, changeset)
    fill_in(department, f"/changeset/{changeset}", f"/changeset/{changeset}/return", why="The road corner is missing.")
    page = editor.get(f"/changeset/{changeset}").text
    assert "The road corner is missing." in page
    assert "Submit to the department" in page


def test_refused_records_are_left_out_only_when_the_district_says_so(editor, database):
    upload = add_upload(database, WEST, "west.gpkg", findings=[Found("refusal", "It overlaps.", line=3)])
    changeset = add_changeset(database, WEST, "west.gpkg", {"w-1": square(0, 0)}, upload_id=upload)
    answer = submit(editor, changeset, why="Please look")
    assert answer.status_code == 409
    assert "1 records are refused" in answer.text
    assert "Please look" in answer.text
    assert submit(editor, changeset, leave_out="yes").status_code == 303


def test_a_published_changeset_can_be_undone_by_another(editor, department, changeset):
    submit(editor, changeset)
    fill_in(department, f"/changeset/{changeset}?lang=en", f"/changeset/{changeset}/publish")
    answer = fill_in(department, f"/changeset/{changeset}", f"/changeset/{changeset}/revert", why="Wrong sheet.")
    undoing = department.get(answer.location).text
    assert "<b>2</b> ended" in undoing
    assert f'href="/changeset/{changeset}"' in undoing
    assert answer.location in department.get(f"/changeset/{changeset}").text


def test_only_the_department_decides(editor, changeset):
    submit(editor, changeset)
    answer = fill_in(editor, "/district", f"/changeset/{changeset}/publish")
    assert answer.status_code == 403


def test_two_decisions_about_one_changeset_do_not_cross(editor, department, changeset):
    submit(editor, changeset)
    page = f"/changeset/{changeset}?lang=en"
    fill_in(department, page, f"/changeset/{changeset}/return", why="No.")
    answer = fill_in(department, page, f"/changeset/{changeset}/accept")
    assert answer.status_code == 409
    assert "Not done" in answer.text


def test_another_districts_changeset_is_not_there(signed_in, changeset):
    assert signed_in("editor", EAST).get(f"/changeset/{changeset}").status_code == 404

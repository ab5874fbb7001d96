"""A district sends a file."""

from io import BytesIO

from tests.importing import open_desk, parcel
from tests.web.site.paperwork import add_changeset, add_upload, fill_in
from tests.worlds import EAST, WEST, square


def test_a_sent_file_is_kept_whole_and_waits_for_the_worker(signed_in):
    editor = signed_in("editor", WEST)
    answer = fill_in(
        editor, "/district", "/district", layer="parcels", whole_state="no", file=(BytesIO(b"bytes"), "kuzey.gpkg")
    )
    assert answer.status_code == 303
    page = editor.get(f"{answer.location}?lang=en").text
    assert "kuzey.gpkg" in page
    assert "data-waiting" in page
    address = page.partition('href="/api/uploads/')[2].partition('"')[0]
    assert editor.get(f"/api/uploads/{address}").data == b"bytes"


def test_a_form_without_a_file_comes_back_as_it_was_filled_in(signed_in):
    editor = signed_in("editor", WEST)
    answer = fill_in(editor, "/district?lang=en", "/district", layer="zones", whole_state="yes")
    assert answer.status_code == 422
    assert '<a href="#file">Choose the file to send.</a>' in answer.text
    assert '<option value="zones" selected>' in answer.text
    assert 'value="yes" checked' in answer.text


def test_a_script_that_sends_the_form_is_told_the_sentence(signed_in):
    editor = signed_in("editor", WEST)
    token = editor.get("/district?lang=en").text.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = editor.post(
        "/district", data={"csrf_token": token, "layer": "parcels"}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 400
    assert answer.get_json()["detail"] == "Choose the file to send."
    assert answer.get_json()["parameter"] == "file"


def test_a_district_sees_its_own_files_only(signed_in, database):
    add_upload(database, WEST, "west.gpkg")
    add_upload(database, EAST, "east.gpkg")
    page = signed_in("editor", WEST).get("/district").text
    assert "west.gpkg" in page
    assert "east.gpkg" not in page


def test_the_list_alone_can_be_asked_for(signed_in, database):
    add_upload(database, WEST, "west.gpkg", state="checking")
    part = signed_in("editor", WEST).get("/district?fragment=1").text
    assert "<html" not in part
    assert "data-waiting" in part


def test_what_the_department_returned_stands_first(signed_in, database):
    changeset = add_changeset(database, WEST, "west.gpkg", {"w-1": square(0, 0)})
    editor, department = signed_in("editor", WEST), signed_in("department")
    fill_in(editor, f"/changeset/{changeset}", f"/changeset/{changeset}/submit")
    fill_in(department, f"/changeset/{changeset}", f"/changeset/{changeset}/return", why="The corner is wrong.")
    assert "Returned by the department" in editor.get("/district?lang=en").text


def test_the_page_is_for_districts(signed_in, client):
    assert client.get("/district").location.startswith("/signin")
    assert signed_in("planner").get("/district").status_code == 403


def test_a_district_takes_its_area_along(signed_in, database):
    with open_desk(database) as desk:
        desk.publish(desk.send_features([parcel("w-1", 0, 0)]))
    editor = signed_in("editor", WEST)
    assert "/district/bundle.gpkg" in editor.get("/district?lang=en").text
    answer = editor.get("/district/bundle.gpkg")
    assert answer.content_type == "application/geopackage+sqlite3"
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert answer.data.startswith(b"SQLite format 3")
    assert b"w-1" in answer.data
    assert signed_in("planner").get("/district/bundle.gpkg").status_code == 403

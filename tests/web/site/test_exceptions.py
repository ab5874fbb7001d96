"""A district asks beside the finding, the department decides on its page; programs do the same."""

import pytest

from tests.web.site.paperwork import Found, add_upload, fill_in
from tests.worlds import EAST, WEST

MOVED = Found("warning", "w-1 has moved 60 m.", line=3, ref="w-1", rule="moved_far")
CROSSED = Found("refusal", "w-2 crosses itself.", line=4, ref="w-2", rule="geometry_valid")


@pytest.fixture
def upload(database) -> str:
    return str(add_upload(database, WEST, "west.gpkg", findings=[MOVED, CROSSED]))


def ask(client, upload: str, **more):
    fields = {"rule": "moved_far", "ref": "w-1", "reason": "The sheet was surveyed anew.", **more}
    return fill_in(client, f"/upload/{upload}", f"/exceptions/{upload}", **fields)


def number_of(client) -> int:
    (one,) = client.get("/api/exceptions").get_json()["exceptions"]
    return one["id"]


def test_the_form_stands_beside_what_may_be_excepted_only(signed_in, upload):
    page = signed_in("editor", WEST).get(f"/upload/{upload}?lang=en").text
    assert page.count("Ask for an exception") == 1
    assert 'value="moved_far"' in page


def test_a_request_waits_on_the_departments_page_and_its_answer_is_beside_the_finding(signed_in, upload):
    editor, department = signed_in("editor", WEST), signed_in("department")
    assert "No district asks for an exception." in department.get("/department?lang=en").text
    assert ask(editor, upload).status_code == 303
    assert "The sheet was surveyed anew." in editor.get(f"/upload/{upload}?lang=en").text
    page = department.get("/department?lang=en").text
    assert "The sheet was surveyed anew." in page
    assert "w-1 has moved 60 m." in page
    number = number_of(department)
    answer = fill_in(department, "/department", f"/exceptions/{number}/grant", why="Agreed.", until="2099-12-31")
    assert answer.status_code == 303
    page = department.get("/department?lang=en").text
    assert "Agreed." in page
    assert "until 2099-12-31" in page
    assert "An exception was granted: check the file again." in editor.get(f"/upload/{upload}?lang=en").text


def test_declining_needs_a_reason_which_the_district_sees(signed_in, upload):
    editor, department = signed_in("editor", WEST), signed_in("department")
    ask(editor, upload)
    path = f"/exceptions/{number_of(department)}/decline"
    assert fill_in(department, "/department", path, why=" ").status_code == 400
    fill_in(department, "/department", path, why="The old survey counts.")
    page = editor.get(f"/upload/{upload}?lang=en").text
    assert "The exception was declined: The old survey counts." in " ".join(page.split())
    assert "Ask for an exception" in page


@pytest.mark.parametrize(
    ("more", "status"),
    [({"reason": ""}, 400), ({"rule": "geometry_valid", "ref": "w-2"}, 409), ({"ref": "w-9"}, 409)],
    ids=["no reason", "a rule without exceptions", "nothing found"],
)
def test_what_cannot_be_asked_is_said(signed_in, upload, more, status):
    assert ask(signed_in("editor", WEST), upload, **more).status_code == status


def test_another_district_neither_asks_nor_sees(signed_in, upload):
    ask(signed_in("editor", WEST), upload)
    neighbour = signed_in("editor", EAST)
    assert neighbour.get("/api/exceptions").get_json() == {"exceptions": []}
    assert (
        fill_in(neighbour, "/district", f"/exceptions/{upload}", rule="moved_far", ref="w-1", reason="x").status_code
        == 404
    )


def test_a_program_asks_and_decides_the_same_way(app, signed_in, upload):
    app.config["WTF_CSRF_ENABLED"] = False
    editor, department = signed_in("editor", WEST), signed_in("department")
    wanted = {"rule": "moved_far", "ref": "w-1", "reason": "Surveyed anew."}
    made = editor.post("/api/exceptions", json=wanted)
    assert (made.status_code, made.get_json()["state"]) == (201, "asked")
    again = editor.post("/api/exceptions", json=wanted)
    assert again.status_code == 409
    path = f"/api/exceptions/{made.get_json()['id']}"
    assert editor.post(f"{path}/grant", json={}).status_code == 403
    assert department.post(f"{path}/grant", json={"until": "soon"}).get_json()["parameter"] == "until"
    granted = department.post(f"{path}/grant", json={"until": "2099-12-31"}).get_json()
    assert (granted["state"], granted["until"], granted["is_in_force"]) == ("granted", "2099-12-31", True)
    assert department.post(f"{path}/decline", json={"why": "x"}).status_code == 409
    assert len(editor.get("/api/exceptions?state=granted").get_json()["exceptions"]) == 1
    assert editor.get("/api/exceptions?state=open").status_code == 400

"""Signed-in people see what happened since they last looked."""

from layers.core.store import Store
from tests.web.site.paperwork import add_changeset, fill_in
from tests.worlds import EAST, WEST, square


def test_a_department_sees_what_came_in_and_marks_it_as_seen(signed_in, database):
    department = signed_in("department")
    assert "Nothing yet." in department.get("/notices?lang=en").text
    changeset = add_changeset(database, WEST, "west.gpkg", {"w-1": square(0, 0)})
    fill_in(signed_in("editor", WEST), f"/changeset/{changeset}", f"/changeset/{changeset}/submit")
    assert "Notices (1 new)" in department.get("/department").text
    page = department.get("/notices").text
    assert f'href="/changeset/{changeset}"' in page
    assert "Batı has submitted changeset" in page
    assert "Mark all as seen" in page
    up_to = page.partition('name="up_to" value="')[2].partition('"')[0]
    assert fill_in(department, "/notices", "/notices/seen", up_to=up_to).status_code == 303
    page = department.get("/notices").text
    assert "new)" not in page
    assert "Mark all as seen" not in page
    assert f'href="/changeset/{changeset}"' in page


def test_what_came_after_the_page_was_shown_stays_new(signed_in, database):
    department, editor = signed_in("department"), signed_in("editor", WEST)
    for name in ("a.gpkg", "b.gpkg"):
        changeset = add_changeset(database, WEST, name, {name: square(len(name), 0)})
        fill_in(editor, f"/changeset/{changeset}", f"/changeset/{changeset}/submit")
    page = department.get("/notices?lang=en").text
    newest = int(page.partition('name="up_to" value="')[2].partition('"')[0])
    fill_in(department, "/notices", "/notices/seen", up_to=newest - 1)
    assert "Notices (1 new)" in department.get("/department").text


def test_a_district_sees_its_own_only(signed_in, database):
    editor, neighbour, department = signed_in("editor", WEST), signed_in("editor", EAST), signed_in("department")
    changeset = add_changeset(database, WEST, "west.gpkg", {"w-1": square(0, 0)})
    fill_in(editor, f"/changeset/{changeset}", f"/changeset/{changeset}/submit")
    fill_in(department, f"/changeset/{changeset}", f"/changeset/{changeset}/return", why="Not so.")
    assert "Notices (1 new)" in editor.get("/district?lang=en").text
    assert "Nothing yet." in neighbour.get("/notices?lang=en").text


def test_letters_are_declined_and_their_language_chosen(signed_in):
    editor = signed_in("editor", WEST)
    assert 'name="is_mailed" value="yes" checked' in editor.get("/notices?lang=en").text
    fill_in(editor, "/notices", "/notices/mail", language="en")
    page = editor.get("/notices").text
    assert 'name="is_mailed" value="yes">' in page
    assert 'value="en" lang="en" selected' in page
    assert fill_in(editor, "/notices", "/notices/mail", language="xx").status_code == 400
    assert fill_in(editor, "/notices", "/notices/seen", up_to="x").status_code == 400


def test_the_page_is_for_those_who_are_told(client, signed_in):
    assert client.get("/notices").status_code == 302
    assert signed_in("planner").get("/notices").status_code == 403
    assert "/notices" not in client.get("/").text


def test_the_department_sees_that_letters_are_not_sent(signed_in, database):
    department, editor = signed_in("department"), signed_in("editor", WEST)
    changeset = add_changeset(database, WEST, "west.gpkg", {"w-1": square(0, 0)})
    fill_in(editor, f"/changeset/{changeset}", f"/changeset/{changeset}/submit")
    assert "E-mails that were not sent" not in department.get("/department?lang=en").text
    owner = Store(database.owner)
    with owner.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE inbox.letter SET attempts = 1, trouble = 'unreachable', failing_since = now()"
        )
    owner.close()
    page = department.get("/department").text
    assert "The mail server does not answer." in page
    assert "1 wait and are tried again by themselves" in page

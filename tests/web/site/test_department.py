"""The department's one look at all districts."""

from tests.web.site.paperwork import add_changeset, add_upload, fill_in
from tests.worlds import EAST, WEST, publish_parcels, square


def test_what_a_district_submits_waits_on_the_departments_page(signed_in, database):
    changeset = add_changeset(database, WEST, "west.gpkg", {"w-1": square(0, 0)})
    department = signed_in("department")
    assert "Nothing waits." in department.get("/department?lang=en").text
    fill_in(signed_in("editor", WEST), f"/changeset/{changeset}", f"/changeset/{changeset}/submit")
    page = department.get("/department").text
    assert f'href="/changeset/{changeset}"' in page
    assert "Nothing waits." not in page


def test_what_is_out_of_the_ordinary_is_seen_in_the_list(signed_in, database):
    changeset = add_changeset(database, WEST, "west.gpkg", {"w-1": square(0, 0, 0.2)})
    fill_in(signed_in("editor", WEST), f"/changeset/{changeset}", f"/changeset/{changeset}/submit")
    page = signed_in("department").get("/department?lang=en").text
    assert "Look twice" in page
    assert "1 areas are of an odd size" in page


def test_a_file_that_could_not_be_read_is_seen(signed_in, database):
    add_upload(database, EAST, "plan.dwg", state="failed", failure="Unknown.")
    assert "plan.dwg" in signed_in("department").get("/department").text


def test_every_district_has_its_line_also_one_that_never_sent_anything(signed_in, database):
    publish_parcels(database, WEST, {"w-1": square(0, 0)})
    page = signed_in("department").get("/department?lang=en").text
    assert "Batı" in page
    assert "Doğu" in page
    assert "never" in page


def test_the_page_is_for_the_department(signed_in):
    assert signed_in("editor", WEST).get("/department").status_code == 403

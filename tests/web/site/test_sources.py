"""District and department see how sources are getting on, have one pulled and pause it."""

from dataclasses import replace

import pytest

from importers.pulling import note_failure
from importers.unfetched import SourceRefused
from tests.importing import open_desk
from tests.pulling import declared
from tests.worlds import EAST, WEST


@pytest.fixture
def source(app, database):
    """One that has just failed."""
    made = declared("http_file", "https://gis.west.example/parcels.gpkg?key=s3cret")
    built = app.extensions["gisserver"]
    app.extensions["gisserver"] = replace(built, profile=replace(built.profile, sources=(made,)))
    with open_desk(database) as desk:
        note_failure(desk.store, made, SourceRefused(where="gis.west.example/parcels.gpkg", answer="503"))
        yield made


def press(client, page: str, action: str) -> int:
    """The button on the page."""
    token = client.get(page).text.partition('name="csrf_token" value="')[2].partition('"')[0]
    return client.post("/sources/west-parcels", data={"csrf_token": token, "action": action}).status_code


def jobs(database) -> int:
    with open_desk(database) as desk:
        return len(desk.rows("SELECT 1 FROM jobs.procrastinate_jobs WHERE task_name = 'pull_source'"))


def test_a_district_sees_its_sources_and_has_them_pulled(source, signed_in, database):
    west, east = signed_in("editor", WEST), signed_in("editor", EAST)
    page = west.get("/district?lang=en").text
    assert "its answer: 503" in page
    assert "s3cret" not in page
    assert "west-parcels" not in east.get("/district").text
    assert press(west, "/district", "pull") == 303
    assert press(west, "/district", "pull") == 303
    assert jobs(database) == 1
    assert press(west, "/district", "pause") == 403
    assert press(east, "/district", "pull") == 404


def test_the_department_pauses_and_resumes(source, signed_in):
    department = signed_in("department")
    assert "Pull now" in department.get("/department?lang=en").text
    assert press(department, "/department", "pause") == 303
    assert department.get("/api/sources").json["sources"][0]["is_paused"]
    assert press(department, "/department", "resume") == 303
    assert not department.get("/api/sources").json["sources"][0]["is_paused"]


def test_programs_see_and_do_the_same(source, keyed, client, database):
    west, east, department = keyed("editor", WEST), keyed("editor", EAST), keyed("department")
    (told,) = client.get("/api/sources", headers={**west, "Accept-Language": "en"}).json["sources"]
    assert told["problem"].startswith("gis.west.example/parcels.gpkg gave no file")
    assert (told["address"], told["failures"]) == ("https://gis.west.example/parcels.gpkg", 1)
    assert client.get("/api/sources", headers=east).json["sources"] == []
    assert client.post("/api/sources/west-parcels/pull", headers=east).status_code == 404
    assert client.post("/api/sources/west-parcels/pull", headers=west).status_code == 202
    assert jobs(database) == 1
    assert client.post("/api/sources/west-parcels/pause", headers=west).status_code == 403
    assert client.post("/api/sources/west-parcels/pause", headers=department).json["is_paused"]
    assert not client.post("/api/sources/west-parcels/resume", headers=department).json["is_paused"]
    assert client.get("/api/sources").status_code == 401

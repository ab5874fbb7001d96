"""The department looks through the audit; a reviewer says which operation it is."""

import csv
import io
from collections.abc import Iterator

import pytest

from tests.importing import Desk, open_desk, parcel
from tests.web.site.paperwork import fill_in
from tests.worlds import EAST, WEST

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


@pytest.fixture
def busy(desk) -> Desk:
    """Two districts have sent something, one of them is published."""
    desk.publish(desk.send_features([parcel("w-1", 0, 0, 40.0)]))
    desk.send_features([parcel("e-1", 50, 0)], district_id=EAST)
    return desk


def told(client, query: str = "") -> list[tuple[str, int]]:
    answer = client.get(f"/api/audit{query}", headers=ENGLISH)
    assert answer.status_code == 200, answer.text
    return [(act["action"], act["district_id"]) for act in answer.get_json()["acts"]]


def test_acts_are_found_by_who_what_when_and_where(busy, signed_in):
    department = signed_in("department")
    assert told(department)[0] == ("checked", EAST)
    assert told(department, f"?district={WEST}&action=published") == [("published", WEST)]
    assert told(department, "?layer=zones") == []
    assert told(department, "?until=2020-01-01") == []
    assert told(department, "?changeset=1") == [("published", WEST), ("accepted", WEST), ("submitted", WEST)]
    page = department.get("/department/acts?action=published", headers=ENGLISH).text
    assert "Who did what, when and why" in page
    assert page.count("<tr>") == 2


def test_pages_follow_each_other_without_gap(busy, signed_in):
    department = signed_in("department")
    whole, address, pages = told(department), "/api/audit?limit=2", []
    while address:
        answer = department.get(address).get_json()
        pages += [(act["action"], act["district_id"]) for act in answer["acts"]]
        address = answer.get("next")
    assert pages == whole


def test_all_acts_are_one_table(busy, signed_in):
    desk = busy
    desk.send("=1+1.geojson", b"{")
    answer = signed_in("department").get("/api/audit?f=csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == len(desk.rows("SELECT FROM ops.audit"))
    assert rows[0]["subject"] == "'=1+1.geojson"


@pytest.mark.parametrize("role", [None, "editor", "planner"])
def test_only_the_department_sees_all_acts(busy, client, signed_in, role):
    caller = client if role is None else signed_in(role, WEST if role == "editor" else None)
    assert caller.get("/api/audit").status_code in (401, 403)
    assert caller.get("/department/acts").status_code in (302, 303, 401, 403)


@pytest.mark.parametrize(
    "query", ["since=yesterday", "action=eaten", "district=x", "layer=trees", "before=-1", "who2=a"]
)
def test_a_question_that_cannot_be_read_is_told(busy, signed_in, query):
    department = signed_in("department")
    assert department.get(f"/api/audit?{query}").status_code == 400
    if not query.startswith("who2"):
        page = department.get(f"/department/acts?{query}", headers=ENGLISH)
        assert page.status_code == 200
        assert 'role="alert"' in page.text


def choose(client, changeset_id: int, kind: str, number: int = 1, page: str = "/department"):
    return fill_in(client, page, f"/changeset/{changeset_id}/operations/{number}", kind=kind)


def test_a_reviewer_says_which_operation_it_is_and_the_lineage_says_so(busy, signed_in):
    outcome = busy.send_features([parcel("w-1", 0, 0, 28.0)])
    department = signed_in("department")
    page = department.get(f"/changeset/{outcome.changeset_id}", headers=ENGLISH).text
    assert "uncertain" in page
    assert "does not lie like a strip along a road" in page
    assert choose(department, outcome.changeset_id, "road_cession").status_code == 303
    assert (
        "the ground looked like: Correction"
        in department.get(f"/changeset/{outcome.changeset_id}", headers=ENGLISH).text
    )
    busy.publish(outcome)
    lineage = busy.rows("SELECT operation, role FROM pool.lineage ORDER BY epoch DESC LIMIT 1")
    assert [tuple(row) for row in lineage] == [("road_cession", "remainder")]
    assert told(department, "?action=operation_chosen") == [("operation_chosen", WEST)]
    assert choose(department, outcome.changeset_id, "correction").status_code == 409


def test_a_choice_that_cannot_be_is_refused(busy, signed_in):
    outcome = busy.send_features([parcel("w-1", 0, 0, 28.0)])
    department = signed_in("department")
    assert choose(department, outcome.changeset_id, "amalgamation").status_code == 422
    assert choose(department, outcome.changeset_id, "eaten").status_code == 400
    assert choose(department, outcome.changeset_id, "correction", number=9).status_code == 404
    stranger = signed_in("editor", EAST)
    assert choose(stranger, outcome.changeset_id, "correction", page="/district").status_code == 404

"""Over the API: what became of what, and the kind that a reviewer says it is."""

import pytest

from tests.importing import open_desk, parcel
from tests.worlds import EAST, WEST


@pytest.fixture
def desk(database):
    with open_desk(database) as opened:
        yield opened


@pytest.fixture
def unclear(desk) -> int:
    """A parcel that has shrunk, and nothing says why."""
    desk.publish(desk.send_features([parcel("w-1", 0, 0, 40.0)]))
    return desk.send_features([parcel("w-1", 0, 0, 28.0)]).changeset_id


@pytest.fixture
def caller(app, keyed):
    def of(role: str, district_id: int | None = None):
        client, key = app.test_client(), {**keyed(role, district_id), "Accept-Language": "en"}

        def ask(address: str, body: object = None):
            return client.get(address, headers=key) if body is None else client.post(address, json=body, headers=key)

        return ask

    return of


def test_what_waits_for_a_person_says_why_and_how_its_areas_balance(caller, unclear):
    answer = caller("editor", WEST)(f"/api/changesets/{unclear}/operations")
    (found,) = answer.json["operations"]
    assert (found["number"], found["operation"], found["is_open"]) == (1, "correction", True)
    assert found["doubts"] == ["ground_is_lost"]
    assert found["balance"]["lost"] == 240.0


def test_a_reviewer_says_which_it_is_and_the_lineage_is_written_so(caller, desk, unclear):
    department = caller("department")
    answer = department(f"/api/changesets/{unclear}/operations/1", {"kind": "road_cession"})
    assert answer.status_code == 200, answer.json
    assert (answer.json["operation"], answer.json["seen_as"]) == ("road_cession", "correction")
    assert not answer.json["is_open"]
    for decision in ("submit", "accept", "publish"):
        assert department(f"/api/changesets/{unclear}/{decision}", {}).status_code == 200
    (line,) = desk.rows("SELECT operation FROM pool.lineage ORDER BY epoch DESC LIMIT 1")
    assert line.operation == "road_cession"
    assert department(f"/api/changesets/{unclear}/operations/1", {"kind": "correction"}).status_code == 409


def test_a_choice_that_cannot_be_is_refused_in_a_sentence(caller, unclear):
    department, here = caller("department"), f"/api/changesets/{unclear}/operations"
    assert department(f"{here}/1", {"kind": "amalgamation"}).status_code == 422
    assert "road_cession" in department(f"{here}/1", {"kind": "eaten"}).json["detail"]
    assert department(f"{here}/9", {"kind": "correction"}).status_code == 404
    assert caller("editor", EAST)(f"{here}/1", {"kind": "correction"}).status_code == 404
    assert caller("editor", EAST)(here).status_code == 404

"""Programs read what happened that concerns their account, and say up to where it was seen."""

from tests.web.site.paperwork import add_changeset
from tests.worlds import EAST, WEST, square


def submitted(client, database, key, *names: str) -> list[int]:
    changesets = [add_changeset(database, WEST, name, {name: square(n, 0)}) for n, name in enumerate(names)]
    for changeset in changesets:
        assert client.post(f"/api/changesets/{changeset}/submit", json={}, headers=key).status_code == 200
    return changesets


def test_notices_come_in_pages_the_latest_first_and_are_seen_up_to_a_number(client, keyed, database):
    editor, department = keyed("editor", WEST), {**keyed("department"), "Accept-Language": "en"}
    one, two = submitted(client, database, editor, "a", "b")
    first = client.get("/api/notices?limit=1", headers=department).json
    assert [(told["event"], told["changeset"], told["is_seen"]) for told in first["notices"]] == [
        ("submitted", two, False)
    ]
    assert first["notices"][0]["headline"].startswith("Batı has submitted")
    assert first["unseen"] == 2
    second = client.get(f"/api/notices?limit=1&after={first['after']}", headers=department).json
    assert [told["changeset"] for told in second["notices"]] == [one]
    seen = client.post("/api/notices/seen", json={"up_to": second["notices"][0]["id"]}, headers=department)
    assert seen.json == {"unseen": 1}


def test_nobody_reads_or_marks_anothers(client, keyed, database):
    submitted(client, database, keyed("editor", WEST), "a")
    stranger = keyed("editor", EAST)
    assert client.get("/api/notices", headers=stranger).json == {"notices": [], "unseen": 0, "after": None}
    assert client.post("/api/notices/seen", json={"up_to": 10**9}, headers=stranger).json == {"unseen": 0}
    assert client.get("/api/notices").status_code == 401
    assert client.post("/api/notices/seen", json={"up_to": "x"}, headers=stranger).status_code == 400

"""Drawings shared by two codes."""

import pytest
from sqlalchemy import text

from layers.core.shared_drawings import remove_unused
from layers.core.store import WORKER, Store

DRAWINGS = "/api/drawings"
ENGLISH = {"Accept-Language": "en"}


def point(label: str = "", **more: object) -> dict[str, object]:
    geometry = {"type": "Point", "coordinates": [27.1, 38.4]}
    return {"type": "Feature", "geometry": geometry, "properties": {"mode": "point", "label": label, **more}}


@pytest.fixture
def codes(client) -> dict[str, str]:
    reply = client.post(DRAWINGS, json={"title": "Öneri yol", "features": [point("A")]})
    assert reply.status_code == 201
    return reply.get_json()


def test_both_codes_show_the_drawing_and_only_one_may_change_it(client, codes):
    for name, may_edit in (("view", False), ("edit", True)):
        told = client.get(f"{DRAWINGS}/{codes[name]}").get_json()
        assert (told["title"], told["may_edit"], told["view"]) == ("Öneri yol", may_edit, codes["view"])
        assert told["features"][0]["properties"]["label"] == "A"
    changed = {"title": "x", "features": [], "version": 1}
    assert client.put(f"{DRAWINGS}/{codes['edit']}", json=changed).get_json() == {"version": 2}
    refused = client.put(f"{DRAWINGS}/{codes['view']}", json={**changed, "version": 2}, headers=ENGLISH)
    assert refused.status_code == 403
    assert "edit link" in refused.get_json()["detail"]
    assert client.get(f"{DRAWINGS}/{codes['view']}").get_json()["features"] == []


def test_the_edit_code_is_nowhere_in_the_database(database, codes):
    owner = Store(database.owner)
    with owner.engine.begin() as connection:
        row = connection.execute(text("SELECT CAST(one AS text) FROM ops.drawing AS one")).scalar_one()
    owner.close()
    assert codes["view"] in row
    assert codes["edit"] not in row


def test_who_changes_an_older_version_is_told_and_loses_nobodys_corners(client, codes):
    address = f"{DRAWINGS}/{codes['edit']}"
    client.put(address, json={"features": [point("theirs")], "version": 1})
    late = client.put(address, json={"features": [point("mine")], "version": 1}, headers=ENGLISH)
    assert late.status_code == 409
    assert "Somebody else" in late.get_json()["detail"]
    assert client.get(address).get_json()["features"][0]["properties"]["label"] == "theirs"


def test_only_shapes_and_their_words_are_kept(client):
    shared = client.post(DRAWINGS, json={"features": [point("A", owner="Ayşe", stroke="red")]}).get_json()
    (feature,) = client.get(f"{DRAWINGS}/{shared['view']}").get_json()["features"]
    assert feature["properties"] == {"mode": "point", "label": "A"}


def test_groups_stay_in_their_order_and_every_shape_is_in_one_that_is_there(client):
    said = {
        "groups": [{"name": " Option  2 ", "is_hidden": True}, {"name": "Site A"}],
        "features": [point("A", group="Site A"), point("B", group="Kuzey"), point("C")],
    }
    codes = client.post(DRAWINGS, json=said).get_json()
    told = client.get(f"{DRAWINGS}/{codes['view']}").get_json()
    assert told["groups"] == [
        {"name": "Option 2", "is_hidden": True},
        {"name": "Site A", "is_hidden": False},
        {"name": "Kuzey", "is_hidden": False},
    ]
    assert [feature["properties"].get("group") for feature in told["features"]] == ["Site A", "Kuzey", None]


def test_who_moves_shapes_to_a_group_that_somebody_has_deleted_is_told_and_deletes_nothing(client):
    grouped = {"features": [point("A")], "groups": [{"name": "Site A"}]}
    edit = f"{DRAWINGS}/{client.post(DRAWINGS, json=grouped).get_json()['edit']}"
    client.put(edit, json={"features": [point("A")], "version": 1})
    moved = {"features": [point("A", group="Site A")], "groups": [{"name": "Site A"}]}
    assert client.put(edit, json={**moved, "version": 1}).status_code == 409
    assert client.get(edit).get_json()["groups"] == []
    assert client.put(edit, json={**moved, "version": 2}).status_code == 200
    assert client.get(edit).get_json()["groups"] == [{"name": "Site A", "is_hidden": False}]


def test_a_drawing_from_before_groups_has_none(client, codes, database):
    owner = Store(database.owner)
    with owner.engine.begin() as connection:
        said = {"code": codes["view"]}
        connection.execute(text("UPDATE ops.drawing SET groups = DEFAULT WHERE view_code = :code"), said)
    owner.close()
    assert client.get(f"{DRAWINGS}/{codes['view']}").get_json()["groups"] == []


def test_a_drawing_ends_for_all_by_its_edit_code(client, codes):
    assert client.delete(f"{DRAWINGS}/{codes['view']}").status_code == 403
    assert client.delete(f"{DRAWINGS}/{codes['edit']}").status_code == 204
    gone = client.get(f"{DRAWINGS}/{codes['view']}", headers=ENGLISH)
    assert gone.status_code == 404
    assert "share it again" in gone.get_json()["detail"]


def test_what_nobody_opens_any_more_is_forgotten(client, codes, database):
    owner = Store(database.owner)
    with owner.engine.begin() as connection:
        connection.execute(text("UPDATE ops.drawing SET used_on = current_date - 31"))
    store = Store(database.worker)
    client.get(f"{DRAWINGS}/{codes['view']}")
    with store.writing(WORKER) as connection:
        assert remove_unused(connection, 30) == 0
    with owner.engine.begin() as connection:
        connection.execute(text("UPDATE ops.drawing SET used_on = current_date - 31"))
    with store.writing(WORKER) as connection:
        assert remove_unused(connection, 30) == 1
    store.close()
    owner.close()


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ({"features": "all"}, "features"),
        ({"features": [{}] * 2001}, "features"),
        ({"features": [{"geometry": {"type": "Point", "coordinates": [500_000, 4_250_000]}}]}, "features"),
        ({"features": [{"geometry": {"type": "MultiPoint", "coordinates": [[27, 38]]}}]}, "features"),
        ({"features": [], "title": "x" * 121}, "title"),
        ({"features": [None]}, "features"),
        ({"features": [], "groups": "all"}, "groups"),
        ({"features": [], "groups": [{"name": "  "}]}, "groups"),
        ({"features": [], "groups": [{"name": "x" * 61}]}, "groups"),
        ({"features": [], "groups": [{"name": "A"}, {"name": " A"}]}, "groups"),
        ({"features": [], "groups": [{"name": str(number)} for number in range(51)]}, "groups"),
        ({"features": [], "groups": ["A"]}, "groups"),
    ],
)
def test_what_is_no_drawing_is_refused_by_name(client, said, names):
    reply = client.post(DRAWINGS, json=said)
    assert (reply.status_code, reply.get_json()["parameter"]) == (400, names)


def test_a_drawing_has_a_largest_size(client):
    line = {"type": "LineString", "coordinates": [[27 + n / 1e6, 38] for n in range(50_001)]}
    reply = client.post(DRAWINGS, json={"features": [{"type": "Feature", "geometry": line, "properties": {}}]})
    assert (reply.status_code, reply.get_json()["parameter"]) == (400, "features")
    assert client.post(DRAWINGS, data=b"x" * 2_100_000, content_type="application/json").status_code == 413

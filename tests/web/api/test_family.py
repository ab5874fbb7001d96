"""The family of a parcel as JSON and as a drawing, its story as a page, and what an ended one answers."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest

from layers.core import review
from tests.importing import DEPARTMENT, Desk, open_desk, parcel

NAMESPACE = {"svg": "http://www.w3.org/2000/svg"}
ITEMS = "/api/collections/parcels/items"


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


@pytest.fixture
def chain(desk) -> Desk:
    """One divided in two, of which one is joined with a neighbour, all on one day."""
    desk.publish(desk.send_features([parcel("w-1", 0, 0, 40.0), parcel("w-9", 2, 0)]))
    desk.publish(desk.send_features([parcel("w-2", 0, 0), parcel("w-3", 1, 0)]))
    desk.publish(desk.send_features([parcel("w-4", 1, 0, 40.0)]))
    return desk


def undo_last(desk: Desk) -> None:
    (last,) = desk.rows("SELECT max(id) AS id FROM inbox.changeset")
    with desk.store.writing(DEPARTMENT) as connection:
        inverse = review.revert(connection, desk.registry, DEPARTMENT, last.id)
        review.submit(connection, DEPARTMENT, inverse.id)
        review.accept(connection, DEPARTMENT, inverse.id)
        review.publish_now(connection, desk.registry, DEPARTMENT, inverse.id)


def ties(client, ref: str) -> list[tuple[str, str, str]]:
    answer = client.get(f"{ITEMS}/{ref}/family").get_json()
    names = {member["uid"]: member["ref"] for member in answer["members"]}
    return [(names[tie["parent"]], names[tie["child"]], tie["operation"]) for tie in answer["ties"]]


def test_a_family_is_told_from_the_first_parcel_to_the_last_in_the_order_it_happened(chain, client):
    assert ties(client, "w-1") == [
        *sorted([("w-1", "w-2", "subdivision"), ("w-1", "w-3", "subdivision")], key=ties(client, "w-1").index),
        ("w-3", "w-4", "amalgamation"),
    ]
    assert {tie[0] for tie in ties(client, "w-4")} == {"w-1", "w-3", "w-9"}
    epochs = [tie["epoch"] for tie in client.get(f"{ITEMS}/w-4/family").get_json()["ties"]]
    assert epochs == sorted(epochs)


def test_a_drawing_names_itself_and_says_which_have_ended(chain, client):
    answer = client.get(f"{ITEMS}/w-4/family?f=svg", headers={"Accept-Language": "en"})
    assert answer.mimetype == "image/svg+xml"
    root = ET.fromstring(answer.text)
    assert root.find("svg:title", NAMESPACE).text == "Family of 1/4"
    assert "dashed outline" in root.find("svg:desc", NAMESPACE).text
    words = ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert words.count("has ended") == 3
    assert words.count("in force") == 1
    assert {"Subdivision", "Amalgamation"} <= set(words)


def test_many_children_are_counted_in_one_box(desk, client):
    desk.publish(desk.send_features([parcel("w-0", 0, 0, 400.0)]))
    desk.publish(desk.send_features([parcel(f"w-{n + 1}", n, 0) for n in range(20)]))
    assert len(ties(client, "w-0")) == 20
    drawing = client.get(f"{ITEMS}/w-0/family?f=svg", headers={"Accept-Language": "en"}).text
    assert "12 more" in drawing
    page = client.get("/story/parcels/w-0", headers={"Accept-Language": "en"}).text
    assert "Not every relative has a box of its own" in page


def test_what_was_undone_is_no_family(chain, client):
    undo_last(chain)
    assert ("w-3", "w-4", "amalgamation") not in ties(client, "w-1")
    gone = client.get(f"{ITEMS}/w-4", headers={"Accept-Language": "en"})
    assert gone.status_code == 410
    assert {heir["ref"] for heir in gone.get_json()["successors"]} == {"w-3", "w-9"}
    assert "w-4” has ended (Undoing" in gone.get_json()["detail"]


def test_an_ended_parcel_says_why_when_and_by_which_changeset(chain, client):
    gone = client.get(f"{ITEMS}/w-1", headers={"Accept-Language": "en"})
    told = gone.get_json()
    assert gone.status_code == 410
    assert (told["operation"], told["epoch"], told["changeset"]) == ("subdivision", 2, 2)
    assert told["ended_at"]
    assert "has ended (Subdivision, " in told["detail"]
    assert client.get(told["family"]).status_code == 200
    answer = client.get("/api/zoning?parcel=w-1", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.get_json()["operation"]) == (410, "subdivision")
    page = client.get(f"/answer/{told['successors'][0]['uid']}")
    assert page.status_code == 200
    uid = chain.rows("SELECT uid FROM history.parcels WHERE ref = 'w-1'")[0].uid
    ended = client.get(f"/answer/{uid}", headers={"Accept-Language": "en"})
    assert "has ended (Subdivision, " in ended.text
    assert f"/story/parcels/{uid}" in ended.text


def test_an_old_ref_of_a_renumbered_parcel_leads_to_its_new_one(desk, client):
    desk.publish(desk.send_features([parcel("w-A", 0, 0)]))
    desk.publish(desk.send_features([parcel("w-7", 0, 0)]))
    gone = client.get(f"{ITEMS}/w-A").get_json()
    assert [(heir["ref"], heir["operation"]) for heir in gone["successors"]] == [("w-7", "renumbering")]


@pytest.mark.parametrize("address", ["nobody", "%00", "w-1' OR 1=1"])
def test_the_family_of_nobody_is_nowhere(chain, client, address):
    assert client.get(f"{ITEMS}/{address}/family").status_code == 404
    assert client.get(f"/story/parcels/{address}").status_code == 404


def test_a_wrong_form_of_a_family_is_answered_with_the_right_ones(chain, client):
    answer = client.get(f"{ITEMS}/w-1/family?f=dot")
    assert answer.status_code == 400
    assert "json, svg" in answer.get_json()["detail"]


def test_the_story_tells_the_public_offices_and_those_who_may_names_and_files(chain, client, signed_in):
    page = client.get("/story/parcels/w-2", headers={"Accept-Language": "en"}).text
    assert "Story of 1/2" in page
    assert "Subdivision" in page
    assert "Batı" in page  # the district that sent it
    assert "the department" in page
    assert "/original" not in page
    assert "sent by" not in page
    seen = signed_in("department").get("/story/parcels/w-2", headers={"Accept-Language": "en"}).text
    assert "/original" in seen


def test_the_story_of_an_ended_parcel_ends_with_what_ended_it(chain, client):
    page = client.get("/story/parcels/w-1", headers={"Accept-Language": "en"}).text
    assert page.index("Added to the pool") < page.rindex(": Subdivision</h3>")

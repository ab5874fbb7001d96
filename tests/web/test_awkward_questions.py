"""Questions that have no plain answer, asked over HTTP: always a sentence about what is so, and a next step."""

import datetime
import html
import re

import pytest
import requests

from gisserver.app import entry_of
from tests.db.small_world import EAST, WEST, X0, Y0, door, end_parcels, parcel, publish, publishing, rectangle
from tests.http_server import listening
from tests.worlds import publish_parcels, square


def crossing(x: float, y: float) -> str:
    """WKT of an outline that crosses itself, in metres from the world's corner."""
    corners = [(x + 5, y + 5), (x + 15, y + 15), (x + 15, y + 5), (x + 5, y + 15), (x + 5, y + 5)]
    return "MULTIPOLYGON(((" + ", ".join(f"{X0 + a} {Y0 + b}" for a, b in corners) + ")))"


LARGE = rectangle(-500, -500, 3000, 3000)
IN_FORCE = {"ref": "p1", "plan_no": "35-1", "name": "Plan 1", "status": "in_force", "geom": LARGE}
ON_DISPLAY = {
    "ref": "p2",
    "plan_no": "35-2",
    "name": "Plan 2",
    "status": "on_display",
    "display_from": datetime.date(2026, 3, 1),
    "display_to": datetime.date(2026, 3, 30),
    "authority": "Meclis",
    "geom": LARGE,
}
TOWN = {
    "plans": [IN_FORCE, ON_DISPLAY],
    "parcels": [
        parcel("claimed", 0, 0, "101", "1"),
        parcel("unplanned", 100, 0, "102", "1"),
        parcel("unsaid", 200, 0, "103", "1"),
        parcel("displayed", 300, 0, "104", "1"),
        {"ref": "broken", "block_no": "105", "parcel_no": "1", "geom": crossing(400, 0)},
    ],
    "zones": [
        {"ref": "z1", "plan_ref": "p1", "use_key": "park", "use_label": "Park", "geom": rectangle(200, 0, 20, 20)},
        {"ref": "z2", "plan_ref": "p2", "use_key": "park", "use_label": "Park", "geom": rectangle(300, 0, 20, 20)},
    ],
    "addresses": [door("lonely", "Yalnız Sokak", "9", 900, 900, neighbourhood="Liman")],
}


@pytest.fixture
def town(app, database):
    """The address of a server over a town where much is awkward."""
    publish(database, WEST, TOWN)
    publish(database, EAST, {"parcels": [parcel("theirs", 19, 0, "7", "7")]})
    with listening(entry_of(app)) as address:
        yield address


def page(town: str, text: str, language: str = "en", status: int = 200) -> str:
    """What a person reads who asks so, without the markup."""
    answer = requests.get(f"{town}/", params={"q": text, "lang": language}, timeout=20)
    assert answer.status_code == status, answer.text
    return _read(answer.text)


def _read(markup: str) -> str:
    main = markup.partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return html.unescape(" ".join(re.sub(r"<[^>]*>", " ", main).split()))


def zoning(town: str, status: int, **parameters: str) -> dict:
    """What a program gets that asks so."""
    answer = requests.get(f"{town}/api/zoning", params={"lang": "en", **parameters}, timeout=20)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_retired_parcel_names_what_took_its_place(town, database):
    publish_parcels(database, WEST, {"old": square(20, 20)})
    old = requests.get(f"{town}/api/collections/parcels/items/old", timeout=20).json()
    publish_parcels(database, WEST, {"new": square(20, 20)}, retire=["old"], operation="renumbering")
    new = requests.get(f"{town}/api/collections/parcels/items/new", timeout=20).json()
    gone = requests.get(f"{town}/answer/{old['id']}?lang=en", timeout=20)
    assert gone.status_code == 410
    assert "it became new" in _read(gone.text)
    assert f'href="/answer/{new["id"]}"' in gone.text
    told = zoning(town, 410, parcel=old["id"])
    assert "it became new" in told["detail"]
    assert [heir["ref"] for heir in told["successors"]] == ["new"]


def test_a_retired_parcel_with_nothing_in_its_place_sends_to_the_municipality(town, database):
    uid = zoning(town, 200, parcel="unplanned")["answer"]["parcel"]["uid"]
    with publishing(database, WEST) as connection:
        end_parcels(connection, ["unplanned"])
    assert "Ask the municipality of the district" in page(town, "102/1")
    assert "Ask the municipality of the district" in zoning(town, 410, parcel=uid)["detail"]
    assert "Ask the municipality of the district" in zoning(town, 404, q="102/1")["detail"]


AWKWARD = [
    pytest.param(
        "101/1",
        ("the border between the districts is unsettled here, ask both", "apply to the municipality"),
        id="claims",
    ),
    pytest.param("102/1", ("There is no digital zoning plan", "apply to the municipality of Batı"), id="no plan"),
    pytest.param(
        "103/1",
        ("The plan states no building conditions for this use", "apply to the municipality of Batı"),
        id="no attributes",
    ),
    pytest.param(
        "104/1",
        (
            "No digital plan is in force for this parcel; one is on its way",
            "objections may be made in writing to Meclis until 30 March 2026",
            "Until that plan is in force, ask the municipality of Batı",
        ),
        id="under objection",
    ),
    pytest.param(
        "105/1",
        ("crosses itself", "Apply to the municipality of Batı to have the outline corrected"),
        id="broken outline",
    ),
    pytest.param(
        "Yalnız Sokak 9",
        ("No parcel is recorded at this door", "ask the municipality of Batı"),
        id="no parcel at the door",
    ),
    pytest.param("Yalnız Sokak 11", ("There is no door 11 on this street; nearest: 9",), id="no such door"),
]


@pytest.mark.parametrize(("text", "sentences"), AWKWARD)
def test_it_is_said_what_is_so_and_what_to_do(town, text, sentences):
    told = page(town, text)
    for sentence in sentences:
        assert sentence in told


@pytest.mark.parametrize("text", [case.values[0] for case in AWKWARD])
def test_no_sentence_is_left_in_english_for_who_reads_turkish(town, text):
    english, turkish = page(town, text), page(town, text, language="tr")
    said = {sentence for sentence in re.split(r"(?<=[.:;]) ", english) if len(sentence.split()) > 4}
    assert said
    assert [sentence for sentence in said if sentence in turkish] == []


def test_a_broken_neighbour_is_no_reason_to_say_no(town, database):
    flood = {"kind": "flood", "label": "Dere", "status": "in_force", "geom": crossing(200, 0), "ref": "f"}
    publish(database, WEST, {"plan_constraints": [flood], "coverage": [{"theme": "flood", "geom": LARGE}]})
    answer = zoning(town, 200, parcel="unsaid")["answer"]
    assert {one["theme"]: one["state"] for one in answer["constraints"]}["flood"] == "not_checked"
    assert "not mean “not affected”. The outline of an area nearby is broken." in page(town, "103/1")


def test_degrees_are_understood_in_either_order(town):
    inside = zoning(town, 200, parcel="unsaid")["answer"]["parcel"]
    lat, lon = f"{inside['lat']:.6f}", f"{inside['lon']:.6f}"
    assert page(town, f"{lat}, {lon}").startswith("← Ask again Batı, block 103, parcel 1")
    assert page(town, f"{lon}, {lat}").startswith("← Ask again Batı, block 103, parcel 1")
    assert "Check the order" in zoning(town, 404, lon=lat, lat=lon)["detail"]


def test_a_place_on_nobodys_parcel_sends_to_the_map(town):
    inside = zoning(town, 200, parcel="unsaid")["answer"]["parcel"]
    beside = f"{inside['lat'] + 0.002:.6f}, {inside['lon']:.6f}"
    assert "No parcel is recorded at this place. Choose one beside it on the map." in page(town, beside)
    assert "Choose one beside it on the map." in zoning(town, 200, q=beside)["note"]


ODD = {
    "empty": ("", "Address, or block and parcel"),
    "blank": ("   ", "Address, or block and parcel"),
    "10,000 characters": ("ğ" * 10_000, "Only the first 200 letters of what you wrote were read."),
    "emoji": ("🏠📍", "Write an address"),
    "emoji in between": ("🏠 Park 🌳", "Check the spelling or add the district"),
    "sql": ("'; DROP TABLE pool.parcels; --", "Check the spelling or add the district"),
    "html": ("<script>alert(1)</script>", "Check the spelling or add the district"),
    "only numbers": ("48215", "Check the spelling or add the district"),
    "far too many numbers": ("9" * 40, "Check the spelling or add the district"),
    "outside": ("48.8566, 2.3522", "Check the order and the unit of the two numbers"),
    "no place on earth": ("138.4, 427.1", "Check the spelling or add the district"),
    "a zero byte": ("Park\x00", "Check the spelling or add the district"),
}


@pytest.mark.parametrize(("text", "sentence"), ODD.values(), ids=ODD)
def test_whatever_is_typed_gets_a_sentence_and_a_next_step(town, text, sentence):
    answer = requests.get(f"{town}/", params={"q": text, "lang": "en"}, timeout=20)
    assert answer.status_code == 200
    assert sentence in _read(answer.text)
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("text", [text for text, _ in ODD.values()], ids=ODD)
def test_a_program_gets_a_sentence_as_well(town, text):
    found = requests.get(f"{town}/api/search", params={"q": text, "lang": "en"}, timeout=20)
    assert (found.status_code, found.json()["hits"]) == (200, [])
    assert found.json()["note"].endswith(".")
    refused = requests.get(f"{town}/api/zoning", params={"q": text, "lang": "en"}, timeout=20)
    assert (refused.status_code, refused.headers["Content-Type"]) == (404, "application/problem+json")
    assert refused.json()["detail"].endswith(".")


def test_after_all_that_the_pool_is_as_it_was(town):
    for text, _ in ODD.values():
        requests.get(f"{town}/api/suggest", params={"q": text}, timeout=20).raise_for_status()
    assert requests.get(f"{town}/api/collections/parcels/items", timeout=20).json()["numberMatched"] == 6

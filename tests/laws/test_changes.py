"""The law of changes, on a real pool: a state with what changed since applied to it is the later state."""

import random
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.edits import Drawn, Editor, open_editor
from tests.worlds import EAST, WEST, square

STEPS = 12


@pytest.fixture
def editor(database) -> Iterator[Editor]:
    with open_editor(database) as opened:
        yield opened


def some_parcel(chance: random.Random, district: int) -> Drawn:
    place = square(chance.randrange(8), 10 * district + chance.randrange(4))
    return Drawn(place, {"block_no": str(chance.randrange(3)), "parcel_no": "1", "land_use_text": "tarla"})


def publish_something(editor: Editor, chance: random.Random) -> None:
    """New parcels, edits that may change nothing, and ends; of one district at a time."""
    district = chance.choice((WEST, EAST))
    names = [f"{district}-{number}" for number in range(6)]
    known = {row.ref for row in editor.rows("SELECT ref FROM pool.parcels")}
    put = {ref: some_parcel(chance, district) for ref in chance.sample(names, 3)}
    retire = [ref for ref in names if ref in known and ref not in put and chance.random() < 0.4]
    changeset = editor.decide(district, put, retire=retire)
    if chance.random() < 0.4:
        editor.undo(changeset)


def state(client: FlaskClient, epoch: int, condition: str = "") -> dict[str, dict]:
    page = client.get(f"/api/collections/parcels/items?limit=1000&epoch={epoch}{condition}").get_json()
    return {feature["id"]: feature for feature in page["features"]}


def changes(client: FlaskClient, first: int, last: int, condition: str = "") -> list[dict]:
    """All of them, over pages of two."""
    found, address = [], f"/api/collections/parcels/changes?from={first}&to={last}&limit=2{condition}"
    while address:
        page = client.get(address).get_json()
        found += page["features"]
        address = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    return found


def applied(before: dict[str, dict], told: list[dict]) -> dict[str, dict]:
    after = dict(before)
    for change in told:
        name, said = change["id"], change["properties"]
        assert said["before"] == after.pop(name, None)
        assert (
            said["change"]
            == {(True, False): "added", (False, True): "removed", (False, False): "modified"}[
                said["before"] is None, said["after"] is None
            ]
        )
        if said["after"] is not None:
            after[name] = said["after"]
    return after


@pytest.mark.parametrize("seed", range(4))
def test_a_state_and_its_changes_lead_to_the_later_state(editor, client, seed):
    chance = random.Random(seed)
    for _ in range(STEPS):
        publish_something(editor, chance)
    newest = editor.rows("SELECT max(epoch) AS newest FROM pool.epoch")[0].newest
    states = {epoch: state(client, epoch) for epoch in range(newest + 1)}
    assert len({str(one) for one in states.values()}) > STEPS / 2
    for _ in range(15):
        first, last = sorted((chance.randrange(newest + 1), chance.randrange(newest + 1)))
        told = changes(client, first, last)
        assert len({change["id"] for change in told}) == len(told)
        assert applied(states[first], told) == states[last]
        own = changes(client, first, last, f"&district_id={WEST}")
        assert own == [one for one in told if one["properties"]["ref"].startswith(f"{WEST}-")]

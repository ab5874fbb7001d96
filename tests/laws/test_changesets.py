"""Laws of changesets, on a real pool: whatever two districts' states are, these hold."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.pipeline import Checked
from layers.core import review
from tests.importing import DEPARTMENT, Desk, open_desk
from tests.worlds import ORIGIN

State = dict[str, tuple[int, str]]
"""Ref -> place along a street, and name."""

states = st.dictionaries(
    st.sampled_from([f"p-{n}" for n in range(6)]),
    st.tuples(st.integers(0, 20), st.sampled_from(["school", "clinic", "İtfaiye"])),
    min_size=1,
    max_size=6,
)
few = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


def point(ref: str, place: int, name: str) -> dict:
    shape = {"type": "Point", "coordinates": [ORIGIN[0] + 10 * place, ORIGIN[1]]}
    return {"type": "Feature", "properties": {"ref": ref, "name": name, "kind": "x"}, "geometry": shape}


def send(desk: Desk, state: State, *, is_whole_state: bool = True) -> Checked:
    features = [point(ref, *value) for ref, value in sorted(state.items())]
    return desk.send_features(features, layer_id="places", is_whole_state=is_whole_state)


def become(desk: Desk, state: State) -> Checked:
    outcome = send(desk, state)
    if desk.changes(outcome):
        desk.publish(outcome)
    return outcome


def published(desk: Desk) -> State:
    rows = desk.rows("SELECT ref, name, (ST_X(geom) - 500000) / 10 AS place FROM pool.places")
    return {row.ref: (round(row.place), row.name) for row in rows}


@few
@given(a=states, b=states)
def test_applying_the_difference_leads_from_one_state_to_the_other(desk, a, b):
    become(desk, a)
    assert published(desk) == a
    become(desk, b)
    assert published(desk) == b


@few
@given(a=states)
def test_a_state_differs_in_nothing_from_itself(desk, a):
    become(desk, a)
    outcome = send(desk, a)
    assert desk.changes(outcome) == []
    assert outcome.report["counts"]["unchanged"] == len(a)


@few
@given(a=states, b=states)
def test_undoing_a_changeset_restores_what_was(desk, a, b):
    become(desk, a)
    outcome = send(desk, b)
    if not desk.changes(outcome):
        return
    desk.publish(outcome)
    with desk.store.writing(DEPARTMENT) as connection:
        inverse = review.revert(connection, desk.registry, DEPARTMENT, outcome.changeset_id)
        review.submit(connection, DEPARTMENT, inverse.id)
        review.accept(connection, DEPARTMENT, inverse.id)
        review.publish_now(connection, desk.registry, DEPARTMENT, inverse.id)
    assert published(desk) == a


@few
@given(a=states, edits=states, data=st.data())
def test_edits_of_different_features_lead_to_the_same_state_in_any_order(desk, a, edits, data):
    mine = {ref: value for ref, value in edits.items() if data.draw(st.booleans(), label=ref)}
    yours = {ref: value for ref, value in edits.items() if ref not in mine}
    results = []
    for first, second in ((mine, yours), (yours, mine)):
        become(desk, a)
        outcomes = [send(desk, part, is_whole_state=False) for part in (first, second) if part]
        for outcome in outcomes:
            if desk.changes(outcome):
                desk.publish(outcome)
        results.append(published(desk))
    assert results[0] == results[1] == {**a, **edits}


@few
@given(a=states, b=states)
def test_every_record_is_counted_once(desk, a, b):
    become(desk, a)
    counts = send(desk, b).report["counts"]
    assert counts["records"] == len(b)
    assert counts["inserted"] + counts["updated"] + counts["unchanged"] + counts["refused"] == len(b)
    assert counts["retired"] == len(a.keys() - b.keys())

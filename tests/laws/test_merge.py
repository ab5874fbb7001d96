"""Laws of three sides: whatever was agreed and whoever has changed it since, these hold."""

from collections.abc import Mapping

import shapely
from hypothesis import given
from hypothesis import strategies as st

from importers.merging.joining import within
from importers.merging.three_way import FEATURE, SHAPE, UNDECIDED, Choice, Sides, State, merge, same

PLACES = [shapely.box(x, 0, x + 10, 10) for x in (0, 100, 200)]
"""Far apart: what lies within the tolerance is one shape."""
ALIKE = within(0.02)
FIELDS = ("land_use_text", "sheet_no", "parcel_no")

Pool = Mapping[str, State]

states = st.builds(
    State,
    st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(["a", "b", "c"])),
    st.sampled_from(PLACES),
)
sides = st.builds(Sides, *(st.none() | states for _ in range(3)))
pools = st.dictionaries(st.sampled_from("pqrstu"), states)
parts = st.sampled_from([*FIELDS, SHAPE, FEATURE])
"""A busy machine is no fault of a law."""
choices = st.dictionaries(parts, st.sampled_from(Choice))


def joined(base: Pool, ours: Pool, theirs: Pool) -> tuple[Pool, set[str]]:
    """The pool that comes of it, and the refs that wait for a person."""
    outcomes = {
        ref: merge(Sides(base.get(ref), ours.get(ref), theirs.get(ref)), UNDECIDED, ALIKE)
        for ref in sorted({*base, *ours, *theirs})
    }
    pool = {ref: outcome.state for ref, outcome in outcomes.items() if outcome.state is not None}
    return pool, {ref for ref, outcome in outcomes.items() if outcome.conflicts}


@given(pools, pools, st.sets(st.sampled_from("pqrstu")))
def test_edits_of_different_features_join_without_a_conflict_and_in_any_order(base, edited, mine):
    ours, theirs = (
        {
            ref: state
            for ref in sorted({*base, *edited})
            if (state := (edited if (ref in mine) is is_mine else base).get(ref)) is not None
        }
        for is_mine in (True, False)
    )
    one, other = joined(base, ours, theirs), joined(base, theirs, ours)
    assert one == other == (edited, set())


@given(states, st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(["d", None]), max_size=3), parts)
def test_edits_of_different_parts_of_one_feature_join(base, edits, part):
    def edited(wanted: bool) -> State:
        values = {**base.values, **{f: v for f, v in edits.items() if (f == part) is wanted}}
        return State({f: v for f, v in values.items() if v is not None}, PLACES[0] if wanted else base.shape)

    ours, theirs = edited(True), edited(False)
    one, other = merge(Sides(base, ours, theirs), {}, ALIKE), merge(Sides(base, theirs, ours), {}, ALIKE)
    assert one == other
    assert one.conflicts == ()


@given(sides, choices)
def test_merging_twice_changes_nothing(three, chosen):
    once = merge(three, chosen, ALIKE)
    again = merge(Sides(three.base, once.state, three.theirs), chosen, ALIKE)
    assert again.state == once.state


@given(sides)
def test_both_sides_are_told_of_the_same_conflicts(three):
    one = merge(three, {}, ALIKE)
    other = merge(Sides(three.base, three.theirs, three.ours), {}, ALIKE)
    assert one.conflicts == other.conflicts


@given(sides, choices)
def test_every_part_of_the_result_is_what_one_side_has(three, chosen):
    outcome = merge(three, chosen, ALIKE)
    given_sides = (three.ours, three.theirs)
    if outcome.state is None:
        assert None in given_sides
        return
    for field in FIELDS:
        assert outcome.state.values.get(field) in [side and side.values.get(field) for side in given_sides]
    assert any(side is not None and side.shape is outcome.state.shape for side in given_sides)


@given(sides)
def test_who_chooses_one_side_throughout_has_that_side_where_they_went_apart(three):
    every = [*FIELDS, SHAPE, FEATURE]
    for side, taken in ((Choice.OURS, three.ours), (Choice.THEIRS, three.theirs)):
        outcome = merge(three, dict.fromkeys(every, side), ALIKE)
        assert outcome.is_decided
        for part in outcome.conflicts:
            if part == FEATURE:
                assert same(outcome.state, taken, ALIKE)
            elif part == SHAPE:
                assert outcome.state.shape is taken.shape
            else:
                assert outcome.state.values.get(part) == taken.values.get(part)


@given(sides)
def test_nothing_is_decided_by_silence(three):
    outcome = merge(three, {}, ALIKE)
    assert outcome.is_decided is not bool(outcome.conflicts)


@given(st.none() | states, st.none() | states)
def test_undoing_by_the_opposite_change_restores_what_was(before, after):
    assert same(merge(Sides(after, after, before), {}, ALIKE).state, before, ALIKE)

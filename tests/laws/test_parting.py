"""Laws of taking a changeset apart: what belongs together stays together, and nothing is lost."""

import uuid

import shapely
from hypothesis import given
from hypothesis import strategies as st

from layers.core.partial import Piece, whole_with

squares = st.sampled_from([None, *(shapely.box(10 * x, 0, 10 * x + 15, 10) for x in range(30))])
"""Two that are neighbours in number share ground."""


def piece(number: int, ref: int, before: shapely.Geometry | None, after: shapely.Geometry | None) -> Piece:
    return Piece(number, uuid.UUID(int=number), "parcels", f"w-{ref}", before, after)


changesets = st.lists(st.tuples(st.integers(0, 20), squares, squares), min_size=1, max_size=12).map(
    lambda rows: tuple(piece(number, *row) for number, row in enumerate(rows, start=1))
)
kinships = st.lists(st.tuples(*[st.integers(1, 14).map(lambda number: uuid.UUID(int=number))] * 2), max_size=6)
chosen = st.sets(st.integers(1, 12))
"""A busy machine is no fault of a law."""


@given(changesets, kinships, chosen)
def test_what_goes_back_holds_all_that_was_named_and_can_be_cut_off_anywhere_it_ends(pieces, kin, named):
    left = whole_with(named, pieces, kin)
    known = {one.id for one in pieces}
    assert named & known <= left <= known
    assert whole_with(left, pieces, kin) == left
    assert whole_with(known - left, pieces, kin) == known - left


@given(changesets, kinships, chosen, chosen)
def test_naming_more_never_brings_anything_home(pieces, kin, one, other):
    assert whole_with(one | other, pieces, kin) == whole_with(one, pieces, kin) | whole_with(other, pieces, kin)


@given(changesets, kinships, st.integers(1, 12))
def test_relatives_namesakes_and_heirs_of_ground_are_never_parted(pieces, kin, named):
    left = whole_with({named}, pieces, kin)
    inside = [one for one in pieces if one.id in left]
    outside = [one for one in pieces if one.id not in left]
    uids = {one.uid for one in inside}, {one.uid for one in outside}
    assert not any(parent in uids[0] and child in uids[1] for parent, child in kin)
    assert not {one.ref for one in inside} & {one.ref for one in outside}
    for one in inside:
        for other in outside:
            if one.before is not None and other.after is not None:
                assert one.before.intersection(other.after).area <= 0.5

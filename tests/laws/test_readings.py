"""Whatever system a district's parcels are written in, the true reading comes first and none is applied unasked."""

from collections import defaultdict

import pytest

from bench.written_systems import PROFILE, SYSTEMS, WAYS, Verdict, quarters, verdict, written
from layers.core.profile import load_profile

PARCELS = 6_000
OF_ONE_DATUM = (3857, 5636, 5637)
"""Nobody writes these in the old datum."""
EVERY = 7
"""Districts take turns with the systems; `script/bench crs` tries each in each."""


@pytest.fixture(scope="module")
def files():
    """One of each district, single parcels and whole rows in turn, in the next system, in every way."""
    pairs = enumerate(zip(quarters(PARCELS, every=3), quarters(PARCELS, every=1), strict=True))
    return [
        file for number, pair in pairs for file in written(pair[number % 2], SYSTEMS[number * EVERY % len(SYSTEMS)])
    ]


@pytest.fixture(scope="module")
def among_neighbours(files) -> list[Verdict]:
    profile = load_profile(PROFILE)
    return [verdict(file, profile, with_neighbours=True) for file in files]


@pytest.fixture(scope="module")
def on_empty_ground(files) -> list[Verdict]:
    profile = load_profile(PROFILE)
    return [verdict(file, profile, with_neighbours=False) for file in files]


def test_among_published_neighbours_the_true_reading_comes_first(among_neighbours):
    ways = defaultdict(list)
    for one in among_neighbours:
        ways[one.written.way].append(one.is_first)
    assert set(ways) == set(WAYS)
    first = [is_first for found in ways.values() for is_first in found]
    assert sum(first) >= 0.98 * len(first), {way: f"{sum(found)} of {len(found)}" for way, found in ways.items()}


def test_without_neighbours_both_datums_are_offered(on_empty_ground):
    undeclared = [one for one in on_empty_ground if one.written.way == "undeclared"]
    assert all(one.is_shown for one in undeclared)
    assert all(one.places >= 2 for one in undeclared if one.written.srid not in OF_ONE_DATUM)


@pytest.mark.parametrize("verdicts", ["among_neighbours", "on_empty_ground"])
def test_nothing_is_applied_that_nobody_declared(request, verdicts):
    """`verdict` itself fails where another reading than the declared one is applied."""
    unasked = [one for one in request.getfixturevalue(verdicts) if one.is_used and one.written.declared is None]
    assert unasked == []


def test_a_wrong_place_is_never_used_where_neighbours_show_the_right_one(among_neighbours):
    wrong = [one for one in among_neighbours if one.is_used and not one.is_first]
    assert len(wrong) <= 0.005 * len(among_neighbours), [(one.written.srid, str(one.written.declared)) for one in wrong]

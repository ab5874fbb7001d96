"""Laws of operations: what is told from the ground is what happened, or is marked as uncertain."""

from collections import Counter
from collections.abc import Iterator

import pytest

from bench.telling_operations import RIGHT, WRONG, publish, told, verdicts
from bench.true_operations import town
from tests.importing import Desk, open_desk


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


@pytest.mark.parametrize(("seed", "noise_m"), [(11, 0.0), (12, 0.02), (13, 0.03)])
def test_what_is_told_from_the_ground_is_what_happened(desk, seed, noise_m):
    made = town(70, seed, noise_m)
    publish(desk.store, desk.registry, desk.profile, made)
    found = verdicts(made.truths, told(desk.store, desk.registry, desk.profile, made))
    assert [truth for truth, verdict in found.items() if verdict == WRONG] == []
    assert Counter(found.values())[RIGHT] >= 0.97 * len(made.truths)

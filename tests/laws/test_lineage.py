"""Laws of lineage, on a real pool: whatever is divided, joined, renamed and undone, these hold."""

import random
from collections.abc import Iterator

import pytest

from importers.pipeline import Checked
from layers.core import review
from tests.importing import DEPARTMENT, Desk, open_desk, parcel

LAWS = {
    "a parcel that ended has a child or a stated end": (
        "SELECT h.ref FROM history.parcels h WHERE NOT EXISTS (SELECT FROM pool.parcels p WHERE p.uid = h.uid) "
        "AND h.epoch_to = (SELECT max(epoch_to) FROM history.parcels o WHERE o.uid = h.uid) AND NOT EXISTS ("
        "SELECT FROM pool.lineage l WHERE l.parent_uid = h.uid AND l.epoch = h.epoch_to "
        "AND (l.child_uid <> h.uid OR l.role = 'end'))"
    ),
    "no parent outlives its only successor": (
        "SELECT p.ref FROM pool.kinship l JOIN pool.parcels p ON p.uid = l.parent_uid WHERE l.epoch >= p.epoch_from "
        "AND NOT EXISTS (SELECT FROM pool.lineage r WHERE r.parent_uid = p.uid AND r.child_uid = p.uid "
        "AND r.epoch = l.epoch AND r.role = 'remainder')"
    ),
    "children have the ground of their parents": (
        "SELECT h.ref FROM pool.kinship l JOIN history.parcels h ON h.uid = l.parent_uid AND h.epoch_to = l.epoch "
        "WHERE l.operation <> 'revert' GROUP BY h.ref, h.epoch_to, h.geom "
        "HAVING abs(sum(l.area_m2) - ST_Area(h.geom)) > 1"
    ),
    "nothing descends from itself": (
        "WITH RECURSIVE line (first, last, epoch) AS ("
        "SELECT parent_uid, child_uid, epoch FROM pool.kinship WHERE operation <> 'revert' UNION "
        "SELECT line.first, k.child_uid, k.epoch FROM line JOIN pool.kinship k ON k.parent_uid = line.last "
        "AND k.epoch > line.epoch AND k.operation <> 'revert') SELECT first FROM line WHERE first = last"
    ),
    "an amalgamation has two parents at least": (
        "SELECT child_uid FROM pool.lineage WHERE operation = 'amalgamation' "
        "GROUP BY child_uid, epoch HAVING count(*) < 2"
    ),
    "lines of one day follow the publishes": (
        "SELECT k.child_uid FROM pool.kinship k JOIN pool.kinship n ON n.parent_uid = k.child_uid "
        "WHERE n.epoch <= k.epoch AND k.operation <> 'revert' AND n.operation <> 'revert'"
    ),
}
KINSHIP = "SELECT parent_uid, child_uid, operation FROM pool.kinship WHERE operation <> 'revert' ORDER BY 1, 2, 3"
PUBLISHED = "SELECT uid, ref, ST_AsText(geom) AS shape, block_no, parcel_no FROM pool.parcels ORDER BY uid"


@pytest.fixture
def desk(database) -> Iterator[Desk]:
    with open_desk(database) as opened:
        yield opened


def undo(desk: Desk, changeset_id: int) -> int:
    with desk.store.writing(DEPARTMENT) as connection:
        inverse = review.revert(connection, desk.registry, DEPARTMENT, changeset_id)
        review.submit(connection, DEPARTMENT, inverse.id)
        review.accept(connection, DEPARTMENT, inverse.id)
        review.publish_now(connection, desk.registry, DEPARTMENT, inverse.id)
    return inverse.id


def publish(desk: Desk, parcels: list[dict]) -> Checked:
    outcome = desk.send_features(parcels)
    desk.publish(outcome)
    return outcome


def broken_laws(desk: Desk) -> list[str]:
    return [law for law, statement in LAWS.items() if desk.rows(statement)]


class Street:
    """Parcels side by side: where each begins, and its number."""

    def __init__(self, count: int) -> None:
        self.lots = [(20.0 * n, 20.0) for n in range(count)]
        self.refs = [f"w-{n}" for n in range(count)]
        self._next = count

    def feature(self, at: float, width: float, ref: str) -> dict:
        return parcel(ref, at / 20, 0, width)

    def named(self) -> str:
        self._next += 1
        return f"w-{self._next}"

    def divide(self, n: int) -> list[dict]:
        (at, width), made = self.lots[n], [self.named(), self.named()]
        halves = [(at, width / 2), (at + width / 2, width / 2)]
        self.lots[n : n + 1], self.refs[n : n + 1] = halves, made
        return [self.feature(*half, ref) for half, ref in zip(halves, made, strict=True)]

    def join(self, n: int) -> list[dict]:
        (at, one), (_, other), made = self.lots[n], self.lots[n + 1], self.named()
        self.lots[n : n + 2], self.refs[n : n + 2] = [(at, one + other)], [made]
        return [self.feature(at, one + other, made)]


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_to_a_street_the_laws_hold(desk, seed):
    rng, street = random.Random(seed), Street(4)
    publish(desk, [street.feature(*lot, ref) for lot, ref in zip(street.lots, street.refs, strict=True)])
    for _ in range(6):
        n = rng.randrange(len(street.lots))
        can_join = n + 1 < len(street.lots)
        is_joined = can_join and (street.lots[n][1] < 10 or rng.random() < 0.5)
        outcome = publish(desk, street.join(n) if is_joined else street.divide(n))
        assert broken_laws(desk) == []
        if rng.random() < 0.4:
            inverse = undo(desk, outcome.changeset_id)
            assert broken_laws(desk) == []
            undo(desk, inverse)
            assert broken_laws(desk) == []


def test_an_undone_operation_gives_back_the_same_parcels_and_their_lineage(desk):
    publish(desk, [parcel("w-1", 0, 0, 40.0)])
    publish(desk, [parcel("w-2", 0, 0), parcel("w-3", 1, 0)])
    before, kin = desk.rows(PUBLISHED), desk.rows(KINSHIP)
    joined = publish(desk, [parcel("w-4", 0, 0, 40.0)])
    done = desk.rows(PUBLISHED), desk.rows(KINSHIP)
    inverse = undo(desk, joined.changeset_id)
    assert (desk.rows(PUBLISHED), desk.rows(KINSHIP)) == (before, kin)
    undo(desk, inverse)
    assert (desk.rows(PUBLISHED), desk.rows(KINSHIP)) == done


def test_what_was_undone_leads_back_to_what_it_came_from(desk):
    publish(desk, [parcel("w-1", 0, 0, 40.0)])
    (whole,) = desk.rows(PUBLISHED)
    outcome = publish(desk, [parcel("w-2", 0, 0), parcel("w-3", 1, 0)])
    part = desk.rows(PUBLISHED)[0]
    undo(desk, outcome.changeset_id)
    heirs = desk.rows("SELECT uid, operation FROM pool.heirs('parcels', :uid)", uid=part.uid)
    assert [tuple(heir) for heir in heirs] == [(whole.uid, "revert")]

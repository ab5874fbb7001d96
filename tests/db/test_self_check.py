"""Answers computed again by other means, over a town made at random with borders that meet in every way."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from layers.answers.self_check import keep_check, last_check, self_check
from layers.core.answer_rules import AnswerRules
from layers.core.profile import load_profile
from layers.core.store import WORKER, Actor, Store
from tests.db.small_world import WEST, parcel, publish, rectangle

PROFILE = replace(
    load_profile(Path(__file__).parents[1] / "data/profiles/test.toml"), answers=AnswerRules(border_m=0.5)
)
PARCELS_A_SIDE = 12
_STATUSES = ("in_force", "in_force", "proposed", "on_display", "under_review")


def town(chance: random.Random) -> dict[str, list]:
    """Parcels side by side; everything else begins and ends on their borders, near them, or anywhere."""

    def place() -> float:
        return chance.choice((0, 0, 0, 0.001, 0.3, -0.3, 7.77)) + 20 * chance.randrange(-1, PARCELS_A_SIDE)

    def box() -> str:
        return rectangle(place(), place(), 20 * chance.randrange(1, 6), 20 * chance.randrange(1, 6))

    plans = [
        {"ref": f"p{n}", "plan_no": f"{n}", "name": f"Plan {n}", "status": status, "geom": box(), "scale_den": scale}
        for n, (status, scale) in enumerate((s, d) for s in _STATUSES for d in (1000, 5000))
    ]
    uses = ("residential_existing", "park", "commercial")
    return {
        "parcels": [
            parcel(f"{x}-{y}", 20 * x, 20 * y, str(x), str(y))
            for x in range(PARCELS_A_SIDE)
            for y in range(PARCELS_A_SIDE)
        ],
        "plans": plans,
        "zones": [
            {
                "ref": f"z{n}",
                "plan_ref": chance.choice((*(plan["ref"] for plan in plans), "lost")),
                "use_key": (use := chance.choice(uses)),
                "use_label": use,
                "floors": chance.choice((None, 3, 5)),
                "geom": box(),
            }
            for n in range(60)
        ],
        "plan_constraints": [
            {
                "ref": f"c{n}",
                "kind": chance.choice(("flood", "protected_site")),
                "label": f"C {n}",
                "status": chance.choice(_STATUSES),
                "geom": box(),
            }
            for n in range(20)
        ],
        "coverage": [
            {
                "layer_id": layer_id,
                "theme": theme,
                "state": chance.choice(("surveyed", "surveyed", "under_review")),
                "geom": box(),
            }
            for layer_id, theme in (
                ("plan_constraints", "flood"),
                ("plan_constraints", "protected_site"),
                ("zones", "zones"),
            )
            for _ in range(12)
        ],
        "districts": [{"ref": "west", "name": "Batı", "geom": rectangle(-40, -40, 160.2, 400)}],
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_parcel_of_a_town_gets_the_answer_that_brute_force_gives(database, seed):
    publish(database, WEST, town(random.Random(seed)))
    store = Store(database.worker)
    found = self_check(store, PROFILE, seed, PARCELS_A_SIDE**2)
    store.close()
    assert found.differing == ()
    assert found.asked == PARCELS_A_SIDE**2


def test_the_check_leaves_nothing_behind_and_tells_the_department(database):
    publish(database, WEST, {"parcels": [parcel("a", 0, 0, "1", "1")]})
    store, owner = Store(database.worker), Store(database.owner)
    found = self_check(store, PROFILE, 7)
    with owner.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM answers.issued").scalar_one() == 0
    with store.writing(WORKER) as connection:
        keep_check(connection, found)
    with store.reading(Actor("department")) as connection:
        kept = last_check(connection)
    with store.reading() as connection:
        assert last_check(connection) is None
    store.close()
    owner.close()
    assert kept is not None
    assert (kept.is_good, kept.asked, kept.epoch) == (True, 1, 1)


def test_a_check_that_asked_nothing_is_not_good(database):
    store = Store(database.worker)
    assert not self_check(store, PROFILE, 1).is_good
    store.close()

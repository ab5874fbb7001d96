"""How long after a publish the scoreboard is right, and whether it is what counting everything anew finds.

Usage: script/bench scores [PARCELS] [ROUNDS] [--write]

Each publish changes parcels of one district; it is right when the worker has counted what the publish touched.
"""

import statistics
import time

from sqlalchemy import text

from bench.deployment import deployment
from bench.figures import Figure
from bench.publishing import AT_ONCE, prepare, publish
from bench.report import machine, numbers, report
from layers.core.registry import Registry
from layers.core.scores.board import state_of_board
from layers.core.scores.counting import count_faults
from layers.core.store import WORKER, Store

FIRST_COUNT_S = 3600.0
KEPT = text("SELECT kind, uid, other_uid, round(area_m2::numeric, 3) FROM ops.fault ORDER BY kind, uid, other_uid")


def main(parcels: int = 60_000, rounds: int = 10) -> None:
    """Measure and report."""
    with deployment(parcels) as running:
        store = Store(running.urls.worker)
        first = _until_current(store)
        seconds = []
        for number in range(rounds):
            publish(store, Registry.of_folder(), prepare(store, number))
            seconds.append(_until_current(store))
        kept, anew, whole = _counted_anew(Store(running.urls.owner))
        store.close()
        notes = [f"a pool of {parcels:,} sample parcels, {rounds} publishes", *machine(running.urls.worker)]
    remark = f"{AT_ONCE} of {parcels:,} parcels"
    report(
        [
            Figure(
                "scoreboard right after a publish", statistics.median(seconds), "{:.1f} s", at_most=5, remark=remark
            ),
            Figure("the longest of them", max(seconds), "{:.1f} s", at_most=5),
            Figure("faults that differ from a full count", len(kept ^ anew), "{:.0f}", at_most=0),
            Figure("faults", len(kept), "{:.0f}"),
            Figure("full count", whole, "{:.1f} s", remark=f"waited for before the first publish: {first:.1f} s"),
        ],
        notes,
    )


def _until_current(store: Store) -> float:
    began = time.perf_counter()
    while True:
        with store.reading() as connection:
            if state_of_board(connection).is_current:
                return time.perf_counter() - began
        if time.perf_counter() - began > FIRST_COUNT_S:
            raise SystemExit("the worker does not count")
        time.sleep(0.05)


def _counted_anew(owner: Store) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]], float]:
    """Faults as they are kept and as counting all of them finds them, and how long that takes."""
    began = time.perf_counter()
    with owner.writing(WORKER) as connection:
        kept = {tuple(row) for row in connection.execute(KEPT)}
        connection.execute(text("UPDATE ops.faults_counted SET epoch = 0"))
        connection.execute(text("DELETE FROM ops.fault"))
        count_faults(connection)
        anew = {tuple(row) for row in connection.execute(KEPT)}
    taken = time.perf_counter() - began
    owner.close()
    return kept, anew, taken


if __name__ == "__main__":
    main(*numbers())

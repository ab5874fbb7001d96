"""How surely operations are told from the ground, on parcels of which it is known what became of them.

Usage: script/bench operations [OPERATIONS] [SEED] [--write]

A made-up town is published; then files without a word about operations bring what became of its parcels, each corner
some centimetres beside where it was: subdivisions with and without a strip for the street, amalgamations, boundaries
that move, lots joined and divided anew, cessions, and parcels that were only surveyed again. What the check sees is
held against the truth; nothing is kept.
"""

import os
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from bench.deployment import Deployment, filled_deployment
from bench.figures import Figure
from bench.report import machine, numbers, report
from bench.telling_operations import RIGHT, UNCERTAIN, WRONG, publish, told, verdicts
from bench.true_operations import Truth, town
from layers.core.profile import load_profile
from layers.core.registry import Registry
from layers.core.store import Store

DATA = "/var/tmp/gisserver-bench-operations"
PROFILE = Path(__file__).parent.parent / "profiles/izmir.toml"
PORT = "8411"


def main(operations: int = 1_000, seed: int = 1) -> None:
    """Measure and report."""
    made, profile, registry = town(operations, seed), load_profile(PROFILE), Registry.of_folder()

    def fill(running: Deployment) -> None:
        store = Store(running.urls.worker)
        publish(store, registry, profile, made)
        store.close()

    os.environ.setdefault("BENCH_PORT", PORT)
    with filled_deployment(Path(f"{DATA}-{operations}-{seed}"), fill) as running:
        store = Store(running.urls.worker)
        started = time.perf_counter()
        seen = told(store, registry, profile, made)
        taken = time.perf_counter() - started
        store.close()
        notes = [f"{len(made.published):,} parcels published, {len(made.sent):,} sent", *machine(running.urls.worker)]
    report(_figures(verdicts(made.truths, seen), taken), notes)


def _figures(found: Mapping[Truth, str], taken: float) -> list[Figure]:
    for truth, verdict in found.items():
        if verdict != RIGHT:
            print(f"{verdict}: {truth.kind} of {', '.join(sorted(truth.parents))}")
    counts, total = Counter(found.values()), len(found)
    by_kind = Counter(truth.kind for truth in found)
    right = Counter(truth.kind for truth, verdict in found.items() if verdict == RIGHT)
    return [
        Figure("told right", 100 * counts[RIGHT] / total, "{:.2f} %", at_least=99, remark=f"{total:,} operations"),
        Figure("wrong and sure", counts[WRONG], "{:.0f}", at_most=0),
        Figure("marked uncertain", counts[UNCERTAIN], "{:.0f}"),
        *(Figure(f"{kind}, right", right[kind], "{:.0f}", remark=f"of {n}") for kind, n in sorted(by_kind.items())),
        Figure("time for all files", taken, "{:.1f} s"),
    ]


if __name__ == "__main__":
    main(*numbers())

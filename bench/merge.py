"""How long a district's bundle takes to be joined with a pool that has moved on, and whether each conflict is found.

Usage: script/bench merge [PARCELS] [ROUNDS] [--write]

The file holds every parcel of the district that has about 80,000, with 300 edits; the pool gets 300 edits after the
file was taken. 20 parcels are edited on both sides, and not alike. At the end the pool's edits are undone. Before, the
district's bundle is written by `gis bundle`, and sent back as it came.
"""

import csv
import json
import statistics
import tempfile
from pathlib import Path

from sqlalchemy import create_engine

from bench.both_sides import EDITS, BothSides, both_sides, open_changeset
from bench.deployment import GIS, Deployment, deployment
from bench.figures import Figure
from bench.importing import DISTRICT, WANTED, Run, name_of, timed
from bench.report import machine, numbers, report
from importers.rules.both_sides_changed import RULE
from layers.core import review
from layers.core.registry import Registry
from layers.core.store import Actor, Store

DEPARTMENT = Actor("department")


def main(parcels: int = 2_000_000, rounds: int = 3) -> None:
    """Measure and report."""
    with tempfile.TemporaryDirectory(prefix="bench-merge-") as folder, deployment(parcels) as running:
        engine = create_engine(running.urls.owner)
        with engine.connect() as connection:
            district_id = connection.execute(DISTRICT, {"wanted": WANTED}).one().district_id
        written = _write_bundle(running, district_id, Path(folder) / "untouched.gpkg")
        world = both_sides(engine, district_id, Path(folder) / "bundle.gpkg")
        engine.dispose()
        store = Store(running.urls.web)
        changeset = _publish(store, district_id, world)
        try:
            seconds, found = [], set()
            for _ in range(rounds):
                taken, found = _check(running, world.file, district_id, Path(folder) / "report.csv")
                seconds.append(taken)
        finally:
            _undo(store, changeset)
            store.close()
        notes = [f"a pool of {parcels:,} sample parcels, {rounds} rounds", *machine(running.urls.worker)]
    report([*_figures(world, seconds, found), *written], notes)


def _figures(world: BothSides, seconds: list[float], found: set[str]) -> list[Figure]:
    size = f"{world.records:,} records, {EDITS} edits on each side"
    return [
        Figure("three-way check of a bundle", statistics.median(seconds), "{:.1f} s", at_most=20, remark=size),
        Figure("conflicts found", len(found), "{:.0f}", at_least=len(world.in_conflict)),
        Figure("conflicts missed", len(world.in_conflict - found), "{:.0f}", at_most=0),
        Figure("conflicts invented", len(found - world.in_conflict), "{:.0f}", at_most=0),
    ]


def _publish(store: Store, district_id: int, world: BothSides) -> int:
    with store.writing(DEPARTMENT) as connection:
        changeset = open_changeset(connection, district_id, world.pool_edits)
        review.publish_now(connection, Registry.of_folder(), DEPARTMENT, changeset)
    return changeset


def _undo(store: Store, changeset: int) -> None:
    registry = Registry.of_folder()
    with store.writing(DEPARTMENT) as connection:
        inverse = review.revert(connection, registry, DEPARTMENT, changeset)
        review.submit(connection, DEPARTMENT, inverse.id)
        review.accept(connection, DEPARTMENT, inverse.id)
        review.publish_now(connection, registry, DEPARTMENT, inverse.id)


def _write_bundle(running: Deployment, district_id: int, file: Path) -> tuple[Figure, Figure]:
    """How long it takes, and what becomes of it where nobody touches it."""
    name = name_of(running, district_id)
    written = timed([GIS, "bundle", name, "--output", file], running)
    counts = json.loads(_sent(running, name, file).said)["report"]["counts"]
    changes = sum(counts[kind] for kind in ("inserted", "updated", "retired", "refused"))
    size = f"{counts['records']:,} parcels, {file.stat().st_size / 1e6:,.0f} MB"
    return (
        Figure("bundle of the district", written.seconds, "{:.1f} s", at_most=30, remark=size),
        Figure("changes in it when it comes back untouched", changes, "{:.0f}", at_most=0),
    )


def _check(running: Deployment, file: Path, district_id: int, report: Path) -> tuple[float, set[str]]:
    """The seconds, and the refs of the conflicts."""
    done = _sent(running, name_of(running, district_id), file, "--report", report)
    print(json.dumps(json.loads(done.said)["report"]["merge"]), f"{done.seconds:.1f} s")
    with report.open(encoding="utf-8-sig", newline="") as lines:
        return done.seconds, {
            row["Ref"] for row in csv.DictReader(lines, delimiter=";") if row["Rule"] == RULE.title.en
        }


def _sent(running: Deployment, district: str, file: Path, *more: str | Path) -> Run:
    """A trial: everything that the worker does, and then nothing is kept."""
    whole = ["--layer", "parcels", "--district", district, "--whole-state", "--leave-out-refused"]
    return timed([GIS, "import", file, *whole, "--dry-run", "--json", "--language", "en", *more], running)


if __name__ == "__main__":
    main(*numbers())

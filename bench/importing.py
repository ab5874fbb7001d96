"""How long a district's whole-state file takes to be read, checked, compared and reported.

Usage: script/bench importing [PARCELS] [ROUNDS] [--write]

The file holds every parcel of the district that has about 80,000, with 200 edits. Beside it, in the same run, ogr2ogr
(Debian: gdal-bin) does nothing but load the same file into a table of the same database.
"""

import json
import resource
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

from bench.deployment import GIS, Deployment, deployment
from bench.edited_state import EDITS, write_edited_state
from bench.figures import Figure
from bench.report import machine, numbers, report

WANTED = 80_000
DISTRICT = text(
    "SELECT district_id, n FROM pool.counter WHERE layer_id = 'parcels' ORDER BY abs(n - :wanted), district_id LIMIT 1"
)
SCRATCH = "bench_scratch"


@dataclass(frozen=True)
class Run:
    """One program from its start to its end."""

    seconds: float
    said: str


def main(parcels: int = 2_000_000, rounds: int = 3) -> None:
    """Measure and report."""
    with tempfile.TemporaryDirectory(prefix="bench-importing-") as folder, deployment(parcels) as running:
        engine = create_engine(running.urls.owner)
        with engine.connect() as connection:
            district = connection.execute(DISTRICT, {"wanted": WANTED}).one()
        file = Path(folder) / "parcels.gpkg"
        records = write_edited_state(engine, district.district_id, file)
        engine.dispose()
        checks, loads = [], []
        for _ in range(rounds):
            checks.append(_check(running, file, district.district_id))
            loads.append(_load(running, file))
        peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        said = json.loads(checks[-1].said)["report"]
        print(json.dumps(said["counts"]), json.dumps(said["findings"]))
        notes = [f"a pool of {parcels:,} sample parcels, {rounds} rounds", *machine(running.urls.worker)]
    report(_figures(checks, loads, records, peak_mb), notes)


def _figures(checks: list[Run], loads: list[Run], records: int, peak_mb: float) -> list[Figure]:
    ratio = statistics.median(check.seconds / load.seconds for check, load in zip(checks, loads, strict=True))
    size = f"{records:,} records, {EDITS} edits"
    return [
        Figure("check of a whole state", _median(checks), "{:.1f} s", at_most=25, remark=size),
        Figure("the same against ogr2ogr loading the file", ratio, "{:.1f} ×", at_most=6),
        Figure("largest process", peak_mb, "{:,.0f} MB", at_most=1500),
        Figure("ogr2ogr", _median(loads), "{:.1f} s"),
    ]


def _median(runs: list[Run]) -> float:
    return statistics.median(run.seconds for run in runs)


def _check(running: Deployment, file: Path, district_id: int) -> Run:
    """A trial: everything that the worker does, and then nothing is kept."""
    name = name_of(running, district_id)
    words = [GIS, "import", file, "--layer", "parcels", "--district", name, "--whole-state", "--dry-run", "--json"]
    return timed([*words, "--leave-out-refused"], running)


def _load(running: Deployment, file: Path) -> Run:
    options = ["-overwrite", "-nln", SCRATCH, "-lco", "UNLOGGED=OFF", "--config", "PG_USE_COPY", "YES"]
    done = timed(["ogr2ogr", "-f", "PostgreSQL", f"PG:{running.urls.owner}", file, *options], running)
    engine = create_engine(running.urls.owner)
    with engine.begin() as connection:
        connection.execute(text(f"DROP TABLE {SCRATCH}"))
    engine.dispose()
    return done


def timed(words: list[str | Path], running: Deployment) -> Run:
    """Run a program against the deployment."""
    started = time.perf_counter()
    done = subprocess.run(words, env=dict(running.environment), stdout=subprocess.PIPE, text=True, check=True)
    return Run(time.perf_counter() - started, done.stdout)


def name_of(running: Deployment, district_id: int) -> str:
    """Of a district."""
    engine = create_engine(running.urls.owner)
    with engine.connect() as connection:
        name = connection.execute(
            text("SELECT name FROM pool.districts WHERE district_id = :district"), {"district": district_id}
        ).scalar_one()
    engine.dispose()
    return str(name)


if __name__ == "__main__":
    main(*numbers())

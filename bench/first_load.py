"""How long a metropolis takes to load its parcels for the first time, until those of the last district are published.

Usage: script/bench first_load [PARCELS] [AT_ONCE]

The files are what the districts of one sample pool would send; they are loaded into another that has hardly a parcel,
as many at a time as the machine has processors. Published means: the tiles are there as well.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sqlalchemy import create_engine, text

from bench.deployment import GIS, Deployment, deployment
from bench.edited_state import write_state
from bench.figures import Figure, table

FEW = 5_000
DISTRICTS = text(
    "SELECT d.district_id, d.name FROM pool.districts AS d "
    "JOIN pool.counter AS c ON c.district_id = d.district_id AND c.layer_id = 'parcels' ORDER BY c.n DESC"
)


def main(parcels: int = 2_000_000, at_once: int = os.cpu_count() or 1) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="bench-first-load-", dir="/var/tmp") as folder:
        Path(folder).chmod(0o755)  # the account that runs PostgreSQL passes through
        files, records = _files(parcels, Path(folder))
        with deployment(FEW, folder=Path(folder) / "pool") as running:
            started = time.perf_counter()
            with ThreadPoolExecutor(at_once) as threads:
                list(threads.map(lambda name: _load(running, name, files[name]), files))
            seconds = time.perf_counter() - started
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    remark = f"{records:,} parcels of {len(files)} districts, {at_once} at a time"
    print(
        table(
            [
                Figure("first load, checked and published", seconds / 60, "{:.1f} min", at_most=15, remark=remark),
                Figure("largest process", peak_mb, "{:,.0f} MB", at_most=1500),
            ]
        )
    )


def _files(parcels: int, folder: Path) -> tuple[Mapping[str, Path], int]:
    """By name of the district, the largest first."""
    files, records = {}, 0
    with deployment(parcels) as full:
        engine = create_engine(full.urls.owner)
        with engine.connect() as connection:
            districts = connection.execute(DISTRICTS).all()
        for district in districts:
            files[district.name] = folder / f"{district.district_id}.gpkg"
            records += write_state(engine, district.district_id, files[district.name])
        engine.dispose()
    return files, records


def _load(running: Deployment, district: str, file: Path) -> None:
    words = [GIS, "import", file, "--layer", "parcels", "--district", district, "--whole-state", "--publish"]
    subprocess.run(
        [*words, "--leave-out-refused"], env=dict(running.environment), stdout=subprocess.DEVNULL, check=True
    )


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))

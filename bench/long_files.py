"""Whether the check of a file takes five times as long for five times the records, one of them a giant.

Usage: script/bench long_files [RECORDS]

The files hold new parcels side by side on the ground of the largest district, and among them a band of 100,000
corners, as roads are drawn that nobody has cut.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import geopandas
import numpy as np
import shapely
from sqlalchemy import create_engine, text

from bench.deployment import GIS, Deployment, deployment
from bench.figures import Figure, table

TIMES = 5
WIDTH_M, DEPTH_M = 8.0, 12.0
IN_A_BLOCK = 1_000
GIANT_CORNERS = 100_000
PLACE = text(
    "SELECT name, ST_X(middle) AS x, ST_Y(middle) AS y, ST_SRID(geom) AS srid "
    "FROM pool.districts, LATERAL (SELECT ST_PointOnSurface(geom) AS middle) AS m ORDER BY ST_Area(geom) DESC LIMIT 1"
)


def main(records: int = 500_000) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="bench-long-files-") as folder, deployment(5_000) as running:
        engine = create_engine(running.urls.owner)
        with engine.connect() as connection:
            place = connection.execute(PLACE).one()
        engine.dispose()
        seconds = {}
        for count in (records // TIMES, records):
            file = Path(folder) / f"{count}.gpkg"
            parcels(count, place.x, place.y, place.srid).to_file(file, layer="parseller", driver="GPKG")
            seconds[count] = _check(running, file, place.name)
        peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(table(_figures(seconds, peak_mb)))


def parcels(count: int, x: float, y: float, srid: int) -> geopandas.GeoDataFrame:
    """A square field of parcels around a place, without a street between them, and the giant south of it."""
    columns = int(np.sqrt(count * DEPTH_M / WIDTH_M))
    number = np.arange(count)
    west = x + (number % columns - columns / 2) * WIDTH_M
    south = y + (number // columns - count / columns / 2) * DEPTH_M
    shapes = [*shapely.box(west, south, west + WIDTH_M, south + DEPTH_M), _giant(west.min(), south.min())]
    number = np.arange(count + 1)
    return geopandas.GeoDataFrame(
        {
            "ADA": (number // IN_A_BLOCK + 900_000).astype(str),
            "PARSEL": (number % IN_A_BLOCK + 1).astype(str),
            "TAPU_ALANI": shapely.area(shapes).round(2),
        },
        geometry=shapes,
        crs=srid,
    )


def _giant(west: float, north: float) -> shapely.Polygon:
    """A band of 10 m that winds from west to east."""
    along = west + np.arange(GIANT_CORNERS // 2) * 0.1
    middle = north - 50 + 5 * np.sin(along)
    upper, lower = np.stack([along, middle + 5], axis=1), np.stack([along, middle - 5], axis=1)
    return shapely.Polygon(np.concatenate([upper, lower[::-1]]))


def _check(running: Deployment, file: Path, district: str) -> float:
    words = [GIS, "import", file, "--layer", "parcels", "--district", district, "--dry-run", "--json"]
    started = time.perf_counter()
    done = subprocess.run(
        [*words, "--leave-out-refused"], env=dict(running.environment), stdout=subprocess.PIPE, text=True, check=True
    )
    report = json.loads(done.stdout)["report"]
    print(json.dumps(report["counts"]), json.dumps(report["findings"]))
    return time.perf_counter() - started


def _figures(seconds: dict[int, float], peak_mb: float) -> list[Figure]:
    (few, short), (many, long) = sorted(seconds.items())
    return [
        Figure(f"check of {few:,} records", short, "{:.1f} s"),
        Figure(f"check of {many:,} records", long, "{:.1f} s"),
        Figure(f"a record of {many:,} against one of {few:,}", long / short * few / many, "{:.2f} ×", at_most=1.1),
        Figure("largest process", peak_mb, "{:,.0f} MB", at_most=1500),
    ]


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))

"""How long an A0 sheet 1:1,000 of the densest square kilometre takes, how large it is, and how true its scale.

Usage: script/bench print [PARCELS] [--write]

Drawn as the worker's process does it, from the start of the process to the last byte; the scale is measured in the PDF:
a line of 500 m that somebody has drawn, found again by its colour.
"""

import io
import json
import os
import re
import subprocess
import sys
import uuid
from time import perf_counter

import pypdf
from pyproj import Transformer
from sqlalchemy import text

from bench.deployment import deployment
from bench.figures import Figure
from bench.report import machine, numbers, report
from gisserver.prints.order import Order, Place, Wish
from gisserver.prints.paper import POINTS_PER_MM
from gisserver.settings import Settings
from layers.core.print_jobs import printed
from layers.core.profile import load_profile
from layers.core.registry import Registry
from layers.core.store import WORKER, Connection, Store

SCALE = 1000
METRES = 500.0
COLOR = "#123456"
DENSEST = text(
    "SELECT 1000 * floor(ST_X(c) / 1000) + 500 AS east, 1000 * floor(ST_Y(c) / 1000) + 500 AS north, count(*) AS n "
    "FROM (SELECT ST_Centroid(Box2D(geom)::geometry) AS c FROM pool.parcels) AS parcels GROUP BY 1, 2 "
    "ORDER BY 3 DESC, 1, 2 LIMIT 1"
)
ADD = text("INSERT INTO ops.print (ordered) VALUES (CAST(:ordered AS jsonb)) RETURNING id")


def main(parcels: int = 2_000_000) -> None:
    """Measure and report."""
    with deployment(parcels) as running:
        profile = load_profile(Settings.load(running.environment).profile_path)
        store = Store(running.urls.worker)
        with store.writing(WORKER) as connection:
            east, north, count = connection.execute(DENSEST).one()
            order = _order(float(east), float(north), profile.storage_srid)
            print_id = connection.execute(ADD, {"ordered": order.words}).scalar_one()
        started = perf_counter()
        command = [sys.executable, "-m", "gisserver.print_map", str(print_id)]
        subprocess.run(command, env={**os.environ, **running.environment}, check=True)
        seconds = perf_counter() - started
        with store.reading(WORKER) as connection:
            document = _printed(connection, print_id)
        store.close()
        notes = [f"a pool of {parcels:,} sample parcels", *machine(running.urls.worker)]
    remark = f"{count:,} parcels in the square kilometre, {len(order.layers)} layers"
    off = 100 * abs(_measured_mm(document) / (METRES * 1000 / SCALE) - 1)
    report(
        [
            Figure("A0 1:1,000 of the densest centre", seconds, "{:.1f} s", at_most=10, remark=remark),
            Figure("its file", len(document) / 1e6, "{:.1f} MB", at_most=20),
            Figure("its scale, measured in the PDF", off, "{:.4f} % off", at_most=0.1),
        ],
        notes,
    )


def _order(east: float, north: float, srid: int) -> Order:
    to_degrees = Transformer.from_crs(srid, 4326, always_xy=True)
    ends = [to_degrees.transform(east + side * METRES / 2, north) for side in (-1, 1)]
    line = {"geometry": {"type": "LineString", "coordinates": ends}, "properties": {"stroke": COLOR}}
    return Order(
        paper="A0",
        is_landscape=True,
        format="pdf",
        dots_per_inch=150,
        places=(Place(east, north, SCALE),),
        layers=tuple(Wish(layer.id) for layer in Registry.of_folder().public),
        title="A0",
        note="",
        author="",
        language="tr",
        has_grid=True,
        has_legend=True,
        drawings=json.loads(json.dumps({"features": [line]})),
        as_of=None,
        link="http://localhost/map",
        role="anonymous",
        district_id=None,
        account_id=None,
    )


def _printed(connection: Connection, print_id: uuid.UUID) -> bytes:
    made = printed(connection, print_id)
    if made is None:
        raise RuntimeError("The print has failed; its note says why.")
    return made[1]


def _measured_mm(document: bytes) -> float:
    page = pypdf.PdfReader(io.BytesIO(document)).pages[0]
    drawn = page.get_contents().get_data().decode("latin-1")
    red, green, blue = (int(COLOR[at : at + 2], 16) / 255 for at in (1, 3, 5))
    for found in re.finditer(r"([\d.]+) ([\d.]+) ([\d.]+) RG", drawn):
        if all(abs(float(a) - b) < 0.001 for a, b in zip(found.groups(), (red, green, blue), strict=True)):
            steps = re.findall(r"(-?[\d.]+) (-?[\d.]+) [ml]", drawn[found.end() : found.end() + 400])
            (x0, y0), (x1, y1) = ((float(x), float(y)) for x, y in steps[:2])
            return float(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5) / POINTS_PER_MM
    raise RuntimeError("The line of 500 m is not in the PDF.")


if __name__ == "__main__":
    main(*numbers())

"""Drawing all tiles of one level, against martin-cp."""

import json
import subprocess
import time

from sqlalchemy import text

from bench.deployment import GIS, Deployment
from bench.figures import Figure
from bench.peers import Martin
from layers.core.layer import Layer
from layers.core.store import Store

JOBS = 2
EMPTY_LEVEL = text("DELETE FROM tiles.tile WHERE layer_id = :layer AND z = :zoom")
DRAWN = text("SELECT count(*) FROM tiles.tile WHERE layer_id = :layer AND z = :zoom AND body <> ''")


def measure(running: Deployment, layer: Layer, martin: Martin | None) -> list[Figure]:
    """The first zoom of own shapes: there both draw the same, without label points."""
    zoom = layer.zooms.start
    store = Store(running.urls.owner)
    with store.engine.connect() as connection:
        expected = connection.execute(DRAWN, {"layer": layer.id, "zoom": zoom}).scalar_one()
    copied = None if martin is None else martin.copy(zoom, JOBS)
    with store.engine.begin() as connection:
        connection.execute(EMPTY_LEVEL, {"layer": layer.id, "zoom": zoom})
    started = time.perf_counter()
    command = [GIS, "tiles", "seed", "--layer", layer.id, "--zoom", str(zoom), "--jobs", str(JOBS), "--json"]
    said = subprocess.run(command, env=running.environment, check=True, capture_output=True).stdout
    seconds = time.perf_counter() - started
    with store.engine.connect() as connection:
        drawn = connection.execute(DRAWN, {"layer": layer.id, "zoom": zoom}).scalar_one()
    store.close()
    if drawn != expected or json.loads(said)["drawn"] < drawn:
        raise SystemExit(f"Seeding drew {drawn} tiles of z{zoom} where there were {expected}.")
    ours = Figure(f"seeding z{zoom}", drawn / seconds, "{:.1f} tiles/s", remark=f"{drawn} tiles in {seconds:.0f} s")
    if copied is None:
        return [ours]
    theirs = copied.tiles / copied.seconds
    remark = f"{copied.tiles} tiles in {copied.seconds:.0f} s"
    return [
        Figure(f"seeding z{zoom} against martin-cp", ours.value / theirs, "{:.2f} ×", at_least=1.0),
        ours,
        Figure(f"martin-cp z{zoom}", theirs, "{:.1f} tiles/s", remark=remark),
    ]

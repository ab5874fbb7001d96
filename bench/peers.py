"""Martin over the same table with the same columns: as a server, and copying a level into a file."""

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url, text

from bench.deployment import wait_for
from layers.core.layer import Layer
from layers.core.store import WORKER, Store

HOW_TO_BUILD = (
    "Martin is not on PATH, nor in MARTIN_HOME/bin. Build it: "
    "cargo install martin --locked --version 1.14.0 --no-default-features --features postgres,mbtiles,pmtiles"
)
CONFIGURATION = """
postgres:
  connection_string: "postgresql://{user}@localhost/{database}?host={socket}&port={port}"
  auto_publish: false
  tables:
    {layer}:
      schema: pool
      table: {layer}
      layer_id: {layer}
      srid: {srid}
      geometry_column: geom
      geometry_type: GEOMETRY
      id_column: id
      extent: 4096
      buffer: 64
      clip_geom: true
      minzoom: {minzoom}
      maxzoom: {maxzoom}
      properties: {{{properties}}}
"""
STORAGE_SRID = text("SELECT storage_srid FROM ops.profile")
COLUMNS = text(
    "SELECT attname AS name, atttypid::regtype::text AS type FROM pg_attribute "
    "WHERE attrelid = CAST(:table AS regclass) AND attname = ANY(:names)"
)
EXTENT = text(
    "SELECT ST_XMin(box) AS west, ST_YMin(box) AS south, ST_XMax(box) AS east, ST_YMax(box) AS north FROM "
    "(SELECT ST_Transform(ST_SetSRID(ST_Expand(ST_Extent(ST_TileEnvelope(z, x, y))::geometry, -1), 3857), 4326) AS box "
    " FROM tiles.tile WHERE layer_id = :layer AND z = :zoom AND body <> '') AS occupied"
)


@dataclass(frozen=True)
class Copied:
    """What martin-cp did."""

    tiles: int
    seconds: float


@dataclass(frozen=True)
class Martin:
    """The programs and a configuration for one layer of the pool."""

    folder: Path
    configuration: Path
    layer: Layer
    url: str

    @classmethod
    def of_layer(cls, layer: Layer, url: str, folder: Path) -> "Martin":
        """Own shapes of a layer, read by the role of the address."""
        store = Store(url)
        with store.reading(WORKER) as connection:
            srid = connection.execute(STORAGE_SRID).scalar_one()
            columns = connection.execute(COLUMNS, {"table": f"pool.{layer.id}", "names": list(layer.tile_fields)}).all()
        store.close()
        parts = make_url(url)
        configuration = folder / "martin.yaml"
        configuration.write_text(
            CONFIGURATION.format(
                user=parts.username,
                database=parts.database,
                socket=parts.query["host"],
                port=parts.query["port"],
                layer=layer.id,
                srid=srid,
                minzoom=layer.zooms.start,
                maxzoom=layer.zooms.stop - 1,
                properties=", ".join(f"{column.name}: {column.type}" for column in columns),
            )
        )
        return cls(_programs(), configuration, layer, url)

    @property
    def version(self) -> str:
        """As it says itself."""
        said = subprocess.run([self.folder / "martin", "--version"], check=True, capture_output=True, text=True)
        return said.stdout.strip()

    @contextmanager
    def serving(self, port: int, cache_mb: int) -> Iterator[str]:
        """The server, with all its workers."""
        address = f"127.0.0.1:{port}"
        options = ["--config", self.configuration, "--listen-addresses", address, "--cache-size", str(cache_mb)]
        process = subprocess.Popen(
            [self.folder / "martin", *options], env={**os.environ, "RUST_LOG": "error"}, stdout=subprocess.DEVNULL
        )
        try:
            wait_for(f"http://{address}/health")
            yield f"http://{address}"
        finally:
            process.terminate()
            process.wait()

    def copy(self, zoom: int, jobs: int) -> Copied:
        """One level into an MBTiles file, in the box that holds every tile with something in it."""
        store = Store(self.url)
        with store.reading(WORKER) as connection:
            box = connection.execute(EXTENT, {"layer": self.layer.id, "zoom": zoom}).one()
        store.close()
        file = self.configuration.with_name("copied.mbtiles")
        options = {
            "--config": self.configuration,
            "--source": self.layer.id,
            "--output-file": file,
            "--mbtiles-type": "flat",
            "--concurrency": jobs,
            "--zoom-levels": zoom,
            "--bbox": f"{box.west},{box.south},{box.east},{box.north}",
        }
        words = [str(word) for option in options.items() for word in option]
        started = time.perf_counter()
        subprocess.run(
            [self.folder / "martin-cp", *words, "--skip-agg-tiles-hash"],
            env={**os.environ, "RUST_LOG": "error"},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        seconds = time.perf_counter() - started
        copied = sqlite3.connect(file)
        (tiles,) = copied.execute("SELECT count(*) FROM tiles WHERE length(tile_data) > 30").fetchone()
        copied.close()
        return Copied(tiles, seconds)


def _programs() -> Path:
    home = os.environ.get("MARTIN_HOME")
    found = Path(home, "bin", "martin") if home else Path(shutil.which("martin") or "")
    if not found.is_file():
        raise SystemExit(HOW_TO_BUILD)
    return found.parent

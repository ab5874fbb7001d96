"""How fast one web process serves tiles, against nginx with the same bytes as files.

Usage: script/bench serving [PARCELS] [ROUNDS]

Needs wrk and nginx (Debian: wrk, nginx-light). Each round asks everyone in turn, so that what else happens on the
machine happens to all; the table shows medians of the rounds. The CPU time is that of the server's processes.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from bench.deployment import deployment
from bench.processes import cpu_seconds, family_of, listener, resident_mb
from layers.core.store import WORKER, Store

CONNECTIONS = 16
SECONDS = 4
MOST_TILES = 20_000
ZOOMS = (16, 14)
NGINX_PORT = 8398
SCRIPT = Path(__file__).with_name("random_walk.lua")

TILES = text(
    "SELECT z, x, y, epoch, body FROM tiles.tile WHERE layer_id = 'parcels' AND z = :z AND body <> '' "
    "ORDER BY x, y LIMIT :most"
)
NGINX = """
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error;
daemon off;
{user}
events {{ worker_connections 512; }}
http {{
    access_log off;
    sendfile off;  # for small files faster than sendfile
    keepalive_requests 1000000000;
    open_file_cache max=50000 inactive=600s;
    open_file_cache_valid 600s;
    types {{ application/vnd.mapbox-vector-tile mvt; }}
    server {{
        listen 127.0.0.1:{port};
        root {folder}/files;
        gzip_static always;
        default_type application/vnd.mapbox-vector-tile;
        add_header Cache-Control "public, max-age=31536000, immutable";
        add_header Access-Control-Allow-Origin "*";
        add_header Vary Accept-Encoding;
        add_header X-Content-Type-Options nosniff;
    }}
}}
"""


@dataclass(frozen=True)
class Rate:
    """One look at one server."""

    per_second: float
    cpu_microseconds: float


@dataclass(frozen=True)
class Rival:
    """A server and the addresses to ask it for."""

    name: str
    address: str
    zoom: int
    addresses: Path

    def measure(self) -> Rate:
        """Ask it for some seconds."""
        process = listener(self.address)
        before = cpu_seconds(family_of(process))
        said = subprocess.run(
            ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", SCRIPT, self.address],
            env={**os.environ, "ADDRESSES": str(self.addresses)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        if "Non-2xx" in said or "Socket errors" in said:
            raise SystemExit(f"{self.name} refused requests:\n{said}")
        requests = int(re.search(r"(\d+) requests in", said)[1])
        cpu = cpu_seconds(family_of(process)) - before
        return Rate(float(re.search(r"Requests/sec: +([\d.]+)", said)[1]), 1e6 * cpu / requests)


def main(parcels: int = 60_000, rounds: int = 7) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="bench-serving-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with deployment(parcels) as running:
            addresses = {zoom: _lay_out(running.urls.web, folder, zoom) for zoom in ZOOMS}
            with _nginx(folder) as files:
                rivals = [
                    Rival(name, address, zoom, addresses[zoom])
                    for zoom in ZOOMS
                    for name, address in (("memory hit", running.address), ("nginx gzip_static", files))
                ]
                _warm(running.address, addresses)
                rates = _in_turn(rivals, rounds)
                size = resident_mb(family_of(listener(running.address)))
        os.environ["GIS_TILE_CACHE_MB"] = "0"
        with deployment(parcels) as running:
            reads = [Rival("row read", running.address, zoom, addresses[zoom]) for zoom in ZOOMS]
            rates |= _in_turn(reads, rounds)
    _print(rates)
    print(f"\nThe web process held {size:.0f} MB. {parcels} parcels, {CONNECTIONS} connections, {rounds} rounds.")


def _lay_out(url: str, folder: Path, zoom: int) -> Path:
    """The tiles as files for nginx, and the list of their addresses."""
    store = Store(url)
    with store.reading(WORKER) as connection:
        newest = connection.execute(text("SELECT pool.current_epoch()")).scalar_one()
        rows = connection.execute(TILES, {"z": zoom, "most": MOST_TILES}).all()
    store.close()
    listed = folder / f"z{zoom}.txt"
    paths = [f"/tiles/parcels/{row.z}/{row.x}/{row.y}" for row in rows]
    listed.write_text("".join(f"{path}?v={newest}\n" for path in paths))
    for path, row in zip(paths, rows, strict=True):
        file = folder / "files" / f"{path[1:]}.gz"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(row.body)
    sizes = [len(row.body) for row in rows]
    print(f"z{zoom}: {len(rows)} tiles, {statistics.mean(sizes):.0f} bytes on average, {max(sizes)} at most")
    return listed


@contextmanager
def _nginx(folder: Path) -> Iterator[str]:
    configuration = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    configuration.write_text(NGINX.format(folder=folder, port=NGINX_PORT, user=user))
    process = subprocess.Popen(["nginx", "-c", configuration])
    try:
        yield f"http://127.0.0.1:{NGINX_PORT}"
    finally:
        process.terminate()
        process.wait()


def _warm(address: str, addresses: dict[int, Path]) -> None:
    for listed in addresses.values():
        for path in listed.read_text().split():
            request = urllib.request.Request(f"{address}{path}", headers={"Accept-Encoding": "gzip"})
            urllib.request.urlopen(request).read()


def _in_turn(rivals: list[Rival], rounds: int) -> dict[Rival, list[Rate]]:
    rates: dict[Rival, list[Rate]] = {rival: [] for rival in rivals}
    for _ in range(rounds):
        for rival in rivals:
            rates[rival].append(rival.measure())
    return rates


def _print(rates: dict[Rival, list[Rate]]) -> None:
    limits = {rival.zoom: measured for rival, measured in rates.items() if rival.name.startswith("nginx")}
    print(f"\n{'':<20}{'zoom':>5}{'requests/s':>12}{'CPU µs each':>13}{'× nginx':>9}{'× nginx by CPU':>16}")
    for rival, measured in sorted(rates.items(), key=lambda entry: (-entry[0].zoom, entry[0].name)):
        limit = limits[rival.zoom]
        by_rate = statistics.median(a.per_second / b.per_second for a, b in zip(measured, limit, strict=True))
        by_cpu = statistics.median(
            b.cpu_microseconds / a.cpu_microseconds for a, b in zip(measured, limit, strict=True)
        )
        per_second = statistics.median(rate.per_second for rate in measured)
        each = statistics.median(rate.cpu_microseconds for rate in measured)
        print(f"{rival.name:<20}{rival.zoom:>5}{per_second:>12,.0f}{each:>13.1f}{by_rate:>9.2f}{by_cpu:>16.2f}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))

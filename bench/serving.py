"""How fast one web process serves tiles, against nginx with the same bytes as files.

Usage: script/bench serving [PARCELS] [ROUNDS]

Needs wrk and nginx (Debian: wrk, nginx-light). Each round asks everyone in turn, so that what else happens on the
machine happens to all; the table shows medians of the rounds. The CPU time is that of the server's processes.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

from bench.deployment import deployment
from bench.processes import family_of, listener, resident_mb
from bench.rivals import CONNECTIONS, Rate, Rival, in_turn, times, warm
from bench.static_files import lay_out, nginx

ZOOMS = (16, 14)


def main(parcels: int = 60_000, rounds: int = 7) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="bench-serving-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with deployment(parcels) as running:
            addresses = {zoom: lay_out(running.urls.web, folder, zoom) for zoom in ZOOMS}
            with nginx(folder) as files:
                rivals = [
                    Rival(name, address, zoom, addresses[zoom])
                    for zoom in ZOOMS
                    for name, address in (("memory hit", running.address), ("nginx gzip_static", files))
                ]
                for listed in addresses.values():
                    warm(running.address, listed)
                rates = in_turn(rivals, rounds)
                size = resident_mb(family_of(listener(running.address)))
        os.environ["GIS_TILE_CACHE_MB"] = "0"
        with deployment(parcels) as running:
            reads = [Rival("row read", running.address, zoom, addresses[zoom]) for zoom in ZOOMS]
            rates |= in_turn(reads, rounds)
    _print(rates)
    print(f"\nThe web process held {size:.0f} MB. {parcels} parcels, {CONNECTIONS} connections, {rounds} rounds.")


def _print(rates: dict[Rival, list[Rate]]) -> None:
    limits = {rival.zoom: measured for rival, measured in rates.items() if rival.name.startswith("nginx")}
    print(f"\n{'':<20}{'zoom':>5}{'requests/s':>12}{'CPU µs each':>13}{'× nginx':>9}{'× nginx by CPU':>16}")
    for rival, measured in sorted(rates.items(), key=lambda entry: (-entry[0].zoom, entry[0].name)):
        limit = limits[rival.zoom]
        by_rate = times(measured, limit)
        by_cpu = statistics.median(
            b.cpu_microseconds / a.cpu_microseconds for a, b in zip(measured, limit, strict=True)
        )
        per_second = statistics.median(rate.per_second for rate in measured)
        each = statistics.median(rate.cpu_microseconds for rate in measured)
        print(f"{rival.name:<20}{rival.zoom:>5}{per_second:>12,.0f}{each:>13.1f}{by_rate:>9.2f}{by_cpu:>16.2f}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))

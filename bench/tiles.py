"""How fast tiles are answered, drawn and published, beside nginx and Martin, and whether one is ever stale.

Usage: script/bench tiles [PARCELS] [ROUNDS] [--peers] [--write] [--hammer-seconds N]

Figures of one run belong together: in each round everybody is asked in turn over 16 connections for tiles chosen at
random, with the headers of a browser; `×` are medians of the rounds' ratios. Do not compare them with figures of
another machine.

nginx has one worker process, the service one web process. Martin serves `pool.parcels` with the same columns, extent
and buffer, with all its workers. The raw render is the SQL that draws a tile, uncompressed, over one connection.
Seeding is timed with everything it does: finding the occupied tiles, drawing, compressing, storing. Which tiles the
hammer calls stale or mixed is told in `bench/hammer.py`.

Needs wrk and nginx (Debian: wrk, nginx-light), with --peers also Martin. The pool is made at the first run and kept;
BENCH_DATA names its folder.
"""

import argparse
import subprocess
import tempfile
from pathlib import Path

from sqlalchemy import text

from bench import rates, seeding, sizes, under_load
from bench.deployment import Deployment, another_web, deployment
from bench.figures import Figure, table
from bench.hammer import SECOND_PORT, hammer, in_words
from bench.peers import Martin
from bench.report import machine, report
from layers.core.registry import Registry
from layers.core.store import WORKER, Store

PARCELS = text("SELECT count(*) FROM pool.parcels")


def main() -> None:
    """Measure all parts, one after another; report."""
    wish = _wish()
    with tempfile.TemporaryDirectory(prefix="bench-tiles-") as name, deployment(wish.parcels) as running:
        folder = Path(name)
        folder.chmod(0o755)
        report(*_measure(running, folder, wish))


def _measure(running: Deployment, folder: Path, wish: argparse.Namespace) -> tuple[list[Figure], list[str]]:
    url, layer = running.urls.worker, Registry.of_folder()["parcels"]
    martin = Martin.of_layer(layer, running.urls.owner, folder) if wish.peers else None
    notes = [_pool(url), *machine(url, _nginx(), *([martin.version] if martin else []))]
    figures, said = rates.measure(running, martin, folder, wish.rounds, wish.seconds)
    notes += said
    _say("raw render")
    figures += [rates.raw_render(url, layer, folder / f"z{zoom}.txt", zoom) for zoom in rates.MOST]
    _say("reads while publishes go on")
    figures += under_load.measure(running, folder, wish.load_seconds)
    _say("seeding")
    figures += seeding.measure(running, layer, martin)
    _say("sizes")
    figures += [*sizes.of_tiles(url), *sizes.of_blocks(url)]
    print(table(figures))
    _say("hammer")
    with another_web(running, SECOND_PORT) as second:
        known = hammer(running, second, wish.hammer_seconds)
    print(in_words(known))
    remark = f"{known.reads:,} reads, {known.publishes} publishes, {known.checks:,} bodies compared"
    wrong = len(known.stale) + len(known.mixed)
    figures.append(Figure(f"stale or mixed tiles in {wish.hammer_seconds} s", wrong, "{:.0f}", None, 0, remark))
    figures.append(sizes.of_web_process(running, folder))
    return figures, notes


def _wish() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/bench tiles", description=__doc__)
    parser.add_argument("parcels", type=int, nargs="?", default=2_000_000)
    parser.add_argument("rounds", type=int, nargs="?", default=5)
    parser.add_argument("--peers", action="store_true", help="ask Martin too")
    parser.add_argument("--write", action="store_true", help="write the page of the docs")
    parser.add_argument("--seconds", type=int, default=3, help="that each server is asked in a round")
    parser.add_argument("--load-seconds", type=int, default=30, help="of reads at rest, and while publishes go on")
    parser.add_argument("--hammer-seconds", type=int, default=300)
    return parser.parse_args()


def _nginx() -> str:
    said = subprocess.run(["nginx", "-v"], check=True, capture_output=True, text=True).stderr
    return said.strip().rpartition("version: ")[2]


def _pool(url: str) -> str:
    store = Store(url)
    with store.reading(WORKER) as connection:
        parcels = connection.execute(PARCELS).scalar_one()
    store.close()
    return f"{parcels:,} sample parcels"


def _say(part: str) -> None:
    print(f"… {part}", flush=True)


if __name__ == "__main__":
    main()

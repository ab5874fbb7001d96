"""How late the latest reads are while 50 parcels are published each second, and how long those publishes take."""

import statistics
import threading
import time
from pathlib import Path

from sqlalchemy import text

from bench.deployment import Deployment
from bench.figures import Figure
from bench.publishing import AT_ONCE, Prepared, Timed, prepare, publish
from bench.rivals import Rate, Rival, warm
from layers.core.epochs import current_epoch
from layers.core.registry import Registry
from layers.core.store import WORKER, Store

TILES = text(
    "SELECT z, x, y FROM (SELECT z, x, y, row_number() OVER (PARTITION BY z ORDER BY hashint8(x * 65536::bigint + y)) "
    "AS place FROM tiles.tile WHERE layer_id = 'parcels' AND z BETWEEN 14 AND 16 AND body <> '') AS numbered "
    "WHERE place <= 1500 ORDER BY z, x, y"
)


def measure(running: Deployment, folder: Path, seconds: int) -> list[Figure]:
    """p99 of reads at rest and during publishes, and the publishes' own seconds."""
    store = Store(running.urls.web)
    listed = folder / "walk.txt"
    with store.reading(WORKER) as connection:
        rows = connection.execute(TILES).all()
        newest = current_epoch(connection)
    listed.write_text("".join(f"/tiles/parcels/{row.z}/{row.x}/{row.y}?v={newest}\n" for row in rows))
    walk = Rival("reads", running.address, 0, listed)
    warm(running.address, listed)
    at_rest = walk.measure(seconds)
    timed, meanwhile = _while_publishing(store, walk, _prepared(store, newest, seconds), seconds)
    store.close()
    return _figures(at_rest, meanwhile, timed)


def _prepared(store: Store, first: int, count: int) -> list[Prepared]:
    """All beforehand, so that only publishing happens while reads are timed."""
    taken: list[str] = []
    found = []
    for number in range(count):
        found.append(prepare(store, first + number, taken))
        taken += [str(parcel.uid) for parcel in found[-1].parcels]
    return found


def _while_publishing(store: Store, walk: Rival, prepared: list[Prepared], seconds: int) -> tuple[list[Timed], Rate]:
    timed: list[Timed] = []
    registry = Registry.of_folder()

    def publish_each_second() -> None:
        began = time.monotonic()
        for number, one in enumerate(prepared):
            time.sleep(max(0.0, began + number - time.monotonic()))
            timed.append(publish(store, registry, one))

    publisher = threading.Thread(target=publish_each_second)
    publisher.start()
    rate = walk.measure(seconds)
    publisher.join()
    if len(timed) < len(prepared):
        raise SystemExit("A publish failed while reads went on.")
    return timed, rate


def _figures(at_rest: Rate, meanwhile: Rate, timed: list[Timed]) -> list[Figure]:
    spent = sorted(one.seconds for one in timed)
    tiles = statistics.median(one.published.tiles for one in timed)
    name = f"publish of {AT_ONCE} parcels while reads go on"
    latest, each = "{:.2f} ms", "{:,.0f} a second"
    return [
        Figure("p99 of reads during publishes against at rest", meanwhile.p99_ms / at_rest.p99_ms, "{:.2f} ×", None, 3),
        Figure(
            f"{name}, p95",
            statistics.quantiles(spent, n=20, method="inclusive")[-1],
            "{:.2f} s",
            None,
            1,
            f"{tiles:.0f} tiles each",
        ),
        Figure(f"{name}, median", statistics.median(spent), "{:.2f} s"),
        Figure(f"{name}, largest", spent[-1], "{:.2f} s"),
        Figure("p99 of reads at rest", at_rest.p99_ms, latest, remark=each.format(at_rest.per_second)),
        Figure("p99 of reads during publishes", meanwhile.p99_ms, latest, remark=each.format(meanwhile.per_second)),
    ]

"""What a page, a tile and a feature as of a day of the past cost beside those of today.

Usage: script/bench as_of [PARCELS] [HISTORY ROWS] [ROUNDS] [--write]

The pool is one of its own. At the first run districts publish in turn what makes so many superseded versions of
parcels: runs of neighbours get another land use, which no tile shows, so none is drawn. Every state between two of
these publishes is asked for in turn, beside today's. A page has 1,000 features.
"""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import text

from bench.deployment import Deployment, deployment
from bench.features import asking, in_turn, ratio
from bench.figures import Figure
from bench.report import machine, numbers, report
from bench.superseding import DEPARTMENT, TITLE, supersede
from layers.core.store import Connection, Store
from layers.core.tiles.address import tile_at

PAGE = 1_000
TILE_ZOOM = 16
PUBLISHES = 30
ITEMS = "/api/collections/parcels/items"
KEPT = text("SELECT count(*) FROM history.parcels")
DISTRICTS = text(
    "SELECT district_id, n FROM pool.counter WHERE layer_id = 'parcels' AND n > 0 ORDER BY n DESC, district_id"
)
MADE = text(
    "SELECT (SELECT max(epoch) FROM pool.epoch AS before WHERE before.epoch < made.epoch) FROM pool.epoch AS made "
    "JOIN inbox.changeset AS s ON s.id = made.changeset_id WHERE s.title = :title ORDER BY 1"
)
"""The states before each of these publishes."""
SUPERSEDED = text(
    "WITH one AS (SELECT uid, geom FROM history.parcels ORDER BY epoch_to, id OFFSET :skip LIMIT 1), "
    "near AS (SELECT p.geom FROM pool.parcels p, one ORDER BY p.geom <-> one.geom LIMIT :hits) "
    "SELECT one.uid, ST_X(c) AS lon, ST_Y(c) AS lat, "
    "(SELECT ST_Extent(ST_Transform(geom, 4326))::text FROM near) AS box "
    "FROM one, LATERAL (SELECT ST_Transform(ST_PointOnSurface(geom), 4326) AS c) AS middle"
)


@dataclass(frozen=True)
class Past:
    """States of the pool that are over, and a parcel that was different in some of them."""

    rows: int
    epochs: tuple[int, ...]
    uid: str
    lon: float
    lat: float
    box: str
    """Around that parcel, in degrees."""


def main(parcels: int = 2_000_000, rows: int = 200_000, rounds: int = 15) -> None:
    """Measure and report."""
    folder = Path(f"/var/tmp/gisserver-bench-as-of-{parcels}-{rows}")
    with deployment(parcels, folder=folder) as running:
        store = Store(running.urls.web, pool_size=1)
        _make_history(store, rows)
        past = _past(store)
        store.close()
        spent = in_turn(_asked(running, past), rounds)
        about = f"{parcels:,} sample parcels, {past.rows:,} superseded versions, {rounds} rounds"
        notes = [about, *machine(running.urls.worker)]
    report(list(_figures(spent)), notes)


def _make_history(store: Store, rows: int) -> None:
    """Until there are so many; a run that was broken off goes on."""
    at_once = -(-rows // PUBLISHES)
    with store.reading(DEPARTMENT) as connection:
        districts = connection.execute(DISTRICTS).all()
        made = len(_made(connection))
    while (missing := rows - _kept(store)) > 0:
        district = districts[made % len(districts)]
        skip = made // (2 * len(districts)) * at_once % district.n
        started = time.perf_counter()
        supersede(store, district.district_id, skip, min(missing, at_once))
        made += 1
        taken = time.perf_counter() - started
        print(f"publish {made}: {min(missing, at_once):,} parcels at most, {taken:.0f} s", flush=True)


def _made(connection: Connection) -> tuple[int, ...]:
    return tuple(connection.execute(MADE, {"title": TITLE}).scalars())


def _kept(store: Store) -> int:
    with store.reading(DEPARTMENT) as connection:
        return int(connection.execute(KEPT).scalar_one())


def _past(store: Store) -> Past:
    with store.reading(DEPARTMENT) as connection:
        rows = int(connection.execute(KEPT).scalar_one())
        made = _made(connection)
        one = connection.execute(SUPERSEDED, {"skip": rows // 2, "hits": 8 * PAGE}).one()
    box = one.box.removeprefix("BOX(").removesuffix(")").replace(" ", ",")
    return Past(rows, made, str(one.uid), one.lon, one.lat, box)


def _asked(running: Deployment, past: Past) -> Mapping[str, Callable[[], object]]:
    ask = asking(running.address)
    tile = tile_at(past.lon, past.lat, TILE_ZOOM)
    paths = {
        "page": f"{ITEMS}?limit={PAGE}",
        "page within a box": f"{ITEMS}?limit={PAGE}&bbox={past.box}",
        "feature": f"{ITEMS}/{past.uid}",
        "tile": f"/tiles/parcels/{tile.z}/{tile.x}/{tile.y}",
    }
    asked: dict[str, Callable[[], object]] = {}
    for what, path in paths.items():
        asked[f"{what} of today"] = partial(ask, path)
        asked[f"{what} of the past"] = _in_the_past(ask, path, past.epochs)
    return asked


def _in_the_past(ask: Callable[[str], bytes], path: str, epochs: Sequence[int]) -> Callable[[], object]:
    """Another state each time, so that nothing answers by heart."""
    turn = iter(epochs * 1_000)
    sign = "&" if "?" in path else "?"
    return lambda: ask(f"{path}{sign}epoch={next(turn)}")


def _figures(spent: Mapping[str, list[float]]) -> Iterator[Figure]:
    for what in ("page", "page within a box"):
        times = ratio(spent[f"{what} of the past"], spent[f"{what} of today"])
        yield Figure(f"{what} of the past against today's", times, "{:.2f} ×", at_most=2.0)
    for what, milliseconds in spent.items():
        yield Figure(what, statistics.median(milliseconds), "{:.1f} ms")


if __name__ == "__main__":
    main(*numbers())

"""How fast the feature service answers, against raw SQL that makes the same text and against other open servers.

Usage: script/bench features [PARCELS] [ROUNDS] [--peers] [--write]

Everybody is asked in turn in each round, so that what else happens on the machine happens to all; the tables show
medians. A page has 1,000 features; page 2,000 and its rivals have 20.
"""

import http.client
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from bench.deployment import Deployment, deployment
from bench.feature_peers import Peer, peers
from bench.figures import Figure, table
from bench.report import is_said, machine, numbers, report
from bench.rivals import CONNECTIONS, Rate, Rival, times
from bench.rivals import in_turn as rivals_in_turn
from bench.whole_layer import whole_layers
from layers.core.query.sorting import Cursor, cursor_text

PAGE = 1_000
DEEP = 2_000
SMALL = 20
"""Features on a page when page 2,000 is measured."""
ITEMS, ITEM_SECONDS = 2_000, 8
"""One look at each: once callers have left in the middle of an answer, pg_featureserv 1.3.1 answers nobody any more."""
TIMES_FASTER: Mapping[str, Mapping[str, float]] = {
    "page": {"pg_featureserv": 2, "tipg": 6},
    "deep": {},
    "bbox": {"pg_featureserv": 3},
}
ITEM_GOALS = {"pg_featureserv": 1.5, "tipg": 5.0}
ITEMS_PATH = "/api/collections/parcels/items"
_RAW = """
SELECT ST_AsGeoJSON(found.*, 'geom', 7) FROM (
    SELECT id, uid, ref, district_id, block_no, parcel_no, cadastral_neighbourhood, neighbourhood_ref, sheet_no,
           locality, land_use_text, registered_area_m2, computed_area_m2, coord_quality, status, condo_state,
           valid_from, valid_to, epoch_from, version, origin, ST_Transform(geom, 4326) AS geom
      FROM pool.parcels ORDER BY id LIMIT %s) AS found
"""


def main(parcels: int = 60_000, rounds: int = 15, *, with_peers: bool = False) -> None:
    """Measure and report."""
    with deployment(parcels) as running, ExitStack() as stack:
        database = psycopg2.connect(running.urls.web)
        others = stack.enter_context(peers(running)) if with_peers else ()
        box = _box_of(database, 8 * PAGE)
        asked = {**_of_ours(running.address, database, box), **_of_others(others, box)}
        spent = in_turn(asked, rounds)
        figures = [*_figures(spent), *_figures_of_others(spent, others), *_items(running, database, others)]
        database.close()
        print(table(figures), flush=True)
        report(
            [*figures, *whole_layers(running)],
            [f"{parcels:,} sample parcels, {rounds} rounds", *machine(running.urls.worker)],
        )


def _of_ours(address: str, database, box: str) -> dict[str, Callable[[], object]]:
    deep = _mark_of_page(database, DEEP)
    ask = asking(address)
    return {
        "raw SQL": lambda: _raw(database),
        "page": lambda: ask(f"{ITEMS_PATH}?limit={PAGE}"),
        "first": lambda: ask(f"{ITEMS_PATH}?limit={SMALL}"),
        "deep": lambda: ask(f"{ITEMS_PATH}?limit={SMALL}&after={deep}"),
        "bbox": lambda: ask(f"{ITEMS_PATH}?limit={PAGE}&bbox={box}"),
        "sorted": lambda: ask(f"{ITEMS_PATH}?limit={PAGE}&sortby=-registered_area_m2"),
    }


def _of_others(others: Sequence[Peer], box: str) -> dict[str, Callable[[], object]]:
    asked: dict[str, Callable[[], object]] = {}
    for peer in others:
        ask = asking(peer.address)
        asked |= {
            f"{peer.name}, page": partial(ask, peer.page(PAGE)),
            f"{peer.name}, deep": partial(ask, peer.page(SMALL, DEEP * SMALL)),
            f"{peer.name}, bbox": partial(ask, peer.page(PAGE, bbox=box)),
        }
    return asked


def in_turn(asked: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each, after two rounds that do not count."""
    spent: dict[str, list[float]] = {name: [] for name in asked}
    for number in range(rounds + 2):
        for name, ask in asked.items():
            started = time.perf_counter()
            ask()
            if number >= 2:
                spent[name].append(1000 * (time.perf_counter() - started))
    return spent


def _figures(spent: dict[str, list[float]]) -> Iterator[Figure]:
    yield Figure("page against raw SQL", ratio(spent["page"], spent["raw SQL"]), "{:.2f} ×", at_most=1.3)
    yield Figure(f"page {DEEP} against page 1", ratio(spent["deep"], spent["first"]), "{:.2f} ×", at_most=1.2)
    for name, milliseconds in spent.items():
        yield Figure(name, statistics.median(milliseconds), "{:.1f} ms")


def _figures_of_others(spent: dict[str, list[float]], others: Sequence[Peer]) -> Iterator[Figure]:
    for peer in others:
        for what, goals in TIMES_FASTER.items():
            times_faster = ratio(spent[f"{peer.name}, {what}"], spent[what])
            yield Figure(f"{what} against {peer.name}", times_faster, "{:.1f} × as fast", at_least=goals.get(peer.name))


def _items(running: Deployment, database, others: Sequence[Peer]) -> Iterator[Figure]:
    """Single features over many connections, by wrk; each server has one process."""
    with database, database.cursor() as cursor:
        cursor.execute("SELECT id, uid FROM pool.parcels TABLESAMPLE SYSTEM (20) LIMIT %s", (ITEMS,))
        rows = cursor.fetchall()
    with tempfile.TemporaryDirectory() as folder:
        ours = _rival(Path(folder), "ours", running.address, [f"{ITEMS_PATH}/{uid}" for _, uid in rows])
        theirs = {
            peer: _rival(Path(folder), peer.name, peer.address, [peer.item(n) for n, _ in rows]) for peer in others
        }
        rates = rivals_in_turn([ours, *theirs.values()], 1, ITEM_SECONDS)
    yield Figure("single item", _rate(rates[ours]), "{:,.0f} requests/s", remark=f"{CONNECTIONS} connections")
    for peer, rival in theirs.items():
        yield Figure(f"single item by {peer.name}", _rate(rates[rival]), "{:,.0f} requests/s")
        times_as_fast = times(rates[ours], rates[rival])
        yield Figure(f"single item against {peer.name}", times_as_fast, "{:.1f} ×", at_least=ITEM_GOALS[peer.name])


def _rival(folder: Path, name: str, address: str, paths: Sequence[str]) -> Rival:
    listed = folder / name
    listed.write_text("\n".join(paths), encoding="utf-8")
    return Rival(name, address, 0, listed)


def _rate(rates: Sequence[Rate]) -> float:
    return statistics.median(rate.per_second for rate in rates)


def ratio(some: Sequence[float], others: Sequence[float]) -> float:
    """How many times as long: the median over the rounds."""
    return statistics.median(a / b for a, b in zip(some, others, strict=True))


def _raw(database) -> int:
    with database, database.cursor() as cursor:
        cursor.execute(_RAW, (PAGE,))
        return sum(len(row[0]) for row in cursor.fetchall())


def asking(address: str) -> Callable[[str], bytes]:
    """Over one connection."""
    web = http.client.HTTPConnection(urlsplit(address).netloc)

    def ask(path: str) -> bytes:
        web.request("GET", path)
        answer = web.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{address}{path}: {answer.status} {body[:300]!r}")
        return body

    return ask


def _mark_of_page(database, number: int) -> str:
    with database, database.cursor() as cursor:
        cursor.execute("SELECT id FROM pool.parcels ORDER BY id OFFSET %s LIMIT 1", (number * SMALL - 1,))
        return cursor_text(Cursor((), cursor.fetchone()[0]), ())


def _box_of(database, hits: int) -> str:
    """Around the middle parcel, with about so many in it."""
    with database, database.cursor() as cursor:
        cursor.execute(
            "WITH middle AS (SELECT geom FROM pool.parcels ORDER BY id"
            " OFFSET (SELECT count(*) / 2 FROM pool.parcels) LIMIT 1),"
            " near AS (SELECT p.geom FROM pool.parcels p, middle ORDER BY p.geom <-> middle.geom LIMIT %s)"
            " SELECT ST_Extent(ST_Transform(geom, 4326)) FROM near",
            (hits,),
        )
        corners = cursor.fetchone()[0]
    return corners.removeprefix("BOX(").removesuffix(")").replace(" ", ",")


if __name__ == "__main__":
    main(*numbers(), with_peers=is_said("--peers"))

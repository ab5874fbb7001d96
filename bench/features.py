"""How fast the feature service answers, against raw SQL that makes the same text.

Usage: script/bench features [PARCELS] [ROUNDS]

Everybody is asked in turn in each round, so that what else happens on the machine happens to all; the table shows
medians.
"""

import http.client
import json
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import psycopg2

from bench.deployment import deployment
from bench.figures import Figure, table
from bench.whole_layer import whole_layers
from layers.core.query.sorting import Cursor, cursor_text

PAGE = 1_000
DEEP = 2_000
SMALL = 20
"""Features on a page when page 2,000 is measured."""
ITEMS = 2_000
CONNECTIONS = 16
ITEMS_PATH = "/api/collections/parcels/items"
_RAW = """
SELECT ST_AsGeoJSON(found.*, 'geom', 7) FROM (
    SELECT id, uid, ref, district_id, block_no, parcel_no, cadastral_neighbourhood, neighbourhood_ref, sheet_no,
           locality, land_use_text, registered_area_m2, computed_area_m2, coord_quality, status, condo_state,
           valid_from, valid_to, epoch_from, version, origin, ST_Transform(geom, 4326) AS geom
      FROM pool.parcels ORDER BY id LIMIT %s) AS found
"""


def main(parcels: int = 60_000, rounds: int = 15) -> None:
    """Print the table."""
    with deployment(parcels) as running:
        host = urlsplit(running.address)
        web = http.client.HTTPConnection(host.hostname, host.port)
        database = psycopg2.connect(running.urls.web)
        deep = _mark_of_page(database, DEEP)
        box = _box_of(database, 8 * PAGE)
        asked: dict[str, Callable[[], object]] = {
            "raw SQL": lambda: _raw(database),
            "page": lambda: _get(web, f"{ITEMS_PATH}?limit={PAGE}"),
            "first": lambda: _get(web, f"{ITEMS_PATH}?limit={SMALL}"),
            "deep": lambda: _get(web, f"{ITEMS_PATH}?limit={SMALL}&after={deep}"),
            "bbox": lambda: _get(web, f"{ITEMS_PATH}?limit={PAGE}&bbox={box}"),
            "sorted": lambda: _get(web, f"{ITEMS_PATH}?limit={PAGE}&sortby=-registered_area_m2"),
        }
        spent = _in_turn(asked, rounds)
        rate = _items_a_second(running.address, database)
        database.close()
        whole = list(whole_layers(running))
    print(table([*_figures(spent, rate), *whole]))
    print(f"\n{parcels} parcels, {rounds} rounds, pages of {PAGE}; page {DEEP} and its rival have {SMALL} features.")


def _in_turn(asked: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    spent: dict[str, list[float]] = {name: [] for name in asked}
    for number in range(rounds + 2):
        for name, ask in asked.items():
            started = time.perf_counter()
            ask()
            if number >= 2:
                spent[name].append(1000 * (time.perf_counter() - started))
    return spent


def _figures(spent: dict[str, list[float]], rate: float):
    def ratio(name: str, other: str) -> float:
        return statistics.median(a / b for a, b in zip(spent[name], spent[other], strict=True))

    yield Figure("page against raw SQL", ratio("page", "raw SQL"), "{:.2f} ×", at_most=1.3)
    yield Figure(f"page {DEEP} against page 1", ratio("deep", "first"), "{:.2f} ×", at_most=1.2)
    for name, times in spent.items():
        yield Figure(name, statistics.median(times), "{:.1f} ms")
    yield Figure("single item", rate, "{:,.0f} requests/s", remark=f"{CONNECTIONS} connections")


def _raw(database) -> int:
    with database, database.cursor() as cursor:
        cursor.execute(_RAW, (PAGE,))
        return sum(len(row[0]) for row in cursor.fetchall())


def _get(web: http.client.HTTPConnection, path: str) -> bytes:
    web.request("GET", path)
    answer = web.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status} {body[:300]!r}")
    return body


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


def _items_a_second(address: str, database) -> float:
    with database, database.cursor() as cursor:
        cursor.execute("SELECT uid FROM pool.parcels TABLESAMPLE SYSTEM (20) LIMIT %s", (ITEMS,))
        uids = [row[0] for row in cursor.fetchall()]
    host = urlsplit(address)

    def some(mine: list[str]) -> None:
        web = http.client.HTTPConnection(host.hostname, host.port)
        for uid in mine:
            json.loads(_get(web, f"{ITEMS_PATH}/{uid}"))

    started = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as threads:
        list(threads.map(some, [uids[n::CONNECTIONS] for n in range(CONNECTIONS)]))
    return len(uids) / (time.perf_counter() - started)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))

"""How long after "publish" 50 parcels are visible in tile, feature, search and answer.

Usage: script/bench publish [PARCELS] [ROUNDS]
"""

import gzip
import http.client
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import mapbox_vector_tile
from sqlalchemy import Connection, text

from bench.deployment import Deployment, deployment
from layers.core.registry import Registry
from layers.core.review import publish_now
from layers.core.store import Actor, Store

AT_ONCE = 50
DEPARTMENT = Actor("department")

PICK = text(
    "WITH start AS (SELECT district_id, geom FROM pool.parcels OFFSET :skip LIMIT 1) "
    "SELECT p.uid, p.ref, p.version, p.district_id, p.block_no, p.cadastral_neighbourhood, "
    "ST_X(c) AS lon, ST_Y(c) AS lat FROM pool.parcels p, start, "
    "LATERAL (SELECT ST_Transform(ST_PointOnSurface(p.geom), 4326) AS c) AS middle "
    "WHERE p.district_id = start.district_id ORDER BY p.geom <-> start.geom LIMIT :n"
)
OPEN = text(
    "INSERT INTO inbox.changeset (district_id, layer_id, title, base_epoch, state) "
    "VALUES (:district, 'parcels', 'measurement', pool.current_epoch(), 'accepted') RETURNING id"
)
CHANGE = text(
    "INSERT INTO inbox.change "
    "(changeset_id, district_id, kind, uid, ref, base_version, before, after, geom_before, geom_after) "
    "SELECT :changeset, district_id, 'update', uid, ref, version, a, "
    "a || jsonb_build_object('parcel_no', CAST(:number AS text)), geom, geom "
    "FROM pool.parcels, LATERAL (SELECT pool.attributes('parcels', to_jsonb(parcels)) AS a) AS kept WHERE uid = :uid"
)


@dataclass(frozen=True)
class Round:
    """Seconds from the start of the publish."""

    committed: float
    visible: float
    tiles: int


def main(parcels: int = 60_000, rounds: int = 20) -> None:
    """Print median and largest of both times."""
    with deployment(parcels) as running:
        store = Store(running.urls.web)
        measured = [_round(running, store, number) for number in range(rounds)]
        store.close()
    for name in ("committed", "visible"):
        times = [getattr(one, name) for one in measured]
        print(f"{name:<10} median {statistics.median(times):.3f} s, largest {max(times):.3f} s")
    tiles = statistics.median(one.tiles for one in measured)
    print(f"{AT_ONCE} parcels of {parcels}, {rounds} rounds, {tiles:.0f} tiles each")


def _round(running: Deployment, store: Store, number: int) -> Round:
    randomness = random.Random(number)
    with store.reading(DEPARTMENT) as connection:
        total = connection.execute(text("SELECT sum(n) FROM pool.counter WHERE layer_id = 'parcels'")).scalar_one()
        chosen = connection.execute(PICK, {"skip": randomness.randrange(int(total)), "n": AT_ONCE}).all()
    new_number = str(9000 + number * AT_ONCE)
    with store.writing(DEPARTMENT) as connection:
        changeset = _prepare(connection, chosen, new_number)
    client = _Client(running.address)
    started = time.perf_counter()
    with store.writing(DEPARTMENT) as connection:
        published = publish_now(connection, Registry.of_folder(), DEPARTMENT, changeset)
    committed = time.perf_counter() - started
    parcel = chosen[0]
    _until("feature", lambda: new_number in client.get(f"/api/collections/parcels/items/{parcel.uid}"))
    _until("tile", lambda: new_number in client.tile_numbers(parcel.lon, parcel.lat, published.epoch))
    question = quote(f"{parcel.block_no} ada {new_number} parsel {parcel.cadastral_neighbourhood}")
    _until("search", lambda: str(parcel.uid) in client.get(f"/api/search?q={question}"))
    _until("answer", lambda: f'"{new_number}"' in client.get(f"/api/zoning?parcel={parcel.uid}"))
    return Round(committed, time.perf_counter() - started, published.tiles)


def _prepare(connection: Connection, chosen, new_number: str) -> int:
    changeset = int(connection.execute(OPEN, {"district": chosen[0].district_id}).scalar_one())
    for further, parcel in enumerate(chosen):
        number = str(int(new_number) + further)
        connection.execute(CHANGE, {"changeset": changeset, "uid": parcel.uid, "number": number})
    return changeset


def _until(place: str, is_visible: Callable[[], bool], patience: float = 10.0) -> None:
    end = time.perf_counter() + patience
    while not is_visible():
        if time.perf_counter() > end:
            raise SystemExit(f"a publish did not become visible: {place}")


class _Client:
    """One kept-alive connection, as a browser has."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port)

    def get(self, path: str) -> str:
        return json.dumps(json.loads(self._bytes(path)), ensure_ascii=False)

    def tile_numbers(self, lon: float, lat: float, epoch: int) -> set[str]:
        import math

        side = 1 << 16
        x = int((lon + 180) / 360 * side)
        y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side)
        tile = mapbox_vector_tile.decode(gzip.decompress(self._bytes(f"/tiles/parcels/16/{x}/{y}?v={epoch}")))
        return {feature["properties"]["parcel_no"] for feature in tile["parcels"]["features"]}

    def _bytes(self, path: str) -> bytes:
        self._connection.request("GET", path, headers={"Accept-Encoding": "gzip", "Accept": "application/json"})
        return self._connection.getresponse().read()


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))

"""How long after "publish" 50 parcels are visible in tile, feature, search and answer.

Usage: script/bench publish [PARCELS] [ROUNDS]
"""

import gzip
import http.client
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import mapbox_vector_tile

from bench.deployment import Deployment, deployment
from bench.publishing import AT_ONCE, prepare, publish
from layers.core.registry import Registry
from layers.core.store import Store
from layers.core.tiles.address import tile_at


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
    prepared = prepare(store, number)
    new_number, parcel = prepared.number, prepared.parcels[0]
    client = _Client(running.address)
    started = time.perf_counter()
    timed = publish(store, Registry.of_folder(), prepared)
    published = timed.published
    _until("feature", lambda: new_number in client.get(f"/api/collections/parcels/items/{parcel.uid}"))
    _until("tile", lambda: new_number in client.tile_numbers(parcel.lon, parcel.lat, published.epoch))
    question = quote(f"{parcel.block_no} ada {new_number} parsel {parcel.cadastral_neighbourhood}")
    _until("search", lambda: str(parcel.uid) in client.get(f"/api/search?q={question}"))
    _until("answer", lambda: f'"{new_number}"' in client.get(f"/api/zoning?parcel={parcel.uid}"))
    return Round(timed.seconds, time.perf_counter() - started, published.tiles)


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
        place = tile_at(lon, lat, 16)
        body = self._bytes(f"/tiles/parcels/{place.z}/{place.x}/{place.y}?v={epoch}")
        tile = mapbox_vector_tile.decode(gzip.decompress(body))
        return {feature["properties"]["parcel_no"] for feature in tile["parcels"]["features"]}

    def _bytes(self, path: str) -> bytes:
        self._connection.request("GET", path, headers={"Accept-Encoding": "gzip", "Accept": "application/json"})
        return self._connection.getresponse().read()


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))

"""Whether readers ever see a tile that is older than what they know, or of no epoch, while publishes go on.

Usage: script/bench hammer [PARCELS] [SECONDS]

Readers ask two web processes in turn, always with the newest epoch that any of them has seen. A tile is stale if it
is older than its last change up to that epoch, and mixed if its bytes are not what is drawn anew as of its ETag.
"""

import gzip
import http.client
import random
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sqlalchemy import text

from bench.deployment import Deployment, another_web, deployment
from bench.publishing import prepare, publish
from layers.core.epochs import current_epoch
from layers.core.layer import Layer
from layers.core.registry import Registry
from layers.core.store import WORKER, Store
from layers.core.tiles import TileAddress
from layers.core.tiles.render import render

READERS = 4
SECOND_PORT = 8396
CHECK_EVERY = 0.05
PUBLISH_EVERY = 1.0
RECENT = 400
"""Half of all questions go to so many tiles that were published last."""

SOME = text(
    "SELECT z, x, y FROM tiles.tile WHERE layer_id = :layer AND z >= 8 AND body <> '' "
    "ORDER BY hashint8((z * 65536::bigint + x) * 65536 + y), z, x, y LIMIT 4000"
)
CHANGED = text("SELECT z, x, y FROM tiles.tile WHERE layer_id = :layer AND epoch = :epoch")
STORED = text("SELECT epoch, body FROM tiles.tile WHERE layer_id = :layer AND z = :z AND x = :x AND y = :y")


@dataclass(frozen=True)
class Answer:
    """What a reader got."""

    address: TileAddress
    epoch: int
    body: bytes


@dataclass
class Known:
    """What all readers together have seen."""

    epoch: int
    tiles: Sequence[TileAddress]
    recent: list[TileAddress] = field(default_factory=list)
    newest: dict[TileAddress, int] = field(default_factory=dict)
    reads: int = 0
    publishes: int = 0
    checks: int = 0
    stale: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    latest: Answer | None = None
    trouble: list[BaseException] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def choose(self, randomness: random.Random) -> tuple[TileAddress, int, int]:
        """A tile, the epoch to name, and the least epoch that its answer may have."""
        with self.lock:
            tiles = self.recent if self.recent and randomness.random() < 0.5 else self.tiles
            address = randomness.choice(tiles)
            return address, self.epoch, self.newest.get(address, 0)

    def see(self, answer: Answer, least: int) -> None:
        """Note an answer; whoever asks from now on knows of it."""
        with self.lock:
            self.reads += 1
            if answer.epoch < least:
                self.stale.append(f"{answer.address} of epoch {answer.epoch} after {least}")
            self.newest[answer.address] = max(self.newest.get(answer.address, 0), answer.epoch)
            self.epoch = max(self.epoch, answer.epoch)
            self.latest = answer

    def publish(self, epoch: int, changed: Sequence[TileAddress]) -> None:
        """A publish has been committed: from now on its tiles may not be older."""
        with self.lock:
            self.publishes += 1
            self.epoch = max(self.epoch, epoch)
            self.newest.update(dict.fromkeys(changed, epoch))
            self.recent = [*changed, *self.recent][:RECENT]


def main(parcels: int = 60_000, seconds: int = 300) -> None:
    """Print what was read and what was wrong."""
    with deployment(parcels) as running, another_web(running, SECOND_PORT) as second:
        print(in_words(hammer(running, second, seconds)))


def in_words(known: Known) -> str:
    """One line, and the first few of what was wrong."""
    counts = f"{known.reads:,} reads, {known.publishes} publishes, {known.checks:,} bodies compared: "
    return "\n".join(
        [f"{counts}{len(known.stale)} stale, {len(known.mixed)} mixed", *known.stale[:5], *known.mixed[:5]]
    )


def hammer(running: Deployment, second: str, seconds: float) -> Known:
    """Readers, a publisher and a checker, for so long."""
    store, registry = Store(running.urls.worker), Registry.of_folder()
    layer = registry["parcels"]
    with store.reading(WORKER) as connection:
        tiles = [TileAddress(*row) for row in connection.execute(SOME, {"layer": layer.id})]
        known = Known(current_epoch(connection), tiles)
    end = time.monotonic() + seconds
    work: list[Callable[[], None]] = [
        *(_reader(known, layer, [running.address, second], number, end) for number in range(READERS)),
        _publisher(known, running, registry, layer, end),
        _checker(known, store, layer, end),
    ]
    threads = [threading.Thread(target=_guarded, args=(known, one)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()
    if known.trouble:
        raise known.trouble[0]
    return known


def _guarded(known: Known, work: Callable[[], None]) -> None:
    """What one thread meets ends all."""
    try:
        work()
    except BaseException as trouble:
        known.trouble.append(trouble)


def _reader(known: Known, layer: Layer, servers: Sequence[str], number: int, end: float) -> Callable[[], None]:
    def read() -> None:
        randomness = random.Random(number)
        clients = [http.client.HTTPConnection(urlsplit(server).netloc, timeout=30) for server in servers]
        while time.monotonic() < end and not known.trouble:
            address, epoch, least = known.choose(randomness)
            known.see(_ask(randomness.choice(clients), layer, address, epoch), least)
        for client in clients:
            client.close()

    return read


def _ask(client: http.client.HTTPConnection, layer: Layer, address: TileAddress, epoch: int) -> Answer:
    path = f"/tiles/{layer.id}/{address.z}/{address.x}/{address.y}?v={epoch}"
    client.request("GET", path, headers={"Accept-Encoding": "gzip"})
    response = client.getresponse()
    body = response.read()
    if response.status not in (200, 204):
        raise SystemExit(f"{path} was answered with {response.status}.")
    return Answer(address, int(response.headers["ETag"].strip('"')), body)


def _publisher(known: Known, running: Deployment, registry: Registry, layer: Layer, end: float) -> Callable[[], None]:
    def publish_on() -> None:
        store = Store(running.urls.web)
        while time.monotonic() < end and not known.trouble:
            started = time.monotonic()
            published = publish(store, registry, prepare(store, known.epoch)).published
            with store.reading(WORKER) as connection:
                about = {"layer": layer.id, "epoch": published.epoch}
                changed = [TileAddress(*row) for row in connection.execute(CHANGED, about)]
            known.publish(published.epoch, changed)
            time.sleep(max(0.0, started + PUBLISH_EVERY - time.monotonic()))
        store.close()

    return publish_on


def _checker(known: Known, store: Store, layer: Layer, end: float) -> Callable[[], None]:
    def check() -> None:
        while time.monotonic() < end and not known.trouble:
            time.sleep(CHECK_EVERY)
            answer, known.latest = known.latest, None
            if answer is None:
                continue
            known.checks += 1
            if not _is_whole(store, layer, answer):
                known.mixed.append(f"{answer.address} of epoch {answer.epoch}")

    return check


def _is_whole(store: Store, layer: Layer, answer: Answer) -> bool:
    """Own shapes are drawn anew as of the answer's epoch; low zooms are compared with the row, while it is that one."""
    address = answer.address
    with store.reading(WORKER) as connection:
        if address.z in layer.zooms:
            ((_, fresh),) = render(connection, layer, [address], as_of=answer.epoch)
        else:
            about = {"layer": layer.id, "z": address.z, "x": address.x, "y": address.y}
            row = connection.execute(STORED, about).one()
            fresh = bytes(row.body) if row.epoch == answer.epoch else answer.body
    return _plain(fresh) == _plain(answer.body)


def _plain(body: bytes) -> bytes:
    return gzip.decompress(body) if body else b""


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))

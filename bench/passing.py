"""How long small publishes wait while a whole district is being published.

Usage: script/bench passing [PARCELS] [SECONDS_AT_REST]
"""

import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from multiprocessing import get_context

from sqlalchemy import text

from bench.deployment import deployment
from bench.publishing import DEPARTMENT, OPEN, Prepared, Timed, prepare, publish
from layers.core.epochs import current_epoch
from layers.core.registry import Registry
from layers.core.review import publish_now
from layers.core.store import Store

LARGEST = text(
    "SELECT district_id, n FROM pool.counter WHERE layer_id = 'parcels' ORDER BY n DESC, district_id LIMIT 1"
)
CHANGE_ALL = text(
    "INSERT INTO inbox.change "
    "(changeset_id, district_id, kind, uid, ref, base_version, before, after, geom_before, geom_after) "
    "SELECT :changeset, district_id, 'update', uid, ref, version, a, "
    "a || jsonb_build_object('parcel_no', parcel_no || '/1'), geom, geom "
    "FROM pool.parcels, LATERAL (SELECT pool.attributes('parcels', to_jsonb(parcels)) AS a) AS kept "
    "WHERE district_id = :district"
)


@dataclass(frozen=True)
class Large:
    """All parcels of one district, each with another number."""

    changeset: int
    district_id: int
    parcels: int


def main(parcels: int = 60_000, seconds_at_rest: int = 15) -> None:
    """Print the waits at rest and while the large publish goes on."""
    with deployment(parcels) as running:
        store, registry = Store(running.urls.web), Registry.of_folder()
        large = _prepare_large(store)
        small = _elsewhere(store, large.district_id)
        at_rest = [_wait(store, registry, next(small)) for _ in range(seconds_at_rest)]
        with _in_another_process(running.urls.worker, large.changeset) as under_way:
            meanwhile = []
            while not under_way.done():
                meanwhile.append(_wait(store, registry, next(small)))
        store.close()
    _print("at rest", at_rest)
    _print("meanwhile", meanwhile)
    published, seconds = under_way.result().published, under_way.result().seconds
    print(
        f"{large.parcels} parcels of one district in {seconds:.1f} s, {published.tiles} tiles, epoch {published.epoch}"
    )


def publish_large(url: str, changeset: int) -> Timed:
    """In a process of its own, as the worker does it."""
    store = Store(url)
    started = time.perf_counter()
    with store.writing(DEPARTMENT) as connection:
        published = publish_now(connection, Registry.of_folder(), DEPARTMENT, changeset)
    seconds = time.perf_counter() - started
    store.close()
    return Timed(published, seconds)


@contextmanager
def _in_another_process(url: str, changeset: int) -> Iterator[Future[Timed]]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as worker:
        yield worker.submit(publish_large, url, changeset)


def _prepare_large(store: Store) -> Large:
    with store.writing(DEPARTMENT) as connection:
        district = connection.execute(LARGEST).one()
        changeset = int(connection.execute(OPEN, {"district": district.district_id}).scalar_one())
        connection.execute(CHANGE_ALL, {"changeset": changeset, "district": district.district_id})
    return Large(changeset, district.district_id, district.n)


def _elsewhere(store: Store, district_id: int) -> Iterator[Prepared]:
    """Small changesets of other districts, made when they are asked for; other ones in each run."""
    with store.reading() as connection:
        first = current_epoch(connection)
    for seed in count(first):
        prepared = prepare(store, seed)
        if prepared.parcels[0].district_id != district_id:
            yield prepared


def _wait(store: Store, registry: Registry, prepared: Prepared) -> Timed:
    """One publish, then the rest of its second."""
    timed = publish(store, registry, prepared)
    time.sleep(max(0.0, 1 - timed.seconds))
    return timed


def _print(when: str, waits: list[Timed]) -> None:
    seconds = sorted(timed.seconds for timed in waits)
    middle, late = statistics.median(seconds), seconds[int(0.95 * (len(seconds) - 1))]
    print(f"{when:<10} {len(seconds)} publishes, median {middle:.3f} s, p95 {late:.3f} s, largest {seconds[-1]:.3f} s")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))

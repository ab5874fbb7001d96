"""A whole run of seeding: what is to be drawn, by how many processes, how far it has come."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

from layers.core.layer import Layer
from layers.core.offspring import end_with_parent
from layers.core.registry import Registry
from layers.core.store import WORKER, Store
from layers.core.tiles.address import TileAddress
from layers.core.tiles.seed import (
    BATCH_OF_SEEDING,
    Seeded,
    districts,
    done_until,
    forget_progress,
    has_low_zooms,
    make_areas,
    make_low_zooms,
    mark_done,
    missing_tiles,
    occupied_tiles,
    seed,
)

Heard = Callable[[Layer, int, Seeded, int], None]
"""Told after each batch: the layer, its zoom, what became of the batch, how many tiles the zoom has to draw."""


@dataclass(frozen=True)
class SeedWish:
    """What to draw."""

    layers: tuple[Layer, ...]
    zooms: range
    jobs: int
    is_again: bool = False
    """All tiles, not only those that were never drawn."""


@dataclass(frozen=True)
class _Batch:
    layer_id: str
    addresses: tuple[TileAddress, ...]


def make_shapes(store: Store, registry: Registry, *, is_again: bool, heard: Callable[[int, int], None]) -> None:
    """Make what low zooms show, where it was never made or all of it again; `heard` gets (done, all) districts."""
    with store.reading(WORKER) as connection:
        if has_low_zooms(connection, registry) and not is_again:
            return
        numbers = districts(connection)
    make_areas(store, registry)
    for done, district_id in enumerate(numbers, start=1):
        make_low_zooms(store, registry, district_id)
        heard(done, len(numbers))


def run(store: Store, url: str, wish: SeedWish, heard: Heard) -> None:
    """Draw zoom after zoom of layer after layer, in processes of their own that connect to `url`.

    An interrupted run goes on where it ended: a tile that is there is not missing, and a run that draws all
    again remembers how far it came.
    """
    with ProcessPoolExecutor(wish.jobs, get_context("spawn"), initializer=_open, initargs=(url,)) as processes:
        for layer in wish.layers:
            occupied = [TileAddress(0, 0, 0)]
            for zoom in range(layer.tile_zooms.start, min(layer.tile_zooms.stop, wish.zooms.stop)):
                with store.reading(WORKER) as connection:
                    occupied = occupied_tiles(connection, layer, zoom, occupied)
                if zoom in wish.zooms:
                    _draw_zoom(store, processes, layer, _wanted(store, layer, occupied, wish), wish, heard)
    if wish.is_again:
        forget_progress(store)


def _wanted(store: Store, layer: Layer, occupied: Sequence[TileAddress], wish: SeedWish) -> list[TileAddress]:
    if not occupied:
        return []
    with store.reading(WORKER) as connection:
        if not wish.is_again:
            return missing_tiles(connection, layer, occupied)
        until = done_until(connection, layer, occupied[0].z)
    return [address for address in occupied if until is None or address > until]


def _draw_zoom(
    store: Store,
    processes: ProcessPoolExecutor,
    layer: Layer,
    addresses: Sequence[TileAddress],
    wish: SeedWish,
    heard: Heard,
) -> None:
    for batch, seeded in _in_order(processes, _batches(layer, addresses), 4 * wish.jobs):
        if wish.is_again:
            mark_done(store, layer, batch.addresses[-1])
        heard(layer, batch.addresses[0].z, seeded, len(addresses))


def _batches(layer: Layer, addresses: Sequence[TileAddress]) -> Iterator[_Batch]:
    for start in range(0, len(addresses), BATCH_OF_SEEDING):
        yield _Batch(layer.id, tuple(addresses[start : start + BATCH_OF_SEEDING]))


def _in_order(processes: ProcessPoolExecutor, batches: Iterator[_Batch], ahead: int) -> Iterator[tuple[_Batch, Seeded]]:
    """Results in the order asked, with only a few batches under way."""
    waiting: list[tuple[_Batch, Future[Seeded]]] = []
    while True:
        waiting += [(batch, processes.submit(_seed, batch)) for batch in islice(batches, ahead - len(waiting))]
        if not waiting:
            return
        batch, future = waiting.pop(0)
        yield batch, future.result()


_opened: list[tuple[Store, Registry]] = []
"""In a drawing process: its one store and the layers."""


def _open(url: str) -> None:
    end_with_parent()
    _opened.append((Store(url, pool_size=1), Registry.of_folder()))


def _seed(batch: _Batch) -> Seeded:
    ((store, registry),) = _opened
    return seed(store, registry[batch.layer_id], batch.addresses)

"""Fill an empty pool: while one delivery is being drawn, the next is brought, and the one after it made."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from demo.sample.city import CityPlan, plan_city
from demo.sample.district import make_boundaries, make_district
from demo.sample.sources import NoSample, has_sample, read_sources
from layers.core.bulk import BulkLoad, BulkPublish, BulkTable
from layers.core.epochs import current_epoch
from layers.core.offspring import end_with_parent
from layers.core.profile import Profile, load_profile
from layers.core.registry import Registry
from layers.core.store import WORKER, Store


class PoolNotEmpty(Exception):
    """Sample data would mix with what is there."""

    def __init__(self, epoch: int) -> None:
        self.epoch = epoch
        super().__init__(
            f"The pool already holds data (epoch {epoch}), and sample data would mix with it. "
            "Give the sample a data folder of its own: use --data."
        )


@dataclass(frozen=True)
class Delivery:
    """What is published together: the boundaries of all districts, or all else of one."""

    name: str
    loads: tuple[BulkLoad, ...]
    assembly_areas_left_out: int = 0

    @property
    def tables(self) -> Iterator[BulkTable]:
        """All files."""
        for load in self.loads:
            yield from load.tables.values()

    def count(self, layer_id: str) -> int:
        """Rows of one layer."""
        return sum(load.tables[layer_id].count for load in self.loads if layer_id in load.tables)


@dataclass(frozen=True)
class Joined:
    """A district that has been published."""

    name: str
    epoch: int
    parcels: int
    rows: int
    assembly_areas_left_out: int


def fill(store: Store, profile: Profile, parcels: int, seed: int) -> Iterator[Joined]:
    """Publish all boundaries and then district after district, each as one epoch.

    NoSample and PoolNotEmpty come before any writing.
    """
    if not has_sample(profile):
        raise NoSample(profile.name)
    with store.reading(WORKER) as connection:
        if epoch := current_epoch(connection):
            raise PoolNotEmpty(epoch)
    registry = Registry.of_folder()
    with TemporaryDirectory(prefix="gis-sample-") as folder:
        deliveries = _made_ahead(profile, parcels, seed, Path(folder))
        _bring(store, registry, next(deliveries)).end()
        yield from _publish_all(store, registry, deliveries)


def _publish_all(store: Store, registry: Registry, deliveries: Iterator[Delivery]) -> Iterator[Joined]:
    with ThreadPoolExecutor(1) as drawer:
        ending: deque[Future[Joined]] = deque()
        for delivery in deliveries:
            brought = _bring(store, registry, delivery)
            if ending:
                yield ending.popleft().result()
            ending.append(drawer.submit(brought.end))
        yield from (joined.result() for joined in ending)


@dataclass(frozen=True)
class _Brought:
    """A delivery whose rows are in the database, in a transaction that is still open."""

    delivery: Delivery
    publish: BulkPublish
    transaction: ExitStack

    def end(self) -> Joined:
        """Draw, commit, and remove the files."""
        delivery = self.delivery
        with self.transaction:
            self.publish.end({"sample": True, "brought": delivery.name})
        for table in delivery.tables:
            table.path.unlink()
        rows = sum(table.count for table in delivery.tables)
        epoch = self.publish.epoch
        return Joined(delivery.name, epoch, delivery.count("parcels"), rows, delivery.assembly_areas_left_out)


def _bring(store: Store, registry: Registry, delivery: Delivery) -> _Brought:
    with ExitStack() as transaction:
        connection = transaction.enter_context(store.writing(WORKER))
        publish = BulkPublish.begin(connection, registry, delivery.loads)
        return _Brought(delivery, publish, transaction.pop_all())


def _made_ahead(profile: Profile, parcels: int, seed: int, folder: Path) -> Iterator[Delivery]:
    """Two processors have work: another process makes deliveries, one ahead of the one that is being published."""
    asked = [None, *(district.id for district in profile.districts)]
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=end_with_parent) as maker:
        coming: deque[Future[Delivery]] = deque()
        for district_id in asked:
            coming.append(maker.submit(_make, profile.path, parcels, seed, district_id, folder))
            if len(coming) > 1:
                yield coming.popleft().result()
        yield from (made.result() for made in coming)


def _make(profile_path: Path, parcels: int, seed: int, district_id: int | None, folder: Path) -> Delivery:
    plan = _plan(profile_path, parcels, seed)
    if district_id is None:
        return Delivery("boundaries", make_boundaries(plan, folder))
    district = plan.districts[district_id].district
    return Delivery(district.name, (make_district(plan, district_id, folder),), district.places_left_out)


@cache
def _plan(profile_path: Path, parcels: int, seed: int) -> CityPlan:
    """Once in the maker's life: the plan is larger than what is made of it."""
    return plan_city(read_sources(load_profile(profile_path)), parcels, seed)

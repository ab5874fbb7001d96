"""Fill an empty pool: one process makes the next district while this one publishes the present one."""

from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from demo.sample.city import CityPlan, plan_city
from demo.sample.district import DistrictTables, make_district
from demo.sample.sources import NoSample, has_sample, read_sources
from layers.core.bulk import publish_bulk
from layers.core.epochs import current_epoch
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
class Joined:
    """A district that has been published."""

    name: str
    epoch: int
    parcels: int
    rows: int
    assembly_areas_left_out: int


def fill(store: Store, profile: Profile, parcels: int, seed: int) -> Iterator[Joined]:
    """Publish district after district, each as one epoch; NoSample and PoolNotEmpty come before any writing."""
    if not has_sample(profile):
        raise NoSample(profile.name)
    with store.reading(WORKER) as connection:
        if epoch := current_epoch(connection):
            raise PoolNotEmpty(epoch)
    registry = Registry.of_folder()
    with TemporaryDirectory(prefix="gis-sample-") as folder:
        for made in _made_ahead(profile, parcels, seed, Path(folder)):
            yield _publish(store, registry, made)
            for table in made.tables.values():
                table.path.unlink()


def _publish(store: Store, registry: Registry, made: DistrictTables) -> Joined:
    summary = {"sample": True, "district": made.name}
    with store.writing(WORKER) as connection:
        epoch = publish_bulk(connection, registry, made.district_id, made.tables, made.coverages, summary)
    return Joined(made.name, epoch, made.tables["parcels"].count, made.rows, made.assembly_areas_left_out)


def _made_ahead(profile: Profile, parcels: int, seed: int, folder: Path) -> Iterator[DistrictTables]:
    """Two processors have work: another process makes districts, one ahead of the one that is being published."""
    with ProcessPoolExecutor(1, get_context("spawn")) as maker:
        coming: list[Future[DistrictTables]] = []
        for district in profile.districts:
            coming.append(maker.submit(_make, profile.path, parcels, seed, district.id, folder))
            if len(coming) > 1:
                yield coming.pop(0).result()
        yield from (made.result() for made in coming)


def _make(profile_path: Path, parcels: int, seed: int, district_id: int, folder: Path) -> DistrictTables:
    return make_district(_plan(profile_path, parcels, seed), district_id, folder)


@cache
def _plan(profile_path: Path, parcels: int, seed: int) -> CityPlan:
    """Once in the maker's life: the plan is larger than what is made of it."""
    return plan_city(read_sources(load_profile(profile_path)), parcels, seed)

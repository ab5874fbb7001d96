"""Sample tables become a published epoch: with counters, tiles and coverage, and within the district's own rows."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from psycopg2.errors import InsufficientPrivilege
from sqlalchemy import text

from demo.sample.accounts import sample_accounts
from demo.sample.city import CityPlan, plan_city
from demo.sample.district import make_boundaries, make_district
from demo.sample.load import PoolNotEmpty, fill
from demo.sample.sources import NoSample, read_sources
from layers.core.bulk import BulkLoad, BulkPublish
from layers.core.profile import Profile, load_profile
from layers.core.profile_store import apply_profile
from layers.core.registry import Registry
from layers.core.store import WORKER, Store

ROOT = Path(__file__).parents[2]
DISTRICT, OTHER = 1776, 1477
PARCELS = 400


@pytest.fixture(scope="module")
def profile() -> Profile:
    return load_profile(ROOT / "profiles/izmir.toml")


@pytest.fixture(scope="module")
def city(profile) -> CityPlan:
    everything = read_sources(profile)
    return plan_city(replace(everything, districts=(everything.district(DISTRICT),)), PARCELS, seed=1)


@pytest.fixture(scope="module")
def made(city, tmp_path_factory) -> BulkLoad:
    """All of one district, its boundaries first."""
    folder = tmp_path_factory.mktemp("fabric")
    (boundaries,) = make_boundaries(city, folder)
    rest = make_district(city, DISTRICT, folder)
    return replace(rest, tables={**boundaries.tables, **rest.tables})


@pytest.fixture
def store(database, profile) -> Iterator[Store]:
    apply_profile(database.owner, profile)
    opened = Store(database.worker, pool_size=1)
    yield opened
    opened.close()


def publish(store: Store, *loads: BulkLoad) -> int:
    with store.writing(WORKER) as connection:
        publish = BulkPublish.begin(connection, Registry.of_folder(), loads)
        publish.end({"sample": True})
        return publish.epoch


def scalar(store: Store, statement: str):
    with store.reading(WORKER) as connection:
        return connection.execute(text(statement)).scalar_one()


def test_a_district_joins_as_one_epoch(store, made):
    epoch = publish(store, made)
    assert scalar(store, "SELECT array_agg(epoch) FROM pool.epoch") == [epoch]
    for layer_id, table in made.tables.items():
        with store.reading(WORKER) as connection:
            n = connection.execute(
                text("SELECT n FROM pool.counter WHERE layer_id = :layer"), {"layer": layer_id}
            ).scalar_one()
        assert n == table.count


def test_the_epoch_says_what_came_with_it(store, made):
    publish(store, made)
    summary = scalar(store, "SELECT summary FROM pool.epoch")
    assert summary["sample"] is True
    assert summary["inserted"]["parcels"] == made.tables["parcels"].count
    assert summary["tiles"] == scalar(store, "SELECT count(*) FROM tiles.tile")


def test_every_published_layer_has_tiles_at_every_zoom_it_declares(store, made):
    publish(store, made)
    for layer in Registry.of_folder():
        with store.reading(WORKER) as connection:
            zooms = connection.execute(
                text("SELECT DISTINCT z FROM tiles.tile WHERE layer_id = :layer ORDER BY z"), {"layer": layer.id}
            ).scalars()
            assert list(zooms) == list(layer.tile_zooms), layer.id


def test_computed_areas_are_those_of_the_shapes(store, made):
    publish(store, made)
    assert (
        scalar(store, "SELECT count(*) FROM pool.parcels WHERE computed_area_m2 <> round(ST_Area(geom)::numeric, 2)")
        == 0
    )


def test_coverage_carries_the_epoch_and_the_district(store, made):
    epoch = publish(store, made)
    assert scalar(store, f"SELECT count(*) FROM pool.coverage WHERE epoch_from = {epoch}") == len(made.coverages)
    assert scalar(store, "SELECT count(DISTINCT district_id) FROM pool.coverage") == 1


def test_a_bulk_load_cannot_write_into_another_district(store, made):
    with pytest.raises(InsufficientPrivilege, match="row-level security"):
        publish(store, replace(made, district_id=OTHER))
    assert scalar(store, "SELECT count(*) FROM pool.epoch") == 0


def test_what_fails_leaves_nothing(store, made):
    broken = {**made.tables, "parcels": replace(made.tables["parcels"], columns=("ref", "geom"))}
    with pytest.raises(Exception, match="extra data"):
        publish(store, replace(made, tables=broken))
    for table in ("pool.epoch", "pool.neighbourhoods", "tiles.tile"):
        assert scalar(store, f"SELECT count(*) FROM {table}") == 0


def test_a_pool_that_holds_data_is_not_filled(store, made, profile):
    publish(store, made)
    with pytest.raises(PoolNotEmpty, match="--data"):
        next(fill(store, profile, 60_000, 1))


def test_a_city_without_facts_is_not_filled(store, profile):
    with pytest.raises(NoSample, match="izmir"):
        next(fill(store, load_profile(ROOT / "profiles/epinay.toml"), 60_000, 1))


def test_sample_accounts_exist_only_where_the_profile_asks_for_them(profile):
    assert {account.role for account in sample_accounts(profile)} == {"planner", "approver", "department"}
    assert sample_accounts(replace(profile, sample_accounts=False)) == ()

"""Tiles of a past day: what was served then, at every zoom."""

import gzip

import mapbox_vector_tile
import pytest
from sqlalchemy import text

from layers.core.registry import Registry
from layers.core.store import WORKER, Store
from layers.core.tiles.address import TileAddress
from layers.core.tiles.kept import kept_bodies, past_tile, remembered_past_tile
from layers.core.tiles.seed import make_areas
from tests.db.small_world import publish as publish_rows
from tests.db.small_world import publishing, rectangle
from tests.worlds import WEST, publish_changes, publish_parcels, square

PARCELS = Registry.of_folder()["parcels"]


@pytest.fixture
def store(database):
    opened = Store(database.worker, pool_size=2)
    yield opened
    opened.close()


def drawn(store: Store) -> dict[TileAddress, bytes]:
    with store.reading(WORKER) as connection:
        rows = connection.execute(text("SELECT z, x, y FROM tiles.tile WHERE layer_id = 'parcels'"))
        return kept_bodies(connection, PARCELS, [TileAddress(*row) for row in rows])


def past(store: Store, addresses, epoch: int) -> dict[TileAddress, bytes]:
    with store.reading(WORKER) as connection:
        return {address: past_tile(connection, PARCELS, address, epoch).body for address in addresses}


def differing(one: dict[TileAddress, bytes], other: dict[TileAddress, bytes]) -> set[int]:
    addresses = one.keys() | other.keys()
    return {address.z for address in addresses if one.get(address, b"") != other.get(address, b"")}


def numbers(body: bytes) -> dict[str, int]:
    found = mapbox_vector_tile.decode(gzip.decompress(body))["parcels_by_neighbourhood"]["features"]
    return {feature["properties"]["name"]: feature["properties"]["n"] for feature in found}


@pytest.fixture
def districts(database, store):
    """Ground in two halves, and the shapes that low zooms show of it."""
    ground = rectangle(-2000, -2000, 4000, 4000)
    publish_rows(database, WEST, {"districts": [{"ref": "west", "name": "West", "geom": ground}]})
    halves = [
        {"ref": "a", "name": "Aşağı", "geom": rectangle(-2000, -2000, 2000, 4000)},
        {"ref": "b", "name": "Yukarı", "geom": rectangle(0, -2000, 2000, 4000)},
    ]
    publish_rows(database, WEST, {"neighbourhoods": halves})
    make_areas(store, Registry.of_folder())


def test_a_past_tile_is_byte_for_byte_what_was_served_then(store, database, districts):
    first = publish_parcels(database, WEST, {f"w-{n}": square(n, 0) for n in range(12)})
    before = drawn(store)
    publish_changes(database, WEST, {"new": square(20, 3)}, retire=("w-7", "w-2"))
    after = drawn(store)
    assert differing(before, after) >= {5, 9, 12, 14, 16}
    assert differing(past(store, after, first), before) == set()


def test_a_past_tile_does_not_change_when_it_is_asked_for_again(store, database, districts):
    first = publish_parcels(database, WEST, {"w-1": square(0, 0), "w-2": square(1, 0)})
    before = drawn(store)
    address = next(address for address in before if address.z == 12 and before[address])
    publish_parcels(database, WEST, {"w-3": square(2, 0)}, retire=("w-1",))
    tile = remembered_past_tile(store, WORKER, PARCELS, address, first)
    assert tile.body == before[address]
    publish_parcels(database, WEST, {"w-4": square(3, 0)})
    assert remembered_past_tile(store, WORKER, PARCELS, address, first) == tile
    with store.reading(WORKER) as connection:
        assert connection.execute(text("SELECT count(*) FROM tiles.past_tile")).scalar_one() == 1


def test_only_so_many_past_tiles_are_remembered(store, database, districts, monkeypatch):
    import layers.core.tiles.kept as module

    monkeypatch.setattr(module, "MOST_PAST_TILES", 3)
    first = publish_parcels(database, WEST, {"w-1": square(0, 0)})
    publish_parcels(database, WEST, {"w-2": square(2, 0)})
    for z in range(8, 17):
        remembered_past_tile(store, WORKER, PARCELS, TileAddress(z, 1, 1), first)
    with store.reading(WORKER) as connection:
        assert connection.execute(text("SELECT count(*) FROM tiles.past_tile")).scalar_one() <= 4


def test_a_neighbourhood_that_was_redrawn_since_counts_as_it_did_then(store, database, districts):
    first = publish_parcels(database, WEST, {f"w-{n}": square(n, 0) for n in range(12)})
    before = drawn(store)
    with publishing(database, WEST) as connection:
        connection.execute(
            text("UPDATE pool.neighbourhoods SET geom = ST_Multi(ST_Translate(geom, 120, 0)) WHERE ref = 'b'")
        )
    make_areas(store, Registry.of_folder())
    counted = {address: body for address, body in before.items() if 8 <= address.z <= 11 and body}
    assert {address: numbers(body) for address, body in past(store, counted, first).items()} == {
        address: numbers(body) for address, body in counted.items()
    }

"""Drawing what is missing, comparing what is there, while publishes go on."""

import gzip
import json

import pytest
from click.testing import CliRunner
from pyproj import Transformer
from sqlalchemy import text

from gisserver.cli.tiles.check import check as check_command
from gisserver.cli.tiles.seed import seed as seed_command
from layers.core.epochs import current_epoch
from layers.core.registry import Registry
from layers.core.store import WORKER, Store
from layers.core.tiles.address import TileAddress, tile_at
from layers.core.tiles.check import check, expected_tiles
from layers.core.tiles.kept import kept_bodies
from layers.core.tiles.seed import (
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
from tests.edits import Drawn, open_editor
from tests.jagged import CORNER_LONLAT
from tests.worlds import WEST, publish_parcels, square

PARCELS = Registry.of_folder()["parcels"]
PLACES = Registry.of_folder()["places"]
ALL_ZOOMS = range(25)


@pytest.fixture
def store(database):
    publish_parcels(database, WEST, {f"w-{n}": square(n, 0) for n in range(30)})
    opened = Store(database.worker, pool_size=2)
    yield opened
    opened.close()


def owner_says(database, statement: str) -> None:
    from sqlalchemy import create_engine

    engine = create_engine(database.owner)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def faults(store: Store):
    with store.reading(WORKER) as connection:
        return list(check(connection, PARCELS, expected_tiles(connection, PARCELS, ALL_ZOOMS)))


def all_tiles(store: Store) -> list[TileAddress]:
    with store.reading(WORKER) as connection:
        return expected_tiles(connection, PARCELS, ALL_ZOOMS)


def test_after_a_publish_nothing_is_wrong_or_missing(store):
    assert faults(store) == []


def test_what_was_lost_is_found_and_drawn_again_as_it_was(store, database):
    addresses = all_tiles(store)
    with store.reading(WORKER) as connection:
        before = kept_bodies(connection, PARCELS, addresses)
    owner_says(database, "DELETE FROM tiles.tile WHERE z = 16")
    owner_says(database, "UPDATE tiles.tile SET body = '\\x1f8b' WHERE z = 14 AND body <> ''")
    kinds = {fault.kind for fault in faults(store)}
    assert kinds == {"missing", "different"}
    with store.reading(WORKER) as connection:
        missing = missing_tiles(connection, PARCELS, addresses)
    assert {address.z for address in missing if before.get(address)} == {16}
    assert seed(store, PARCELS, addresses).changed > 0
    with store.reading(WORKER) as connection:
        after = kept_bodies(connection, PARCELS, addresses)
    assert {address: body for address, body in after.items() if body} == {a: body for a, body in before.items() if body}


def test_a_tile_packed_by_another_release_is_no_fault(store, database):
    address = all_tiles(store)[-1]
    with store.reading(WORKER) as connection:
        body = kept_bodies(connection, PARCELS, [address])[address]
    packed = gzip.compress(gzip.decompress(body), compresslevel=1, mtime=0)
    assert packed != body
    place = f"z = {address.z} AND x = {address.x} AND y = {address.y}"
    owner_says(database, f"UPDATE tiles.tile SET body = '\\x{packed.hex()}' WHERE layer_id = 'parcels' AND {place}")
    assert faults(store) == []


def test_a_tile_of_something_that_is_gone_is_left_over(store, database):
    owner_says(
        database,
        "INSERT INTO tiles.tile SELECT layer_id, z, x + 100, y, epoch, body FROM tiles.tile "
        "WHERE z = 16 AND layer_id = 'parcels' AND body <> '' LIMIT 1",
    )
    with store.reading(WORKER) as connection:
        rows = connection.execute(text("SELECT z, x, y FROM tiles.tile WHERE layer_id = 'parcels'"))
        addresses = [TileAddress(*row) for row in rows]
        assert [fault.kind for fault in check(connection, PARCELS, addresses)] == ["left_over"]


def test_a_feature_that_a_tile_lacks_is_missed(store, monkeypatch):
    """Also where a fresh tile would lack it too: the pool is asked, not only the drawing."""
    import layers.core.tiles.check as module

    monkeypatch.setattr(module, "render", lambda _connection, _layer, part: [(address, b"") for address in part])
    assert "lost" in {fault.kind for fault in faults(store)}


@pytest.mark.parametrize("units", [63.7, 64.3, 64.7])
def test_a_point_at_the_rim_of_the_buffer_is_kept_as_it_would_be_drawn(database, units):
    tile = tile_at(*CORNER_LONLAT, 14)
    lon, lat = CORNER_LONLAT[0] - 360 / (1 << tile.z) * units / 4096, CORNER_LONLAT[1] - 0.001
    east, north = Transformer.from_crs(4326, 5253, always_xy=True).transform(lon, lat)
    place = Drawn(f"POINT({east} {north})", {"name": "Park", "kind": "park"})
    with open_editor(database) as editor:
        editor.publish(WEST, "places", {"p-1": place})
        with editor.store.reading(WORKER) as connection:
            beside = [tile_at(CORNER_LONLAT[0] + 0.001, lat, tile.z)]
            assert bool(kept_bodies(connection, PLACES, beside).get(beside[0])) == (units < 64.5)
            assert not list(check(connection, PLACES, beside))


def test_seeding_changes_no_epoch_where_nothing_differs(store):
    with store.reading(WORKER) as connection:
        before = current_epoch(connection)
    assert seed(store, PARCELS, all_tiles(store)).changed == 0
    with store.reading(WORKER) as connection:
        assert current_epoch(connection) == before


def test_a_publish_between_drawing_and_keeping_wins(store, database, monkeypatch):
    import layers.core.tiles.seed as module

    owner_says(database, "DELETE FROM tiles.tile")
    addresses = all_tiles(store)
    real = module.begin_epoch

    def publish_first(connection):
        monkeypatch.setattr(module, "begin_epoch", real)
        publish_parcels(database, WEST, {"late": square(3, 5)})
        return real(connection)

    monkeypatch.setattr(module, "begin_epoch", publish_first)
    seed(store, PARCELS, addresses)
    seed(store, PARCELS, addresses)
    assert faults(store) == []


def test_shapes_of_low_zooms_that_were_never_made_are_made(store, database):
    owner_says(database, "DELETE FROM tiles.dissolved")
    owner_says(database, "DELETE FROM tiles.tile WHERE z < 14")
    make_areas(store, Registry.of_folder())
    make_low_zooms(store, Registry.of_folder(), WEST)
    seed(store, PARCELS, all_tiles(store))
    assert faults(store) == []
    with store.reading(WORKER) as connection:
        assert connection.execute(text("SELECT sum(n) FROM tiles.dissolved")).scalar_one() == 30
        assert has_low_zooms(connection, Registry.of_folder())


def test_layers_without_levels_have_all_their_low_zooms(store, database):
    """Or each seeding would make the shapes of all layers again."""
    owner_says(database, "UPDATE pool.counter SET n = 1 WHERE layer_id = 'districts'")
    make_areas(store, Registry.of_folder())
    make_low_zooms(store, Registry.of_folder(), WEST)
    with store.reading(WORKER) as connection:
        assert has_low_zooms(connection, Registry.of_folder())


def test_an_interrupted_run_remembers_how_far_it_came(store):
    until = TileAddress(16, 5, 7)
    mark_done(store, PARCELS, until)
    with store.reading(WORKER) as connection:
        assert done_until(connection, PARCELS, 16) == until
        assert done_until(connection, PARCELS, 15) is None
    forget_progress(store)
    with store.reading(WORKER) as connection:
        assert done_until(connection, PARCELS, 16) is None


def test_occupied_tiles_are_found_without_asking_the_whole_world(store):
    with store.reading(WORKER) as connection:
        occupied = occupied_tiles(connection, PARCELS, 16, [TileAddress(0, 0, 0)])
        kept = {
            TileAddress(*row)
            for row in connection.execute(
                text("SELECT z, x, y FROM tiles.tile WHERE z = 16 AND layer_id = 'parcels' AND body <> ''")
            )
        }
    assert kept <= set(occupied)
    assert len(occupied) < 3 * len(kept) + 10


@pytest.fixture
def deployed(database, monkeypatch, tmp_path):
    monkeypatch.setenv("GIS_DATABASE_URL", database.worker)
    monkeypatch.setenv("GIS_DATA", str(tmp_path))
    return CliRunner()


def test_the_commands_draw_and_compare(store, database, deployed):
    owner_says(database, "DELETE FROM tiles.tile")
    found = deployed.invoke(check_command, ["--all", "--json", "--layer", "parcels"])
    assert found.exit_code == 1
    told = json.loads(found.output.splitlines()[-1])
    assert set(told["faults"]) == {"missing"}
    drawn = deployed.invoke(seed_command, ["--jobs", "1", "--json"])
    assert drawn.exit_code == 0, drawn.output
    assert json.loads(drawn.output.splitlines()[-1])["changed"] > 0
    assert deployed.invoke(check_command, ["--all"]).exit_code == 0


@pytest.mark.parametrize("zooms", ["x", "5-", "12-x", "99", "-3"])
def test_a_zoom_that_is_none_is_explained(deployed, zooms):
    answer = deployed.invoke(seed_command, [f"--zoom={zooms}"])
    assert answer.exit_code == 2
    assert "5-12" in answer.output

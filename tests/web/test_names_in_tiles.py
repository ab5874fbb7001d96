"""Wide features are named once, however many tiles they cross."""

import gzip

import mapbox_vector_tile
import pytest
from sqlalchemy import create_engine, text

from layers.core.layer import labels_of
from layers.core.registry import Registry
from layers.core.tiles import TileAddress, render

DISTRICTS = Registry.of_folder()["districts"]

ONE_DISTRICT = text(
    "INSERT INTO pool.districts (ref, district_id, name, geom, epoch_from, version, origin) "
    "SELECT 'west', 1, 'West', ST_Multi(ST_Transform(ST_MakeEnvelope(26.9, 38.2, 27.3, 38.5, 4326), storage_srid)), "
    "1, 1, 'test' FROM ops.profile"
)


@pytest.fixture
def connection(database):
    """Rolled back at the end: a row that stands for a publish, without being one."""
    engine = create_engine(database.owner)
    with engine.connect() as opened:
        opened.exec_driver_sql("SELECT set_config('gis.epoch', '1', true)")
        opened.execute(ONE_DISTRICT)
        yield opened
    engine.dispose()


def test_a_district_across_many_tiles_has_its_name_in_one_of_them(connection):
    around = [TileAddress(11, x, y) for x in range(1174, 1182) for y in range(784, 794)]
    decoded = [
        mapbox_vector_tile.decode(gzip.decompress(body)) for _, body in render(connection, DISTRICTS, around) if body
    ]
    assert len(decoded) > 4
    assert all("districts" in tile for tile in decoded)
    named = [tile[labels_of(DISTRICTS.id)]["features"] for tile in decoded if labels_of(DISTRICTS.id) in tile]
    assert [feature["properties"]["name"] for features in named for feature in features] == ["West"]

"""Layers with tiles of their own, for tests of files that hold tiles."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import mapbox_vector_tile
from flask import Flask
from pmtiles.reader import MemorySource, Reader, all_tiles
from sqlalchemy import text

from gisserver.exporting import export_public, shelf_of
from gisserver.settings import Settings
from layers.core.layer import Audience
from layers.core.profile import load_profile
from layers.core.registry import Registry
from layers.core.store import WORKER, Connection, Store
from layers.core.tiles import refresh
from layers.core.tiles.export import ExportedFile, ExportWish, make
from tests.db.small_world import EAST, WEST, Rows, add, door, end_parcels, parcel, publishing, rectangle

PROFILE = load_profile(Path(__file__).parent / "data/profiles/test.toml")
REGISTRY = Registry.of_folder()
NOON = datetime.datetime(2026, 5, 1, 12, tzinfo=datetime.UTC)

Bodies = dict[tuple[int, int, int], bytes]


def publish_layers(database, district_id: int, rows: Rows, *, retire: Sequence[str] = ()) -> int:
    """One epoch with new rows, ended parcels and their tiles; returns its number."""
    with publishing(database, district_id) as connection:
        for layer_id, features in rows.items():
            add(connection, district_id, layer_id, features)
        end_parcels(connection, retire)
        epoch = int(connection.execute(text("SELECT current_setting('gis.epoch')")).scalar_one())
        changed = {*rows, *(("parcels",) if retire else ())}
        refresh(connection, REGISTRY, [layer for layer in REGISTRY if layer.id in changed], epoch)
    return epoch


def small_city(database) -> int:
    """A district with two parcels and a door, and one 20 km to the east of it; returns the epoch."""
    district = {"name": "West", "geom": rectangle(-1000, -1000, 3000, 3000)}
    publish_layers(
        database,
        WEST,
        {
            "districts": [{"ref": "west", **district}],
            "parcels": [parcel("w-1", 0, 0, "1", "1"), parcel("w-2", 40, 0, "1", "2")],
            "addresses": [door("w-d", "Liman Caddesi", "1", 5, 5)],
        },
    )
    return publish_layers(
        database,
        EAST,
        {
            "districts": [{"ref": "east", "name": "East", "geom": rectangle(20_000, -1000, 3000, 3000)}],
            "parcels": [parcel("e-1", 21_000, 0, "2", "1")],
        },
    )


@contextmanager
def snapshot(database) -> Iterator[Connection]:
    """What the worker reads."""
    store = Store(database.worker)
    try:
        with store.reading(WORKER) as connection:
            yield connection
    finally:
        store.close()


def wish(*layers: str, district: int | None = None, as_of: int | None = None) -> ExportWish:
    """Layers by name; without names every public one."""
    chosen = tuple(REGISTRY[name] for name in layers)
    return ExportWish(chosen or tuple(x for x in REGISTRY if x.audience == Audience.PUBLIC), district, as_of)


def exported(database, target: Path, asked: ExportWish) -> ExportedFile:
    """The file as `gis tiles export` makes it."""
    with snapshot(database) as connection:
        return make(connection, PROFILE, asked, target)


def put_on_shelf(app: Flask, database, at: datetime.datetime = NOON) -> None:
    """The files for download, as the worker makes them."""
    settings: Settings = app.extensions["gisserver"].settings
    with snapshot(database) as connection:
        export_public(connection, shelf_of(settings), PROFILE, at)


def tiles_in(target: Path) -> Bodies:
    """Every tile of a PMTiles file."""
    return dict(all_tiles(MemorySource(target.read_bytes())))


def reader_of(target: Path) -> Reader:
    """The library's own reader."""
    return Reader(MemorySource(target.read_bytes()))


def stored(database, layer_id: str) -> Bodies:
    """What the service answers now, empty tiles left out."""
    with snapshot(database) as connection:
        rows = connection.execute(
            text("SELECT z, x, y, body FROM tiles.tile WHERE layer_id = :layer AND body <> ''"), {"layer": layer_id}
        )
        return {(row.z, row.x, row.y): bytes(row.body) for row in rows}


def refs_in(mvt: Iterable[bytes], layer_id: str = "parcels") -> set[str]:
    """Which features some tiles show."""
    drawn = (mapbox_vector_tile.decode(tile).get(layer_id, {"features": ()}) for tile in mvt)
    return {feature["properties"]["ref"] for layer in drawn for feature in layer["features"]}

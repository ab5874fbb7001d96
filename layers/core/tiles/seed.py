"""Drawing tiles that are missing, or all of them again, while publishes go on.

A tile is drawn from one snapshot and kept only where nobody has published it since: what a publish draws in its
own transaction is always newer. A batch that changes something is an epoch of its own, so that every web
process hears of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.core.epochs import begin_epoch, current_epoch, end_epoch, take_turn
from layers.core.layer import Layer
from layers.core.levels import Counted
from layers.core.registry import Registry
from layers.core.rows import execute_rows
from layers.core.store import WORKER, Actor, Store
from layers.core.tiles.address import TileAddress, columns_of
from layers.core.tiles.areas import all_areas, areas_of, recount, redraw_areas
from layers.core.tiles.dissolve import all_groups, dissolve_again
from layers.core.tiles.kept import kept_addresses, kept_bodies
from layers.core.tiles.render import BATCH, render
from sql import query

BATCH_OF_SEEDING = 2 * BATCH
"""Tiles of one epoch; others wait to publish only while these are written."""

_DEPARTMENT = Actor("department")


@dataclass(frozen=True)
class Seeded:
    """What became of a batch."""

    drawn: int
    changed: int
    bytes: int


def occupied_tiles(connection: Connection, layer: Layer, zoom: int, within: Sequence[TileAddress]) -> list[TileAddress]:
    """Tiles of a zoom in which the layer shows something, found from coarse to fine below the tiles given.

    A square without anything has no finer square with something, so only a few are ever asked.
    """
    found = list(within)
    while found and found[0].z < zoom:
        found = _occupied(connection, layer, [child for address in found for child in address.children])
    return sorted(found)


def _occupied(connection: Connection, layer: Layer, asked: Sequence[TileAddress]) -> list[TileAddress]:
    z = asked[0].z
    areas = [level.areas for level in layer.levels if isinstance(level, Counted) and z < level.zooms.stop]
    rows = connection.execute(text(query("seed.occupied")), {"layer": layer.id, "areas": areas, **columns_of(asked)})
    return [TileAddress(row.z, row.x, row.y) for row in rows]


def missing_tiles(connection: Connection, layer: Layer, addresses: Sequence[TileAddress]) -> list[TileAddress]:
    """Those that were never drawn."""
    kept = kept_addresses(connection, layer, addresses)
    return [address for address in addresses if address not in kept]


def seed(store: Store, layer: Layer, addresses: Sequence[TileAddress]) -> Seeded:
    """Draw one batch and keep what differs from the tiles there are."""
    with store.reading(WORKER) as connection:
        seen = current_epoch(connection)
        kept = kept_bodies(connection, layer, addresses)
        drawn = list(render(connection, layer, addresses))
    _keep_empty(store, layer, [address for address, body in drawn if address not in kept and not body], seen)
    differing = [(address, body) for address, body in drawn if kept.get(address, b"") != body]
    changed = _keep(store, layer, differing, seen) if differing else 0
    return Seeded(len(drawn), changed, sum(len(body) for _, body in drawn))


def _keep_empty(store: Store, layer: Layer, addresses: Sequence[TileAddress], seen: int) -> None:
    """A row that says "drawn, and nothing there": no reader sees a difference, so it needs no epoch."""
    if addresses:
        with store.writing(_DEPARTMENT) as connection:
            execute_rows(connection, query("seed.keep_empty"), [(layer.id, a.z, a.x, a.y, seen) for a in addresses])


def _keep(store: Store, layer: Layer, tiles: Sequence[tuple[TileAddress, bytes]], seen: int) -> int:
    with store.writing(_DEPARTMENT) as connection:
        epoch = begin_epoch(connection)
        rows = [(layer.id, a.z, a.x, a.y, epoch, body, seen) for a, body in tiles]
        changed = len(execute_rows(connection, query("seed.keep"), rows))
        end_epoch(connection, epoch, None, {"seeded": {layer.id: changed}})
    return changed


def has_low_zooms(connection: Connection, registry: Registry) -> bool:
    """False where the shapes of low zooms were never made, as after an upgrade."""
    counted = [layer.id for layer in registry if any(isinstance(level, Counted) for level in layer.levels)]
    return not connection.execute(text(query("seed.lacks_shapes")), {"counted": counted}).scalar_one()


def districts(connection: Connection) -> list[int]:
    """Those with anything published."""
    return list(connection.execute(text(query("seed.districts"))).scalars())


def done_until(connection: Connection, layer: Layer, zoom: int) -> TileAddress | None:
    """The tile up to which an interrupted run has drawn this zoom; None where it had not begun."""
    row = connection.execute(text(query("seed.done_until")), {"layer": layer.id, "z": zoom}).one_or_none()
    return None if row is None else TileAddress(row.z, row.x, row.y)


def mark_done(store: Store, layer: Layer, until: TileAddress) -> None:
    """Remember how far a run has come, for the one that goes on after an interruption."""
    with store.writing(WORKER) as connection:
        about = {"layer": layer.id, "z": until.z, "x": until.x, "y": until.y}
        connection.execute(text(query("seed.mark_done")), about)


def forget_progress(store: Store) -> None:
    """The run is finished, or is to begin anew."""
    with store.writing(WORKER) as connection:
        connection.execute(text(query("seed.forget_progress")))


def make_areas(store: Store, registry: Registry) -> None:
    """Take over neighbourhoods and districts as they are published."""
    with store.writing(_DEPARTMENT) as connection:
        epoch = begin_epoch(connection, is_large=True)
        take_turn(connection, epoch)
        for areas, zooms in areas_of(registry).items():
            redraw_areas(connection, areas, zooms, epoch)
        end_epoch(connection, epoch, None, {"low_zooms": "areas"})


def make_low_zooms(store: Store, registry: Registry, district_id: int) -> None:
    """Make all groups and counts of a district anew; only its own publishes wait meanwhile."""
    with store.writing(Actor("publisher", district_id)) as connection:
        epoch = begin_epoch(connection, [district_id], is_large=True)
        take_turn(connection, epoch)
        for layer in registry:
            for level in layer.levels:
                if isinstance(level, Counted):
                    keys = [key for key in all_areas(connection, level) if key.district_id == district_id]
                    recount(connection, layer, level, keys, epoch)
                else:
                    dissolve_again(connection, layer, level, epoch, all_groups(connection, layer, level, district_id))
        end_epoch(connection, epoch, district_id, {"low_zooms": "groups and counts"})

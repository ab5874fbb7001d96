"""What a publish does to the tiles."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, text

from layers.core.epochs import current_epoch, lock_epochs, take_turn
from layers.core.layer import Layer
from layers.core.levels import Counted
from layers.core.registry import Registry
from layers.core.rows import execute_rows
from layers.core.tiles.address import TileAddress
from layers.core.tiles.areas import AreaKey, Redrawn, areas_of, moved_areas, recount, redraw_areas
from layers.core.tiles.dissolve import dissolve_again
from layers.core.tiles.kept import keep
from layers.core.tiles.render import BATCH, MANY, render, render_many
from sql import query

_AT_ONCE = 16 * BATCH
"""Tiles in memory at a time."""


def refresh(
    connection: Connection, registry: Registry, changed: Iterable[Layer], epoch: int, *, is_large: bool = False
) -> int:
    """Bring every tile up to date that `epoch` may have changed, inside its transaction.

    `changed` are the layers whose rows the epoch touched. Returns how many tiles differ now. A large publish
    waits for those before it, draws on all cores, and holds tiles that other districts may need only from its last
    moment on.
    """
    if is_large:
        take_turn(connection, epoch)
    seen = current_epoch(connection)
    touched = touched_tiles(connection, registry, list(changed), epoch, is_large=is_large)
    if not is_large:
        return sum(_draw(connection, layer, sorted(addresses), epoch) for layer, addresses in touched)
    connection.execute(text(query("tiles.make_stage")))
    for layer, addresses in touched:
        _stage(connection, layer, sorted(addresses))
    lock_epochs(connection)
    _stage_overtaken(connection, registry, seen)
    return int(connection.execute(text(query("tiles.move_stage")), {"epoch": epoch}).scalar_one())


def _stage(connection: Connection, layer: Layer, addresses: Sequence[TileAddress]) -> None:
    for start in range(0, len(addresses), MANY):
        part = addresses[start : start + MANY]
        rows = [(layer.id, a.z, a.x, a.y, body) for a, body in render_many(connection, layer, part)]
        execute_rows(connection, query("tiles.stage"), rows)


def _stage_overtaken(connection: Connection, registry: Registry, seen: int) -> None:
    """Draw anew the tiles that somebody else published since, with both changes in them."""
    rows = connection.execute(text(query("tiles.overtaken")), {"seen": seen}).all()
    for layer_id, addresses in groupby(rows, key=attrgetter("layer_id")):
        overtaken = [TileAddress(row.z, row.x, row.y) for row in addresses]
        drawn = render(connection, registry[layer_id], overtaken)
        execute_rows(connection, query("tiles.stage"), [(layer_id, a.z, a.x, a.y, body) for a, body in drawn])


def touched_tiles(
    connection: Connection, registry: Registry, changed: Sequence[Layer], epoch: int, *, is_large: bool
) -> list[tuple[Layer, set[TileAddress]]]:
    """Bring the shapes of low zooms up to date; returns the tiles that may differ, layer by layer."""
    areas = areas_of(registry)
    # What no neighbourhood covers depends on the districts too.
    redrawn = (
        {name: redraw_areas(connection, name, zooms, epoch) for name, zooms in areas.items()}
        if any(layer.id in areas for layer in changed)
        else {}
    )
    found = []
    for layer in registry:
        is_changed = layer in changed
        addresses = _own_tiles(connection, layer, epoch) if is_changed else set()
        for level in layer.levels:
            if isinstance(level, Counted):
                keys = moved_areas(connection, layer, level, epoch, is_large=is_large) if is_changed else set()
                addresses |= _counted_tiles(connection, layer, level, keys, redrawn.get(level.areas), epoch)
            elif is_changed:
                addresses |= dissolve_again(connection, layer, level, epoch)
        if addresses:
            found.append((layer, addresses))
    return found


def _own_tiles(connection: Connection, layer: Layer, epoch: int) -> set[TileAddress]:
    rows = connection.execute(
        text(query("tiles.touched")),
        {"layer": layer.id, "epoch": epoch, "z_from": layer.zooms.start, "z_to": layer.zooms.stop - 1},
    )
    return {TileAddress(row.z, row.x, row.y) for row in rows}


def _counted_tiles(
    connection: Connection, layer: Layer, level: Counted, moved: set[AreaKey], redrawn: Redrawn | None, epoch: int
) -> set[TileAddress]:
    if redrawn is None:
        return recount(connection, layer, level, moved, epoch)
    reshaped = {address for address in redrawn.tiles if address.z in level.zooms}
    return recount(connection, layer, level, moved | redrawn.keys, epoch) | reshaped


def _draw(connection: Connection, layer: Layer, addresses: Sequence[TileAddress], epoch: int) -> int:
    return sum(
        keep(connection, layer, epoch, list(render(connection, layer, addresses[start : start + _AT_ONCE])))
        for start in range(0, len(addresses), _AT_ONCE)
    )

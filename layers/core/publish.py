"""Publishing: everything a changeset brings becomes visible by one commit."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.core.after_publish import ask_for_files
from layers.core.epochs import begin_epoch, end_epoch, touched_extents
from layers.core.layer import Layer
from layers.core.registry import Registry
from layers.core.store import Actor, acting_as
from layers.core.tiles import areas_of, refresh
from layers.core.watching import call_webhooks
from sql import query


@dataclass(frozen=True)
class Conflict:
    """A change that was made from a version which is no longer the published one."""

    ref: str
    base_version: int | None
    published_version: int | None


class StaleVersions(Exception):
    """Somebody published the same features after this changeset was made."""

    def __init__(self, conflicts: tuple[Conflict, ...]) -> None:
        self.conflicts = conflicts
        super().__init__(", ".join(conflict.ref for conflict in conflicts))


@dataclass(frozen=True)
class Published:
    """What a publish did."""

    epoch: int
    retired: int
    updated: int
    inserted: int
    tiles: int

    @property
    def summary(self) -> dict[str, int]:
        """Counts for the event list."""
        return {
            "retired": self.retired,
            "updated": self.updated,
            "inserted": self.inserted,
            "tiles": self.tiles,
        }


def publish(
    connection: Connection,
    registry: Registry,
    layer: Layer,
    changeset_id: int,
    district_id: int,
    *,
    is_large: bool = False,
) -> Published:
    """Apply a changeset inside the caller's transaction.

    Rows, history, lineage, counters, low zooms, tiles and the event get the same new epoch. The database is
    asked as the changeset's district, so it refuses whatever lies outside. A large publish uses all cores and
    lets those of other districts pass. Raises StaleVersions, PublishUnderWay.
    """
    # Neighbourhoods of all districts are simplified together: only one such publish at a time.
    moves_areas = layer.id in areas_of(registry)
    with acting_as(connection, Actor("publisher", district_id)):
        epoch = begin_epoch(connection, [district_id], is_large=is_large, moves_areas=moves_areas)
        _refuse_stale(connection, layer, changeset_id)
        counts = connection.execute(text(query("publish.apply")), {"layer": layer.id, "changeset": changeset_id}).one()
        connection.execute(text(query("publish.lineage")), {"changeset": changeset_id, "epoch": epoch})
        tiles = refresh(connection, registry, [layer], epoch, is_large=is_large or moves_areas)
        published = Published(epoch, counts.retired, counts.updated, counts.inserted, tiles)
        about = {"layer": layer.id, **published.summary, "extent": touched_extents(connection, [layer.id], epoch)}
        end_epoch(connection, epoch, district_id, about, changeset_id)
        ask_for_files(connection)
        call_webhooks(connection)
    return published


def _refuse_stale(connection: Connection, layer: Layer, changeset_id: int) -> None:
    rows = connection.execute(text(query("publish.stale")), {"layer": layer.id, "changeset": changeset_id}).all()
    if rows:
        raise StaleVersions(tuple(Conflict(row.ref, row.base_version, row.published_version) for row in rows))

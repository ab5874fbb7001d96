"""Publishing: everything a changeset brings becomes visible by one commit."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.core.after_publish import ask_for_files
from layers.core.epochs import begin_epoch, end_epoch, touched_extents
from layers.core.layer import Layer
from layers.core.registry import Registry
from layers.core.scores.asking import ask_to_count
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


def layers_of(connection: Connection, registry: Registry, changeset_id: int, own: Layer) -> tuple[Layer, ...]:
    """A changeset's own layer and the others whose features it changes, in the registry's order."""
    named = {own.id, *connection.execute(text(query("changesets.other_layers")), {"changeset": changeset_id}).scalars()}
    return tuple(layer for layer in registry if layer.id in named)


def publish(
    connection: Connection,
    registry: Registry,
    layer: Layer,
    changeset_id: int,
    district_id: int,
    *,
    is_large: bool = False,
) -> Published:
    """Apply a changeset of that layer, and of others that its changes name, inside the caller's transaction.

    Rows, history, lineage, counters, low zooms, tiles and the event get the same new epoch. The database is
    asked as the changeset's district, so it refuses whatever lies outside. A large publish uses all cores and
    lets those of other districts pass. Raises StaleVersions, PublishUnderWay.
    """
    # Neighbourhoods of all districts are simplified together: only one such publish at a time.
    layers = layers_of(connection, registry, changeset_id, layer)
    moves_areas = any(one.id in areas_of(registry) for one in layers)
    with acting_as(connection, Actor("publisher", district_id)):
        epoch = begin_epoch(connection, [district_id], is_large=is_large, moves_areas=moves_areas)
        if conflicts := conflicts_of(connection, layers, changeset_id):
            raise StaleVersions(conflicts)
        by_layer = _apply(connection, layers, changeset_id)
        counts = sum(by_layer.values(), Counter[str]())
        for name in ("publish.undo_lineage", "publish.lineage", "publish.endings"):
            connection.execute(text(query(name)), {"changeset": changeset_id, "epoch": epoch})
        tiles = refresh(connection, registry, layers, epoch, is_large=is_large or moves_areas)
        published = Published(epoch, counts["retired"], counts["updated"], counts["inserted"], tiles)
        extent = touched_extents(connection, [one.id for one in layers], epoch)
        several = {"layers": by_layer} if len(layers) > 1 else {}
        about = {"layer": layer.id, **published.summary, **several, "extent": extent}
        end_epoch(connection, epoch, district_id, about, changeset_id)
        ask_for_files(connection)
        ask_to_count(connection)
        call_webhooks(connection)
    return published


def conflicts_of(connection: Connection, layers: Iterable[Layer], changeset_id: int) -> tuple[Conflict, ...]:
    """Of its features those that are no longer as they were when the changeset was made."""
    return tuple(
        Conflict(row.ref, row.base_version, row.published_version)
        for layer in layers
        for row in connection.execute(text(query("publish.stale")), {"layer": layer.id, "changeset": changeset_id})
    )


def _apply(connection: Connection, layers: Iterable[Layer], changeset_id: int) -> dict[str, Counter[str]]:
    """How many features of each layer ended, were changed and are new."""
    return {
        layer.id: Counter(
            connection.execute(text(query("publish.apply")), {"layer": layer.id, "changeset": changeset_id})
            .one()
            ._asdict()
        )
        for layer in layers
    }

"""Publishing features of any layer without a file: the shortest way from a shape to the map."""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select, text

from layers.core import review
from layers.core.layer import Layer
from layers.core.publish import Published, publish
from layers.core.registry import Registry
from layers.core.store import WORKER, Actor, Store

OPEN = text(
    "INSERT INTO inbox.changeset (district_id, layer_id, title, base_epoch, state) "
    "VALUES (:district, :layer, 'test', pool.current_epoch(), 'accepted') RETURNING id"
)
CHANGE = text(
    "INSERT INTO inbox.change (changeset_id, district_id, kind, uid, ref, base_version, after, geom_after) "
    "SELECT :changeset, :district, :kind, :uid, :ref, :version, CAST(:after AS jsonb), "
    "ST_GeomFromText(:wkt, storage_srid) FROM ops.profile"
)
REMEMBER = text(
    "UPDATE inbox.change AS c SET before = pool.attributes('parcels', to_jsonb(p)), geom_before = p.geom "
    "FROM pool.parcels AS p WHERE c.changeset_id = :changeset AND p.uid = c.uid"
)
DEPARTMENT = Actor("department")


@dataclass(frozen=True)
class Drawn:
    """A feature as it should be: its shape in the storage CRS, and its columns."""

    wkt: str
    columns: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Editor:
    """Brings features into a pool and takes them out."""

    store: Store
    registry: Registry

    def publish(
        self,
        district_id: int,
        layer_id: str,
        put: Mapping[str, Drawn],
        *,
        retire: Iterable[str] = (),
        is_large: bool = False,
    ) -> Published:
        """One publish: features by ref as they should be from now on, and those that end."""
        with self.store.writing(WORKER) as connection:
            changeset = self.prepare(connection, district_id, layer_id, put, retire=retire)
            layer = self.registry[layer_id]
            return publish(connection, self.registry, layer, changeset, district_id, is_large=is_large)

    def prepare(
        self,
        connection: Connection,
        district_id: int,
        layer_id: str,
        put: Mapping[str, Drawn],
        *,
        retire: Iterable[str] = (),
    ) -> int:
        """An accepted changeset; returns its number."""
        layer = self.registry[layer_id]
        changeset = connection.execute(OPEN, {"district": district_id, "layer": layer_id}).scalar_one()
        about = {"changeset": changeset, "district": district_id, "after": None, "wkt": None}
        known = _versions(connection, layer)
        rows = [
            {
                **about,
                "ref": ref,
                "kind": "update" if ref in known else "insert",
                "uid": known[ref][0] if ref in known else uuid.uuid4(),
                "version": known[ref][1] if ref in known else None,
                "after": json.dumps(drawn.columns),
                "wkt": drawn.wkt,
            }
            for ref, drawn in put.items()
        ]
        ended = [
            {**about, "ref": ref, "kind": "retire", "uid": known[ref][0], "version": known[ref][1]} for ref in retire
        ]
        connection.execute(CHANGE, rows + ended)
        return int(changeset)

    def decide(
        self, district_id: int, put: Mapping[str, Drawn], *, retire: Iterable[str] = (), actor: Actor = DEPARTMENT
    ) -> int:
        """Publish parcels through the review, so that it can be undone; returns the changeset's number."""
        with self.store.writing(actor) as connection:
            changeset = self.prepare(connection, district_id, "parcels", put, retire=retire)
            connection.execute(REMEMBER, {"changeset": changeset})
            review.publish_now(connection, self.registry, actor, changeset)
        return changeset

    def undo(self, changeset: int) -> None:
        """By a changeset of its own, published."""
        with self.store.writing(DEPARTMENT) as connection:
            inverse = review.revert(connection, self.registry, DEPARTMENT, changeset)
            review.submit(connection, DEPARTMENT, inverse.id)
            review.accept(connection, DEPARTMENT, inverse.id)
            review.publish_now(connection, self.registry, DEPARTMENT, inverse.id)

    def rows(self, statement: str, **values: Any) -> list[Any]:
        """What the worker sees."""
        with self.store.reading(WORKER) as connection:
            return list(connection.execute(text(statement), values))

    def number(self, layer_id: str) -> int:
        """How many features the pool holds."""
        with self.store.reading(WORKER) as connection:
            return int(connection.execute(select(func.count()).select_from(self.registry[layer_id].table)).scalar_one())


@contextmanager
def open_editor(database: Any, pool_size: int = 2) -> Iterator[Editor]:
    """An editor on this test's database."""
    store = Store(database.worker, pool_size=pool_size)
    try:
        yield Editor(store, Registry.of_folder())
    finally:
        store.close()


def _versions(connection: Connection, layer: Layer) -> dict[str, tuple[uuid.UUID, int]]:
    columns = layer.table.c
    found = connection.execute(select(columns.ref, columns.uid, columns.version))
    return {row.ref: (row.uid, row.version) for row in found}

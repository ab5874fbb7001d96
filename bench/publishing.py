"""Publishes of 50 neighbouring parcels that get new numbers."""

import random
import time
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Row, text

from layers.core.publish import Published
from layers.core.registry import Registry
from layers.core.review import publish_now
from layers.core.store import Actor, Store

AT_ONCE = 50
DEPARTMENT = Actor("department")

PICK = text(
    "WITH start AS (SELECT district_id, geom FROM pool.parcels OFFSET :skip LIMIT 1) "
    "SELECT p.uid, p.ref, p.version, p.district_id, p.block_no, p.cadastral_neighbourhood, "
    "ST_X(c) AS lon, ST_Y(c) AS lat FROM pool.parcels p, start, "
    "LATERAL (SELECT ST_Transform(ST_PointOnSurface(p.geom), 4326) AS c) AS middle "
    "WHERE p.district_id = start.district_id AND p.uid <> ALL(CAST(:taken AS uuid[])) "
    "ORDER BY p.geom <-> start.geom LIMIT :n"
)
OPEN = text(
    "INSERT INTO inbox.changeset (district_id, layer_id, title, base_epoch, state) "
    "VALUES (:district, 'parcels', 'measurement', pool.current_epoch(), 'accepted') RETURNING id"
)
CHANGE = text(
    "INSERT INTO inbox.change "
    "(changeset_id, district_id, kind, uid, ref, base_version, before, after, geom_before, geom_after) "
    "SELECT :changeset, district_id, 'update', uid, ref, version, a, "
    "a || jsonb_build_object('parcel_no', CAST(:number AS text)), geom, geom "
    "FROM pool.parcels, LATERAL (SELECT pool.attributes('parcels', to_jsonb(parcels)) AS a) AS kept WHERE uid = :uid"
)


@dataclass(frozen=True)
class Prepared:
    """An accepted changeset that waits to be published."""

    changeset: int
    parcels: list[Row]
    number: str
    """What the first of its parcels will be called."""


@dataclass(frozen=True)
class Timed:
    """A publish and the seconds it took."""

    published: Published
    seconds: float


def prepare(store: Store, seed: int, taken: Collection[str] = ()) -> Prepared:
    """Another place for each seed, without parcels that are taken by a changeset not yet published."""
    with store.writing(DEPARTMENT) as connection:
        total = connection.execute(text("SELECT sum(n) FROM pool.counter WHERE layer_id = 'parcels'")).scalar_one()
        skip = random.Random(seed).randrange(int(total))
        parcels = connection.execute(PICK, {"skip": skip, "n": AT_ONCE, "taken": list(taken)}).all()
        changeset = int(connection.execute(OPEN, {"district": parcels[0].district_id}).scalar_one())
        numbers = [str(9000 + seed * AT_ONCE + further) for further in range(len(parcels))]
        for parcel, number in zip(parcels, numbers, strict=True):
            connection.execute(CHANGE, {"changeset": changeset, "uid": parcel.uid, "number": number})
    return Prepared(changeset, list(parcels), numbers[0])


def publish(store: Store, registry: Registry, prepared: Prepared) -> Timed:
    """From "publish" to the end of the commit: rows, history and all layers' tiles."""
    started = time.perf_counter()
    with store.writing(DEPARTMENT) as connection:
        published = publish_now(connection, registry, DEPARTMENT, prepared.changeset)
    return Timed(published, time.perf_counter() - started)

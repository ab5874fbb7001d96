"""Superseded versions of parcels, made as a publish makes them, but for what it finds unchanged in the tiles."""

from sqlalchemy import Connection, text

from layers.core.epochs import begin_epoch, end_epoch, touched_extents
from layers.core.store import Actor, Store, acting_as
from sql import query

TITLE = "superseded to be measured"
DEPARTMENT = Actor("department")
OPEN = text(
    "INSERT INTO inbox.changeset (district_id, layer_id, title, base_epoch, state) "
    "VALUES (:district, 'parcels', :title, pool.current_epoch(), 'accepted') RETURNING id"
)
CHANGES = text(
    "INSERT INTO inbox.change "
    "(changeset_id, district_id, kind, uid, ref, base_version, before, after, geom_before, geom_after) "
    "SELECT :changeset, district_id, 'update', uid, ref, version, a, "
    "a || jsonb_build_object('land_use_text', 'As of ' || version), geom, geom "
    "FROM (SELECT * FROM pool.parcels WHERE district_id = :district ORDER BY id OFFSET :skip LIMIT :n) AS parcels, "
    "LATERAL (SELECT pool.attributes('parcels', to_jsonb(parcels)) AS a) AS kept"
)


def changeset_of_a_run(connection: Connection, district_id: int, skip: int, at_most: int) -> int:
    """An accepted changeset that gives a run of neighbours another land use; returns its number."""
    changeset = int(connection.execute(OPEN, {"district": district_id, "title": TITLE}).scalar_one())
    asked = {"changeset": changeset, "district": district_id, "skip": skip, "n": at_most}
    connection.execute(CHANGES, asked)
    return changeset


def publish_without_drawing(connection: Connection, district_id: int, changeset: int) -> int:
    """No tile and no low zoom shows the land use: drawn again they would be what they are. Returns the epoch."""
    with acting_as(connection, Actor("publisher", district_id)):
        epoch = begin_epoch(connection, [district_id], is_large=True)
        applied = connection.execute(text(query("publish.apply")), {"layer": "parcels", "changeset": changeset}).one()
        extent = touched_extents(connection, ["parcels"], epoch)
        about = {"layer": "parcels", **applied._mapping, "tiles": 0, "extent": extent}
        end_epoch(connection, epoch, district_id, about, changeset)
    moved = {"changeset": changeset, "state": "published", "epoch": epoch}
    connection.execute(text(query("changesets.move")), moved)
    step = {"district": district_id, "account": None, "before": "accepted", "after": "published", "why": ""}
    connection.execute(text(query("changesets.transition")), {"changeset": changeset, **step})
    return epoch


def supersede(store: Store, district_id: int, skip: int, at_most: int) -> int:
    """One such publish; returns its epoch."""
    with store.writing(DEPARTMENT) as connection:
        changeset = changeset_of_a_run(connection, district_id, skip, at_most)
        return publish_without_drawing(connection, district_id, changeset)

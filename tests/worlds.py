"""Small made-up worlds for tests: two districts side by side, parcels as squares."""

import json
import uuid
from collections.abc import Iterable, Mapping

from sqlalchemy import text

from layers.core.publish import Published, publish
from layers.core.registry import Registry
from layers.core.store import WORKER, Store

WEST = 1
EAST = 2
ORIGIN = (500_000.0, 4_250_000.0)
"""Lower left corner of square (0, 0), in the storage CRS of the test profile."""
SIDE = 20.0


def square(column: float, row: float, width: float = SIDE) -> str:
    """WKT of a parcel-sized square; columns and rows are SIDE metres apart."""
    x, y = ORIGIN[0] + column * SIDE, ORIGIN[1] + row * SIDE
    corners = [(x, y), (x + width, y), (x + width, y + SIDE), (x, y + SIDE), (x, y)]
    return "MULTIPOLYGON(((" + ", ".join(f"{a} {b}" for a, b in corners) + ")))"


def publish_parcels(
    database,
    district_id: int,
    parcels: Mapping[str, str],
    *,
    retire: Iterable[str] = (),
    operation: str | None = None,
) -> int:
    """Publish new parcels (ref to WKT), end others; returns the epoch."""
    return publish_changes(database, district_id, parcels, retire=retire, operation=operation).epoch


def publish_changes(
    database,
    district_id: int,
    parcels: Mapping[str, str],
    *,
    retire: Iterable[str] = (),
    operation: str | None = None,
) -> Published:
    """As publish_parcels, with everything that the publish says of itself."""
    store = Store(database.worker)
    try:
        with store.writing(WORKER) as connection:
            changeset = connection.execute(
                text(
                    "INSERT INTO inbox.changeset (district_id, layer_id, title, base_epoch, state) "
                    "VALUES (:district, 'parcels', 'test', pool.current_epoch(), 'accepted') RETURNING id"
                ),
                {"district": district_id},
            ).scalar_one()
            born = {ref: uuid.uuid4() for ref in parcels}
            for number, (ref, wkt) in enumerate(parcels.items(), start=1):
                connection.execute(
                    text(
                        "INSERT INTO inbox.change (changeset_id, district_id, kind, uid, ref, after, geom_after) "
                        "SELECT :changeset, :district, 'insert', :uid, :ref, CAST(:after AS jsonb), "
                        "ST_GeomFromText(:wkt, storage_srid) FROM ops.profile"
                    ),
                    {
                        "changeset": changeset,
                        "district": district_id,
                        "uid": born[ref],
                        "ref": ref,
                        "after": json.dumps({"block_no": "1", "parcel_no": str(number)}),
                        "wkt": wkt,
                    },
                )
            for ref in retire:
                parent = connection.execute(
                    text(
                        "INSERT INTO inbox.change (changeset_id, district_id, kind, uid, ref, base_version) "
                        "SELECT :changeset, district_id, 'retire', uid, ref, version FROM pool.parcels "
                        "WHERE ref = :ref RETURNING uid"
                    ),
                    {"changeset": changeset, "ref": ref},
                ).scalar_one()
                for child in born.values() if operation else ():
                    connection.execute(
                        text(
                            "INSERT INTO inbox.kinship "
                            "(changeset_id, district_id, parent_uid, child_uid, operation, area_m2) "
                            "VALUES (:changeset, :district, :parent, :child, :operation, 0)"
                        ),
                        {
                            "changeset": changeset,
                            "district": district_id,
                            "parent": parent,
                            "child": child,
                            "operation": operation,
                        },
                    )
            registry = Registry.of_folder()
            return publish(connection, registry, registry["parcels"], changeset, district_id)
    finally:
        store.close()

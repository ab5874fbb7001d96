"""A hand-made world of a few streets, doors, parcels, plans and constraints in two districts."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, func, insert, text

from layers.core.registry import Registry
from layers.core.store import Actor, Store

WEST = 1
EAST = 2
SRID = 5253
X0, Y0 = 500_000.0, 4_250_000.0

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def rectangle(x: float, y: float, width: float, height: float) -> str:
    """WKT in metres from the world's corner."""
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
    return "MULTIPOLYGON(((" + ", ".join(f"{X0 + a} {Y0 + b}" for a, b in corners) + ")))"


def line(*points: tuple[float, float]) -> str:
    """WKT in metres from the world's corner."""
    return "MULTILINESTRING((" + ", ".join(f"{X0 + a} {Y0 + b}" for a, b in points) + "))"


def point(x: float, y: float) -> str:
    """WKT in metres from the world's corner."""
    return f"POINT({X0 + x} {Y0 + y})"


@contextmanager
def publishing(database, district_id: int) -> Iterator[Connection]:
    """One epoch of a district."""
    store = Store(database.worker)
    try:
        with store.writing(Actor("publisher", district_id)) as connection:
            epoch = connection.execute(
                text("SELECT pool.begin_epoch(ARRAY[:district], false)"), {"district": district_id}
            ).scalar_one()
            yield connection
            connection.execute(
                text("SELECT pool.end_epoch(:epoch, NULL, :district, '{}')"), {"epoch": epoch, "district": district_id}
            )
    finally:
        store.close()


def publish(database, district_id: int, rows: Rows) -> None:
    """Publish new rows, layer by layer; each has a ref and a geom in WKT."""
    with publishing(database, district_id) as connection:
        for layer_id, features in rows.items():
            add(connection, district_id, layer_id, features)


def add(connection: Connection, district_id: int, layer_id: str, features: Sequence[Mapping[str, Any]]) -> None:
    """Insert features into a layer, or patches of coverage."""
    if layer_id == "coverage":
        for patch in features:
            _cover(connection, district_id, patch)
        return
    table = Registry.of_folder()[layer_id].model.__table__
    for feature in features:
        shape = func.ST_GeomFromText(feature["geom"], SRID)
        connection.execute(insert(table).values({**feature, "district_id": district_id, "geom": shape}))


def end_parcels(connection: Connection, refs: Sequence[str]) -> None:
    """End parcels, and say that nothing took their place."""
    connection.execute(
        text(
            "WITH ended AS (DELETE FROM pool.parcels WHERE ref = ANY (:refs) RETURNING uid, district_id) "
            "INSERT INTO pool.lineage (parent_uid, child_uid, district_id, epoch, operation, role, area_m2) "
            "SELECT uid, uid, district_id, CAST(current_setting('gis.epoch') AS bigint), 'ending', 'end', 0 FROM ended"
        ),
        {"refs": list(refs)},
    )


def _cover(connection: Connection, district_id: int, patch: Mapping[str, Any]) -> None:
    connection.execute(
        text(
            "INSERT INTO pool.coverage (layer_id, theme, district_id, state, as_of, source, epoch_from, geom) "
            "VALUES (:layer_id, :theme, :district, :state, '2026-01-01', 'test', pool.current_epoch(), "
            "ST_GeomFromText(:geom, :srid))"
        ),
        {"layer_id": "plan_constraints", "state": "surveyed", "district": district_id, "srid": SRID, **patch},
    )


def parcel(ref: str, x: float, y: float, block: str, number: str, **more: Any) -> dict[str, Any]:
    """A parcel of 20 by 20 metres."""
    return {"ref": ref, "block_no": block, "parcel_no": number, "geom": rectangle(x, y, 20, 20), **more}


def door(ref: str, street: str, number: str, x: float, y: float, **more: Any) -> dict[str, Any]:
    """A door number."""
    return {"ref": ref, "street_name": street, "door_no": number, "geom": point(x, y), **more}

"""Made-up doors as files: to be copied into a pool at once, or to be imported as a district would send them."""

import struct
from collections.abc import Iterable
from pathlib import Path

from bench.address_pool import Door
from bench.deployment import Deployment
from layers.core.bulk import BulkLoad, BulkPublish, BulkTable
from layers.core.epochs import end_epoch, take_turn
from layers.core.profile import Profile
from layers.core.registry import Registry
from layers.core.store import WORKER, Store

COLUMNS = (
    "ref", "district_id", "origin", "address_code", "street_type", "street_name", "door_no", "site", "block",
    "postal_code", "neighbourhood", "geom",
)  # fmt: skip


def bring(running: Deployment, profile: Profile, doors: Iterable[Door], folder: Path) -> None:
    """One epoch, with all triggers; tiles are not drawn, since nobody asks for them here."""
    loads = [
        BulkLoad(district_id, {"addresses": BulkTable(COLUMNS, path, count)})
        for district_id, path, count in _copy_files(doors, profile.storage_srid, folder)
    ]
    store = Store(running.urls.worker)
    with store.writing(WORKER) as connection:
        publish = BulkPublish.begin(connection, Registry.of_folder(), loads)
        take_turn(connection, publish.epoch)
        end_epoch(connection, publish.epoch, None, {"sample": True})
    store.close()


def _copy_files(doors: Iterable[Door], srid: int, folder: Path) -> list[tuple[int, Path, int]]:
    files: dict[int, Path] = {}
    counts: dict[int, int] = {}
    opened = {}
    for door in doors:
        district_id = door.street.district_id
        if district_id not in opened:
            files[district_id] = folder / f"{district_id}.copy"
            opened[district_id] = files[district_id].open("w", encoding="utf-8")
            counts[district_id] = 0
        counts[district_id] += 1
        point = struct.pack("<BIIdd", 1, 0x20000001, srid, door.x, door.y).hex()
        street = door.street
        values = (
            f"b{door.code}", district_id, "sample", door.code, street.kind, street.name, door.number, door.site,
            door.block, street.postal_code, street.neighbourhood, point,
        )  # fmt: skip
        opened[district_id].write("\t".join("\\N" if v is None else str(v) for v in values) + "\n")
    for file in opened.values():
        file.close()
    return [(district_id, path, counts[district_id]) for district_id, path in files.items()]

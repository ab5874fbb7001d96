"""A made-up town published, its file checked, and what the check says of it held against the truth."""

import io
import json
from collections.abc import Iterable, Sequence
from uuid import UUID

import shapely

from bench.true_operations import Lot, Town, Truth
from importers.apart.room import reading_room
from importers.descent import find_operations
from importers.operations import Operation
from importers.pipeline import Checked, check, lay_out
from importers.sent_file import SentFile
from importers.understand import understand
from layers.core import review
from layers.core.inbox import Quota, Sending, locked_upload, receive
from layers.core.profile import Profile
from layers.core.registry import Registry
from layers.core.store import WORKER, Actor, Connection, Store

DEPARTMENT = Actor("department")
PARTS = 5
"""Files the operations are sent in, as districts do."""
RIGHT, UNCERTAIN, WRONG = "right", "uncertain", "wrong and sure"


def publish(store: Store, registry: Registry, profile: Profile, made: Town) -> None:
    """The town as it was."""
    district_id = profile.districts[0].id
    with store.writing(WORKER) as connection:
        sent = _receive(connection, profile, district_id, made.published)
        outcome = check(connection, registry, profile, sent)
        assert isinstance(outcome, Checked), outcome
    with store.writing(DEPARTMENT) as connection:
        review.submit(connection, DEPARTMENT, outcome.changeset_id)
        review.accept(connection, DEPARTMENT, outcome.changeset_id)
        review.publish_now(connection, registry, DEPARTMENT, outcome.changeset_id)


def told(store: Store, registry: Registry, profile: Profile, made: Town) -> list[Operation]:
    """What the check sees in the file, sent in parts that follow the blocks."""
    district_id = profile.districts[0].id
    found: list[Operation] = []
    for part in _parts(made.sent):
        with store.writing(WORKER) as connection:
            sent = locked_upload(connection, _receive(connection, profile, district_id, part))
            with reading_room() as room:
                opened = SentFile(connection, profile, sent, room)
                file = understand(connection, registry[sent.layer_id], sent, opened)
                _, context = lay_out(connection, file)
            found += find_operations(connection, context)
    return found


def verdicts(truths: Iterable[Truth], seen: Sequence[Operation]) -> dict[Truth, str]:
    """Of each true operation whether it was seen as what it is, with the same parents and children."""
    by_parent = {parent: one for one in seen for parent in one.parent_refs}
    return {
        truth: _verdict(truth, {id(by_parent[p]): by_parent[p] for p in truth.parents if p in by_parent}.values())
        for truth in truths
    }


def _verdict(truth: Truth, seen: Iterable[Operation]) -> str:
    met = list(seen)
    if not met and truth.may_be_nothing:
        return RIGHT
    if not met or any(not one.is_sure for one in met):
        return UNCERTAIN
    kinds = {one.kind for one in met}
    parents = {ref for one in met for ref in one.parent_refs}
    children = {ref for one in met for ref in one.child_refs}
    is_right = kinds == {truth.kind} and (parents, children) == (truth.parents, truth.children)
    return RIGHT if is_right else WRONG


def _parts(lots: Sequence[Lot]) -> list[list[Lot]]:
    blocks = sorted({lot.ref.partition("-")[0] for lot in lots}, key=int)
    return [
        [lot for lot in lots if int(lot.ref.partition("-")[0]) % PARTS == part]
        for part in range(min(PARTS, len(blocks)))
    ]


def _receive(connection: Connection, profile: Profile, district_id: int, lots: Iterable[Lot]) -> UUID:
    crs = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:EPSG::{profile.storage_srid}"}}
    features = [
        {
            "type": "Feature",
            "properties": {"ref": lot.ref, "ada": lot.ref.partition("-")[0], "parsel": lot.ref.partition("-")[2]},
            "geometry": json.loads(shapely.to_geojson(lot.shape)),
        }
        for lot in lots
    ]
    content = json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}).encode()
    sending = Sending(district_id=district_id, layer_id="parcels", filename="town.geojson")
    return receive(connection, sending, io.BytesIO(content), Quota(10**9)).upload_id

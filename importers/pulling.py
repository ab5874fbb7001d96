"""A pull: what a source gives becomes an ordinary file of its district, unless it is here already."""

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import importers.sources
from importers.source import Fetched, SourceKind, Terms
from importers.unfetched import NotFetched, NothingThere, UnknownKind
from layers.core import pulls
from layers.core.declared_source import DeclaredSource
from layers.core.inbox import Quota, Sending, receive
from layers.core.registry import discover
from layers.core.store import WORKER, Connection, Store


@dataclass(frozen=True)
class Pulled:
    """What became of it: the files that were taken, in their order; none where nothing is new."""

    upload_ids: tuple[UUID, ...]


def known_kinds() -> Mapping[str, SourceKind]:
    """Every kind in importers/sources/."""
    return {kind.id: kind for kind in discover(importers.sources, "SOURCE")}


def pull(store: Store, source: DeclaredSource, terms: Terms, quota: Quota, marker: Mapping[str, str]) -> Pulled:
    """Take what is new; each file is kept by one transaction with the mark of where to go on.

    Raises NotFetched, QuotaExceeded.
    """
    kind = known_kinds().get(source.kind)
    if kind is None:
        raise UnknownKind(kind=source.kind, kinds=sorted(known_kinds()))
    taken: list[UUID] = []
    while True:
        with tempfile.TemporaryDirectory(prefix="pull-") as folder:
            fetched = kind.fetch(source, terms, marker, Path(folder))
            upload_id, marker = _keep(store, source, fetched, quota, marker)
        if upload_id is not None:
            taken.append(upload_id)
        if fetched is None or not fetched.is_more:
            return Pulled(tuple(taken))


def note_failure(store: Store, source: DeclaredSource, trouble: NotFetched) -> int:
    """Keep what is wrong where people see it; returns how often in a row it went wrong."""
    with store.writing(WORKER) as connection:
        return pulls.failed(connection, source, trouble.as_failure())


def _keep(
    store: Store, source: DeclaredSource, fetched: Fetched | None, quota: Quota, marker: Mapping[str, str]
) -> tuple[UUID | None, Mapping[str, str]]:
    """The upload, None where these bytes are here already, and the mark of where to go on."""
    if fetched is not None and fetched.count == 0:
        raise NothingThere(where=source.address.partition("?")[0])
    after = marker if fetched is None else {**fetched.marker, "sha256": _digest(fetched.path)}
    is_new = fetched is not None and after["sha256"] != marker.get("sha256")
    with store.writing(WORKER) as connection:
        upload_id = _receive(connection, source, fetched, quota) if fetched is not None and is_new else None
        pulls.settled(connection, source, after, upload_id)
    return upload_id, after


def _receive(connection: Connection, source: DeclaredSource, fetched: Fetched, quota: Quota) -> UUID:
    sending = Sending(
        district_id=source.district,
        layer_id=source.layer,
        filename=fetched.name,
        is_whole_state=source.whole_state,
        declared_crs=fetched.declared_crs,
        source_layer=source.layer_there if source.kind in ("http_file", "folder") else None,
        columns=dict(source.columns) or None,
    )
    with fetched.path.open("rb") as stream:
        receipt = receive(connection, sending, stream, quota)
    if not receipt.is_repeat:
        pulls.came_from(connection, source, receipt.upload_id)
    return receipt.upload_id


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""A file in the inbox: what its sender said about it, and its bytes."""

import datetime
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

from layers.core.declared_crs import DeclaredCrs
from sql import query


class UnknownUpload(Exception):
    """There is no upload with that number, or it is another district's."""


@dataclass(frozen=True)
class Upload:
    """A file in the inbox and what its sender said about it."""

    id: uuid.UUID
    district_id: int
    layer_id: str
    sent_by: int | None
    filename: str
    size_bytes: int
    is_whole_state: bool
    declared_crs: DeclaredCrs | None
    state: str
    source_layer: str | None
    columns: Mapping[str, str] | None = None
    """Header -> field, as far as the sender has said so; empty where the column is left out on purpose."""
    is_edit: bool = False
    """No file, but an edit that was checked when it was sent."""
    source_id: str | None = None
    """The source that it was taken from, where nobody sent it."""


def upload(connection: Connection, upload_id: uuid.UUID) -> Upload:
    """One upload of the actor's own area. Raises UnknownUpload."""
    return _one(connection, "inbox.upload", upload_id)


def locked_upload(connection: Connection, upload_id: uuid.UUID) -> Upload:
    """The upload, held until commit so that only one checks it. Raises UnknownUpload."""
    return _one(connection, "inbox.lock_upload", upload_id)


def received_on(connection: Connection, upload_id: uuid.UUID) -> datetime.date:
    """The day it was sent, whenever it is checked."""
    day: datetime.date = connection.execute(text(query("inbox.received_on")), {"upload": upload_id}).scalar_one()
    return day


def original(connection: Connection, upload_id: uuid.UUID) -> Iterator[bytes]:
    """The bytes as they were sent, piece by piece; nothing where the upload is another district's."""
    pieces = connection.execute(text(query("inbox.pieces")), {"upload": upload_id}, execution_options={"yield_per": 4})
    for piece in pieces:
        yield bytes(piece.bytes)


def _one(connection: Connection, name: str, upload_id: uuid.UUID) -> Upload:
    row = connection.execute(text(query(name)), {"upload": upload_id}).one_or_none()
    if row is None:
        raise UnknownUpload
    return Upload(**{**row._mapping, "declared_crs": DeclaredCrs.parse_optional(row.declared_crs)})

"""Receiving a district's file: its bytes are kept in pieces, opened by nobody but the worker."""

import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from sqlalchemy import Connection, text

from layers.core.declared_crs import DeclaredCrs
from layers.core.jobs import enqueue
from sql import query

PIECE_BYTES = 1 << 20
"""Memory that receiving or returning a file of any size takes."""


class TooLarge(Exception):
    """The file is larger than this service takes; send it in parts, or ask the department to load it."""

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        super().__init__(f"The file is larger than {limit_bytes // 1_000_000} MB.")


class UnknownUpload(Exception):
    """There is no upload with that number, or it is another district's."""


class AlreadyUnderReview(Exception):
    """The file's changeset was submitted already; it has to be returned before the file is checked anew."""


@dataclass(frozen=True)
class Receipt:
    """What the sender is told: the file arrived, whole, and whether the same bytes came before."""

    upload_id: uuid.UUID
    size_bytes: int
    sha256: str
    is_repeat: bool


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


def receive(
    connection: Connection,
    *,
    district_id: int,
    layer_id: str,
    filename: str,
    stream: IO[bytes],
    sent_by: int | None,
    is_whole_state: bool,
    declared_crs: DeclaredCrs | None,
    limit_bytes: int,
    source_layer: str | None = None,
) -> Receipt:
    """Store the bytes and enqueue their check, both or neither. Raises TooLarge.

    The same bytes sent twice lead to the first upload, so that an impatient second click costs nothing.
    """
    upload_id = connection.execute(
        text(query("inbox.begin_upload")),
        {
            "district": district_id,
            "layer": layer_id,
            "sent_by": sent_by,
            "filename": _plain_name(filename),
            "is_whole_state": is_whole_state,
            "declared_crs": str(declared_crs) if declared_crs else None,
            "report": json.dumps({"asked": {"source_layer": source_layer}} if source_layer else {}),
        },
    ).scalar_one()
    size, sha256 = _keep(connection, upload_id, district_id, stream, limit_bytes)
    connection.execute(text(query("inbox.end_upload")), {"upload": upload_id, "size": size, "sha256": sha256})
    earlier = connection.execute(text(query("inbox.same_upload")), {"upload": upload_id}).scalar_one_or_none()
    if earlier is not None:
        connection.execute(text(query("inbox.forget_upload")), {"upload": upload_id})
        return Receipt(earlier, size, sha256, is_repeat=True)
    _ask_worker(connection, upload_id)
    return Receipt(upload_id, size, sha256, is_repeat=False)


def recheck(
    connection: Connection,
    upload_id: uuid.UUID,
    *,
    declared_crs: DeclaredCrs | None = None,
    source_layer: str | None = None,
) -> None:
    """Check a file again with what its sender has now said about it. Raises AlreadyUnderReview, UnknownUpload."""
    upload(connection, upload_id)
    refuse_under_review(connection, upload_id)
    connection.execute(
        text(query("inbox.ask_again")),
        {
            "upload": upload_id,
            "declared_crs": str(declared_crs) if declared_crs else None,
            "source_layer": source_layer,
        },
    )
    _ask_worker(connection, upload_id)


def refuse_under_review(connection: Connection, upload_id: uuid.UUID) -> None:
    """Raises AlreadyUnderReview where somebody already judges what this file brought."""
    states = connection.execute(text(query("inbox.open_changesets")), {"upload": upload_id})
    if any(row.state not in ("received", "checked", "returned") for row in states):
        raise AlreadyUnderReview


def upload(connection: Connection, upload_id: uuid.UUID) -> Upload:
    """One upload of the actor's own area. Raises UnknownUpload."""
    return _one(connection, "inbox.upload", upload_id)


def locked_upload(connection: Connection, upload_id: uuid.UUID) -> Upload:
    """The upload, held until commit so that only one checks it. Raises UnknownUpload."""
    return _one(connection, "inbox.lock_upload", upload_id)


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


def _keep(
    connection: Connection, upload_id: uuid.UUID, district_id: int, stream: IO[bytes], limit_bytes: int
) -> tuple[int, str]:
    digest = hashlib.sha256()
    size = 0
    for number, piece in enumerate(_pieces(stream)):
        size += len(piece)
        if size > limit_bytes:
            raise TooLarge(limit_bytes)
        digest.update(piece)
        connection.execute(
            text(query("inbox.keep_piece")),
            {"upload": upload_id, "district": district_id, "number": number, "bytes": piece},
        )
    return size, digest.hexdigest()


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(PIECE_BYTES):
        yield piece


def _ask_worker(connection: Connection, upload_id: uuid.UUID) -> None:
    enqueue(connection, "check_upload", lock=f"upload {upload_id}", upload_id=str(upload_id))


def _plain_name(filename: str) -> str:
    """The last part of a path of any system, printable, never longer than a file system takes."""
    name = PurePath(filename.replace("\\", "/")).name
    return "".join(sign for sign in name if sign.isprintable())[-200:] or "upload"

"""Receiving a file in pieces, each kept as soon as it is here, so that a cut or a restart loses nothing."""

import datetime
import uuid
from dataclasses import dataclass, replace

from sqlalchemy import Connection, text

from layers.core.inbox.finishing import finish
from layers.core.inbox.pieces import keep_piece, sha256_of
from layers.core.inbox.quota import Quota
from layers.core.inbox.sending import Sending, begin
from layers.core.inbox.uploads import UnknownUpload
from sql import query


class Expired(Exception):
    """Nothing was sent for so long that what is here is removed."""


class ArrivedAlready(Exception):
    """The file is here whole; it can neither go on nor be stopped."""


class WrongOffset(Exception):
    """The bytes do not follow those that are here; somebody else may have sent them meanwhile."""

    def __init__(self, offset: int) -> None:
        self.offset = offset
        super().__init__(f"{offset} bytes are here.")


class LongerThanAnnounced(Exception):
    """More bytes come than the sender said there would be."""

    def __init__(self, expected_bytes: int) -> None:
        self.expected_bytes = expected_bytes
        super().__init__(f"{expected_bytes} bytes were announced.")


@dataclass(frozen=True)
class Arrival:
    """How far a file has come."""

    id: uuid.UUID
    upload_id: uuid.UUID
    """Its own, or an earlier one with the same bytes."""
    district_id: int
    received_bytes: int
    """They are kept for good; the next ones are sent from here."""
    expected_bytes: int
    metadata: str
    """As its sender wrote it."""
    expires_at: datetime.datetime
    is_overdue: bool

    @property
    def is_whole(self) -> bool:
        """Nothing more is to come, and the check is enqueued."""
        return self.received_bytes == self.expected_bytes


def announce(
    connection: Connection,
    sending: Sending,
    size_bytes: int,
    metadata: str,
    quota: Quota,
    patience: datetime.timedelta,
) -> Arrival:
    """A file of that size is going to come. Raises QuotaExceeded."""
    quota.admit(connection, sending, size_bytes, is_unfinished=True)
    upload_id = begin(connection, sending, "arriving")
    connection.execute(
        text(query("arrivals.announce")),
        {
            "id": upload_id,
            "district": sending.district_id,
            "size": size_bytes,
            "metadata": metadata,
            "patience": patience,
        },
    )
    begun = arrival(connection, upload_id)
    return _finished(connection, begun) if begun.is_whole else begun


def arrival(connection: Connection, arrival_id: uuid.UUID) -> Arrival:
    """How far the file has come. Raises UnknownUpload, Expired."""
    return _living(connection, "arrivals.arrival", arrival_id)


def take(
    connection: Connection, arrival_id: uuid.UUID, offset: int, piece: bytes, patience: datetime.timedelta
) -> Arrival:
    """Keep a piece and, with the last one, enqueue the check.

    Raises UnknownUpload, Expired, WrongOffset, LongerThanAnnounced.
    """
    before = _living(connection, "arrivals.locked", arrival_id)
    if offset != before.received_bytes:
        raise WrongOffset(before.received_bytes)
    if offset + len(piece) > before.expected_bytes:
        raise LongerThanAnnounced(before.expected_bytes)
    if not piece:
        return before
    keep_piece(connection, before.upload_id, before.district_id, piece)
    moved = connection.execute(
        text(query("arrivals.move_on")), {"id": arrival_id, "length": len(piece), "patience": patience}
    ).one()
    after = replace(before, **moved._mapping)
    return _finished(connection, after) if after.is_whole else after


def stop(connection: Connection, arrival_id: uuid.UUID) -> None:
    """Forget what has come. Raises UnknownUpload, Expired, ArrivedAlready."""
    if _living(connection, "arrivals.locked", arrival_id).is_whole:
        raise ArrivedAlready
    connection.execute(text(query("inbox.forget_upload")), {"upload": arrival_id})


def remove_expired(connection: Connection) -> int:
    """Forget the files that nobody goes on sending; returns how many."""
    return connection.execute(text(query("arrivals.remove_expired"))).rowcount


def _living(connection: Connection, name: str, arrival_id: uuid.UUID) -> Arrival:
    row = connection.execute(text(query(name)), {"id": arrival_id}).one_or_none()
    if row is None:
        raise UnknownUpload
    found = Arrival(**row._mapping)
    if found.is_overdue and not found.is_whole:
        raise Expired
    return found


def _finished(connection: Connection, arrival: Arrival) -> Arrival:
    sha256 = sha256_of(connection, arrival.upload_id)
    receipt = finish(connection, arrival.upload_id, arrival.expected_bytes, sha256)
    return replace(arrival, upload_id=receipt.upload_id)

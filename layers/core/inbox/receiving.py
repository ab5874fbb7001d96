"""Receiving a district's file at once: its bytes are kept, opened by nobody but the worker."""

import hashlib
from typing import IO

from sqlalchemy import Connection

from layers.core.inbox.finishing import Receipt, finish
from layers.core.inbox.pieces import keep_piece, pieces_of
from layers.core.inbox.quota import Quota, TooLarge
from layers.core.inbox.sending import Sending, begin


def receive(connection: Connection, sending: Sending, stream: IO[bytes], quota: Quota) -> Receipt:
    """Store the bytes and enqueue their check, both or neither. Raises QuotaExceeded."""
    upload_id = begin(connection, sending, "received")
    digest = hashlib.sha256()
    size = 0
    for piece in pieces_of(stream):
        size += len(piece)
        if size > quota.file_bytes:
            raise TooLarge(quota.file_bytes)
        digest.update(piece)
        keep_piece(connection, upload_id, sending.district_id, piece)
    quota.admit(connection, sending, size)
    return finish(connection, upload_id, size, digest.hexdigest())

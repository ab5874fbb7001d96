"""The bytes of a file, kept in pieces so that nobody ever holds a whole file in memory."""

import hashlib
import uuid
from collections.abc import Iterator
from typing import IO

from sqlalchemy import Connection, text

from layers.core.inbox.uploads import original
from sql import query

PIECE_BYTES = 1 << 20
"""Memory that receiving or returning a file of any size takes."""


def pieces_of(stream: IO[bytes]) -> Iterator[bytes]:
    """The stream, a piece at a time."""
    while piece := stream.read(PIECE_BYTES):
        yield piece


def keep_piece(connection: Connection, upload_id: uuid.UUID, district_id: int, piece: bytes) -> None:
    """Put a piece behind those that are there."""
    connection.execute(text(query("inbox.keep_piece")), {"upload": upload_id, "district": district_id, "bytes": piece})


def sha256_of(connection: Connection, upload_id: uuid.UUID) -> str:
    """Of all that is kept of the file."""
    digest = hashlib.sha256()
    for piece in original(connection, upload_id):
        digest.update(piece)
    return digest.hexdigest()

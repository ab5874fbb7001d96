"""The refused records of a file as they were sent, to be corrected and sent again."""

import uuid
from collections.abc import Iterator
from typing import IO

from sqlalchemy import Connection, text

from sql import query

PIECE_BYTES = 1 << 20


def keep_refused_file(connection: Connection, upload_id: uuid.UUID, district_id: int, stream: IO[bytes]) -> None:
    """Piece by piece, as the original bytes are kept."""
    number = 0
    while piece := stream.read(PIECE_BYTES):
        connection.execute(
            text(query("refused_file.keep_piece")),
            {"upload": upload_id, "district": district_id, "number": number, "bytes": piece},
        )
        number += 1


def refused_file_bytes(connection: Connection, upload_id: uuid.UUID) -> int:
    """How large it is; 0 where nothing is refused."""
    return int(connection.execute(text(query("refused_file.size")), {"upload": upload_id}).scalar_one())


def refused_file(connection: Connection, upload_id: uuid.UUID) -> Iterator[bytes]:
    """The GeoPackage, piece by piece."""
    pieces = connection.execute(
        text(query("refused_file.pieces")), {"upload": upload_id}, execution_options={"yield_per": 4}
    )
    for piece in pieces:
        yield bytes(piece.bytes)

"""One file that holds several layers: each is an upload of its own."""

import uuid
from dataclasses import dataclass

from sqlalchemy import Connection, text

from sql import query


@dataclass(frozen=True)
class OfSameFile:
    """What the same bytes were sent as beside."""

    id: uuid.UUID
    layer_id: str
    state: str


def receive_beside(connection: Connection, upload_id: uuid.UUID, layer_id: str) -> uuid.UUID | None:
    """The same file for another of its layers, for the caller to check; None where it came for it before."""
    asked = {"upload": upload_id, "layer": layer_id}
    beside: uuid.UUID | None = connection.execute(text(query("inbox.begin_beside")), asked).scalar_one_or_none()
    if beside is not None:
        connection.execute(text(query("inbox.keep_beside")), {"upload": upload_id, "beside": beside})
    return beside


def of_same_file(connection: Connection, upload_id: uuid.UUID) -> tuple[OfSameFile, ...]:
    """Uploads of the same district and bytes for other layers."""
    rows = connection.execute(text(query("inbox.of_same_file")), {"upload": upload_id})
    return tuple(OfSameFile(**row._mapping) for row in rows)

"""What other programs send as edits: kept as it came, and checked at once instead of by the worker."""

import hashlib
import uuid

from sqlalchemy import Connection, text

from layers.core.inbox.pieces import keep_piece
from layers.core.inbox.sending import Sending, begin
from sql import query


def receive_edit(connection: Connection, sending: Sending, body: bytes) -> uuid.UUID:
    """Keep the bytes. The database refuses where the district is not the actor's."""
    upload_id = begin(connection, sending, "received")
    if body:
        keep_piece(connection, upload_id, sending.district_id, body)
    digest = hashlib.sha256(body).hexdigest()
    about = {"upload": upload_id, "size": len(body), "sha256": digest}
    connection.execute(text(query("inbox.end_upload")), about)
    connection.execute(text(query("inbox.is_edit")), {"upload": upload_id})
    return upload_id

"""Checking a file again, with what its sender has said about it since."""

import json
import uuid
from collections.abc import Mapping

from sqlalchemy import Connection, text

from layers.core.declared_crs import DeclaredCrs
from layers.core.inbox.finishing import ask_worker
from layers.core.inbox.uploads import upload
from sql import query


class AlreadyUnderReview(Exception):
    """The file's changeset was submitted already; it has to be returned before the file is checked anew."""


class WaitsToBePublished(AlreadyUnderReview):
    """What the file brought, or part of it, is accepted; once that is published the rest can be checked anew."""


class PublishedAlready(AlreadyUnderReview):
    """All that the file brought is published; what is to change after that is another file."""


class NotWhole(Exception):
    """Part of the file has not arrived yet."""


class IsAnEdit(Exception):
    """There is no file to check: an edit was checked when it was sent, and a new one takes its place."""


def recheck(
    connection: Connection,
    upload_id: uuid.UUID,
    *,
    declared_crs: DeclaredCrs | None = None,
    source_layer: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> None:
    """Check a file again with what its sender has now said about it.

    Raises AlreadyUnderReview, IsAnEdit, NotWhole, UnknownUpload.
    """
    _refuse_unready(connection, upload_id)
    connection.execute(
        text(query("inbox.ask_again")),
        {
            "upload": upload_id,
            "declared_crs": str(declared_crs) if declared_crs else None,
            "source_layer": source_layer,
            "columns": json.dumps(columns, ensure_ascii=False) if columns else None,
        },
    )
    ask_worker(connection, upload_id)


def forget_habit(connection: Connection, upload_id: uuid.UUID) -> None:
    """Read files of this kind afresh from now on, this one first.

    Raises AlreadyUnderReview, IsAnEdit, NotWhole, UnknownUpload.
    """
    _refuse_unready(connection, upload_id)
    connection.execute(text(query("habits.forget")), {"upload": upload_id})
    connection.execute(text(query("inbox.ask_afresh")), {"upload": upload_id})
    ask_worker(connection, upload_id)


def refuse_under_review(connection: Connection, upload_id: uuid.UUID) -> None:
    """Raises AlreadyUnderReview where somebody already judges what this file brought, or has.

    What was handed back of it is open again once the part that was accepted is published.
    """
    rows = connection.execute(text(query("inbox.open_changesets")), {"upload": upload_id})
    decided = {row.state for row in rows} - {"received", "checked"}
    if "submitted" in decided:
        raise AlreadyUnderReview
    if "accepted" in decided:
        raise WaitsToBePublished
    if decided == {"published"}:
        raise PublishedAlready


def _refuse_unready(connection: Connection, upload_id: uuid.UUID) -> None:
    sent = upload(connection, upload_id)
    if sent.state == "arriving":
        raise NotWhole
    if sent.is_edit:
        raise IsAnEdit
    refuse_under_review(connection, upload_id)

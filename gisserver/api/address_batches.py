"""/api/search/batches: a table of addresses in, the same with place, parcel and zone out; for who is signed in."""

import uuid
from http import HTTPStatus
from pathlib import PurePath

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.api import _parameters as parameters
from gisserver.errors import NotHere, NotYet, Refused, SignInFirst
from gisserver.service import service
from layers.search.batches import Batch, TooManyWaiting, add_batch, batch_of, remove_batch, result_bytes

bp = Blueprint("address_batches", __name__)
CONFORMS: tuple[str, ...] = ()
MOST_BYTES = 20_000_000
SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods")
_BATCH = {"name": "batch", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
_STATE = {
    "type": "object",
    "required": ["id", "state", "done", "total", "note"],
    "properties": {
        "id": {"type": "string"},
        "file": {"type": "string"},
        "state": {"type": "string", "enum": ["waiting", "working", "done", "failed"]},
        "done": {"type": "integer", "description": "rows looked up"},
        "total": {"type": "integer"},
        "note": {"type": "string", "description": "where it failed: why, and what to do"},
        "result": {"type": "string", "nullable": True, "description": "the table, once it is done"},
    },
}
_TOLD = {"application/json": {"schema": _STATE}}
PATHS = {
    "/api/search/batches": {
        "post": {
            "summary": "Have a table of addresses looked up (form: file as CSV or XLSX, column); the worker does it",
            "responses": {
                "202": {"description": "Received; Location says where its progress is told", "content": _TOLD},
                "401": {"description": "Only for who is signed in"},
                "413": {"description": "The file is too large"},
                "429": {"description": "Too many of your lists wait already"},
            },
        }
    },
    "/api/search/batches/{batch}": {
        "get": {
            "summary": "How far a list is",
            "parameters": [_BATCH],
            "responses": {"200": {"description": "Its state", "content": _TOLD}},
        },
        "delete": {"parameters": [_BATCH], "responses": {"204": {"description": "The list and its result are gone"}}},
    },
    "/api/search/batches/{batch}/result.csv": {
        "get": {
            "summary": "The table with what was found: place, parcel, zones of plans in force with their shares",
            "parameters": [_BATCH],
            "responses": {
                "200": {"description": "The table", "content": {"text/csv": {}}},
                "503": {"description": "Not finished yet"},
            },
        }
    },
}


class TooManyLists(Refused):
    """An account may have a few lists under way."""

    status = HTTPStatus.TOO_MANY_REQUESTS


class TooLargeTable(Refused):
    """More than a list of addresses needs."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


@bp.post("/api/search/batches")
def send() -> tuple[Response, int, dict[str, str]]:
    """Store the bytes; the worker opens them."""
    parameters.only(request.args, ())
    batch = received()
    return jsonify(_told(batch)), HTTPStatus.ACCEPTED, {"Location": url_for(".state", batch=batch.id)}


def received() -> Batch:
    """The list of the request's form, kept for the worker; raises Refused."""
    account = _account()
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Refused(_("Send the table in the form field “file”, as CSV or Excel (xlsx)."), parameter="file")
    name = PurePath(file.filename).name
    if PurePath(name).suffix.lower() not in SUFFIXES:
        raise Refused(_("“%(name)s” is not a table. Save it as CSV or Excel (xlsx).", name=name), parameter="file")
    sent = file.stream.read(MOST_BYTES + 1)
    if len(sent) > MOST_BYTES:
        raise TooLargeTable(_("The table is larger than 20 MB. Send it in parts."), parameter="file")
    column = request.form.get("column", "").strip() or None
    try:
        with service().store.writing(actor()) as connection:
            batch_id = add_batch(connection, account, name, column, str(get_locale()), sent)
            batch = batch_of(connection, batch_id)
    except TooManyWaiting:
        raise TooManyLists(
            _("Your lists are still being looked up. Send the next one when one of them is done.")
        ) from None
    if batch is None:
        raise NotHere(_("There is no such list. Send it again."))
    return batch


@bp.get("/api/search/batches/<uuid:batch>")
def state(batch: uuid.UUID) -> Response:
    """For who waits."""
    return jsonify(_told(_own(batch)))


@bp.get("/api/search/batches/<uuid:batch>/result.csv")
def result(batch: uuid.UUID) -> Response:
    """Once it is there."""
    own = _own(batch)
    if own.state == "failed":
        raise NotHere(own.note)
    with service().store.reading(actor()) as connection:
        table = result_bytes(connection, batch)
    if table is None:
        raise NotYet(
            _("%(done)s of %(total)s rows are looked up. Ask again in a moment.", done=own.done, total=own.total)
        )
    name = f"{PurePath(own.file_name).stem}-result.csv"
    answer = Response(table, mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.delete("/api/search/batches/<uuid:batch>")
def remove(batch: uuid.UUID) -> tuple[str, int]:
    """The owner needs it no more."""
    removed(batch)
    return "", HTTPStatus.NO_CONTENT


def removed(batch: uuid.UUID) -> None:
    """Only one's own; raises NotHere."""
    _own(batch)
    with service().store.writing(actor()) as connection:
        remove_batch(connection, batch)


def _account() -> int:
    account = actor().account_id
    if account is None:
        raise SignInFirst(_("Sign in first: tables of addresses are looked up for accounts only."))
    return account


def _own(batch_id: uuid.UUID) -> Batch:
    _account()
    with service().store.reading(actor()) as connection:
        batch = batch_of(connection, batch_id)
    if batch is None:
        raise NotHere(_("There is no such list. Send it again."))
    return batch


def _told(batch: Batch) -> dict[str, object]:
    return {
        "id": str(batch.id),
        "file": batch.file_name,
        "state": batch.state,
        "done": batch.done,
        "total": batch.total,
        "note": batch.note,
        "result": url_for(".result", batch=batch.id) if batch.state == "done" else None,
    }

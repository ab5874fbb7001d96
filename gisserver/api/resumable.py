"""/api/uploads by tus 1.0: a file that arrives in pieces and goes on after a cut where it stopped.

Sending is begun at the address that also takes forms (uploads.py); how far it is stands where its report will be.
"""

import datetime
import hashlib
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import IO

from flask import Blueprint, Response, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException
from werkzeug.http import http_date

from gisserver.access import EDITORS, actor, needs_role
from gisserver.api import _parameters as parameters
from gisserver.api import _said, _tus
from gisserver.api._media import NEEDS_SESSION
from gisserver.errors import Refused
from gisserver.service import service
from layers.core import inbox

bp = Blueprint("resumable", __name__)
CONFORMS: tuple[str, ...] = ()
PATHS = {
    "/api/uploads": {
        "options": {"summary": "What is spoken of tus 1.0", "responses": {"204": {"description": "In the headers"}}},
    },
    "/api/uploads/{upload}": {
        "head": {
            **NEEDS_SESSION,
            "summary": "How far a file has come (tus 1.0)",
            "parameters": [parameters.UPLOAD],
            "responses": {"200": {"description": "In the headers Upload-Offset and Upload-Length"}},
        },
        "patch": {
            **NEEDS_SESSION,
            "summary": "Send on from Upload-Offset (tus 1.0)",
            "parameters": [parameters.UPLOAD],
            "responses": {
                "204": {"description": "Kept"},
                "409": {"description": "Other bytes are expected"},
                "410": {"description": "Nothing was sent for too long"},
                "413": {"description": "More bytes than announced"},
                "460": {"description": "Not what the checksum says; nothing was kept"},
            },
        },
        "delete": {
            **NEEDS_SESSION,
            "summary": "Stop sending and forget what has come (tus 1.0)",
            "parameters": [parameters.UPLOAD],
            "responses": {"204": {"description": "Forgotten"}, "409": {"description": "The file is here whole"}},
        },
    },
}
_READ_BYTES = 16 * 1024


@bp.route("/api/uploads", methods=["OPTIONS"])
@bp.route("/api/uploads/<uuid:arrival_id>", methods=["OPTIONS"])
def abilities(arrival_id: uuid.UUID | None = None) -> Response:
    """What is spoken here, before anybody signs in."""
    response = Response(status=HTTPStatus.NO_CONTENT)
    response.headers["Tus-Version"] = _tus.VERSION
    response.headers["Tus-Extension"] = ",".join(_tus.EXTENSIONS)
    response.headers["Tus-Checksum-Algorithm"] = ",".join(_tus.ALGORITHMS)
    response.headers["Tus-Max-Size"] = str(service().quota.file_bytes)
    response.allow.update(("OPTIONS", "HEAD", "GET", "PATCH", "DELETE") if arrival_id else ("OPTIONS", "GET", "POST"))
    return response


def begin() -> Response:
    """Announce a file; its first bytes may come along."""
    _tus.refuse_other_versions()
    if "Upload-Defer-Length" in request.headers:
        raise Refused(_("Say in “Upload-Length” how many bytes the file has."), parameter="Upload-Length")
    size = _tus.number_of_bytes("Upload-Length")
    metadata = request.headers.get("Upload-Metadata", "")
    said = _tus.metadata(metadata)
    sending = _said.sending(said, said.get("filename", ""))
    with service().store.writing(actor()) as connection:
        arrival = inbox.announce(connection, sending, size, metadata, service().quota, _patience())
    if request.mimetype == _tus.BODY:
        with _forgotten_if_refused(arrival.id):
            arrival = _take(arrival.id, 0)
    response = _answer(arrival, HTTPStatus.CREATED)
    response.headers["Location"] = url_for("resumable.how_far", arrival_id=arrival.id, _external=True)
    return response


# Before the report's GET, which answers HEAD as well: files attach their addresses in the order of their names.
@bp.route("/api/uploads/<uuid:arrival_id>", methods=["HEAD"])
@needs_role(*EDITORS)
def how_far(arrival_id: uuid.UUID) -> Response:
    """From which byte to go on."""
    _tus.refuse_other_versions()
    with service().store.reading(actor()) as connection:
        arrival = inbox.arrival(connection, arrival_id)
    response = _answer(arrival, HTTPStatus.OK)
    response.headers["Upload-Length"] = str(arrival.expected_bytes)
    response.headers["Cache-Control"] = "no-store"
    if arrival.metadata:
        response.headers["Upload-Metadata"] = arrival.metadata
    return response


@bp.patch("/api/uploads/<uuid:arrival_id>")
@needs_role(*EDITORS)
def go_on(arrival_id: uuid.UUID) -> Response:
    """The next bytes; the last ones hand the file to the worker."""
    _tus.refuse_other_versions()
    if request.mimetype != _tus.BODY:
        raise _tus.OtherMedia(_("The bytes are sent as %(type)s.", type=_tus.BODY), parameter="Content-Type")
    return _answer(_take(arrival_id, _tus.number_of_bytes("Upload-Offset")), HTTPStatus.NO_CONTENT)


@bp.delete("/api/uploads/<uuid:arrival_id>")
@needs_role(*EDITORS)
def stop(arrival_id: uuid.UUID) -> Response:
    """Forget what has come of a file that will not be sent to its end."""
    _tus.refuse_other_versions()
    with service().store.writing(actor()) as connection:
        inbox.stop(connection, arrival_id)
    return Response(status=HTTPStatus.NO_CONTENT)


@bp.after_app_request
def name_the_version(response: Response) -> Response:
    """Every answer to who speaks tus says so, also a refusal."""
    if request.blueprint == bp.name or (_tus.is_spoken() and request.path.startswith("/api/uploads")):
        response.headers["Tus-Resumable"] = _tus.VERSION
        if response.status_code == HTTPStatus.PRECONDITION_FAILED:
            response.headers["Tus-Version"] = _tus.VERSION
    return response


def _take(arrival_id: uuid.UUID, offset: int) -> inbox.Arrival:
    """The body of this request, each piece by a transaction of its own; a summed-up body whole or not at all."""
    checksum = _tus.Checksum.asked()
    if checksum is None:
        return _keep_all(arrival_id, offset, request.stream)
    before = _keep(arrival_id, offset, b"")  # refuses before anything is read
    with tempfile.SpooledTemporaryFile(max_size=inbox.PIECE_BYTES) as held:
        _hold(held, checksum, before.expected_bytes - before.received_bytes)
        return _keep_all(arrival_id, offset, held)


def _keep_all(arrival_id: uuid.UUID, offset: int, stream: IO[bytes]) -> inbox.Arrival:
    arrival = None
    for piece in _pieces(stream):
        arrival = _keep(arrival_id, arrival.received_bytes if arrival else offset, piece)
    return arrival or _keep(arrival_id, offset, b"")


def _keep(arrival_id: uuid.UUID, offset: int, piece: bytes) -> inbox.Arrival:
    with service().store.writing(actor()) as connection:
        return inbox.take(connection, arrival_id, offset, piece, _patience())


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """A piece at a time; where the line is cut, what had come before."""
    gathered = bytearray()
    try:
        while part := stream.read(_READ_BYTES):
            gathered += part
            if len(gathered) >= inbox.PIECE_BYTES:
                yield bytes(gathered)
                gathered.clear()
    except HTTPException:
        yield bytes(gathered)
        raise
    if gathered:
        yield bytes(gathered)


def _hold(held: IO[bytes], checksum: _tus.Checksum, most_bytes: int) -> None:
    """Nothing that does not add up to its checksum is kept. Raises DamagedOnTheWay, LongerThanAnnounced."""
    digest = hashlib.new(checksum.algorithm)
    while part := request.stream.read(_READ_BYTES):
        digest.update(part)
        if held.tell() + len(part) > most_bytes:
            raise inbox.LongerThanAnnounced(most_bytes)
        held.write(part)
    if digest.digest() != checksum.digest:
        raise _tus.DamagedOnTheWay(
            _("These bytes were damaged on the way; nothing of them was kept. Send them again."),
            parameter="Upload-Checksum",
        )
    held.seek(0)


@contextmanager
def _forgotten_if_refused(arrival_id: uuid.UUID) -> Iterator[None]:
    """Nobody has been told its address, so nobody could go on with it."""
    try:
        yield
    except Exception:
        with service().store.writing(actor()) as connection:
            inbox.stop(connection, arrival_id)
        raise


def _answer(arrival: inbox.Arrival, status: HTTPStatus) -> Response:
    response = Response(status=status)
    response.headers["Upload-Offset"] = str(arrival.received_bytes)
    if not arrival.is_whole:
        response.headers["Upload-Expires"] = http_date(arrival.expires_at)
    return response


def _patience() -> datetime.timedelta:
    return datetime.timedelta(hours=service().settings.unfinished_hours)

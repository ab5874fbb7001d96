"""/api/looks: a file of one's own on the map; it is opened in a process apart, answered, and kept nowhere."""

import json
from collections.abc import Iterator
from http import HTTPStatus
from tempfile import NamedTemporaryFile
from typing import IO

from flask import Blueprint, Response, request
from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.api import _parameters as parameters
from gisserver.api import _said
from gisserver.api._media import answered
from gisserver.downloads.places import stopped_with_caller
from gisserver.errors import Refused
from gisserver.limits import LOOK, limiter
from gisserver.looking.order import Head, Order
from gisserver.looking.process import NotLookedAt, looked_at
from gisserver.loose_files import chosen_files, taken_as_one
from gisserver.security import csrf
from gisserver.service import service
from layers.core.declared_crs import DeclaredCrs

bp = Blueprint("looks", __name__)
CONFORMS: tuple[str, ...] = ()
_PIECE = 1 << 20
_ROOM_FOR_THE_FORM = 100_000
_TEXT = {"type": "string"}
_PLACE = {
    "type": "object",
    "required": ["crs", "name", "why", "area", "is_used"],
    "properties": {
        "crs": {**_TEXT, "nullable": True, "description": "To be sent back as `crs`"},
        "name": _TEXT,
        "score": {"type": "number"},
        "why": {"type": "array", "items": _TEXT},
        "area": {"type": "object", "nullable": True, "description": "GeoJSON geometry in degrees"},
        "is_used": {"type": "boolean"},
    },
}
_LAYER = {
    "type": "object",
    "required": ["name", "fields", "count", "features"],
    "properties": {
        "name": _TEXT,
        "fields": {"type": "array", "items": _TEXT},
        "count": {"type": "integer", "description": "In the file; the features may be the first of them only"},
        "features": {"type": "array", "items": {"type": "object"}},
    },
}
LOOK_SCHEMA = {
    "type": "object",
    "required": ["file", "system", "says", "places", "layers"],
    "properties": {
        "file": _TEXT,
        "system": {**_TEXT, "nullable": True, "description": "How its numbers are read"},
        "says": {**_TEXT, "nullable": True, "description": "Why a place has to be chosen before anything is shown"},
        "places": {"type": "array", "items": _PLACE},
        "layers": {"type": "array", "items": _LAYER},
    },
}
PATHS = {
    "/api/looks": {
        "post": {
            "summary": "A file of any format that is read here, as GeoJSON (form: file, crs); it is not kept",
            "responses": {
                **answered(LOOK_SCHEMA, "What is in it, or the places where it may lie"),
                "413": {"description": "The file is too large to be only looked at"},
                "422": {"description": "The file cannot be read; the sentence says why and what to do"},
            },
        }
    }
}


class TooLargeToLook(Refused):
    """Such a file is sent to the service, where a worker reads it."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class NotRead(Refused):
    """The file's own fault."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


@bp.post("/api/looks")
@limiter.limit(LOOK)
@csrf.exempt  # type: ignore[untyped-decorator]  # nothing is written
def look() -> Response:
    """Where nothing tells how its numbers are read, the places are offered and the file is sent once more."""
    parameters.only(request.args, ())
    most = service().settings.look_limit_mb * 1_000_000
    if (request.content_length or 0) > most + _ROOM_FOR_THE_FORM:
        raise _too_large()
    files = chosen_files()
    if not files:
        raise Refused(_("Send the file in the form field “file”."), parameter="file")
    declared = _said.crs(request.form.get("crs", ""))
    with taken_as_one(files) as file:
        return Response(look_into(file.name, file.stream, declared), content_type="application/json")


def look_into(name: str, stream: IO[bytes], declared: DeclaredCrs | None) -> str:
    """What LOOK_SCHEMA says, as JSON; the features are not read again on their way through. Raises Refused."""
    with NamedTemporaryFile(prefix="gis-look-") as file:
        for piece in _pieces(stream):
            file.write(piece)
        file.flush()
        built, crs = service(), str(declared) if declared else None
        order = Order(built.store.url, str(built.profile.path), file.name, name, crs, str(get_locale()))
        try:
            with built.downloads.one():
                head, body = looked_at(order, stopped_with_caller)
        except NotLookedAt as cause:
            raise NotRead(
                _("Reading the file did not end. Take out of it what you need, and open that."), parameter="file"
            ) from cause
    if head.broken is not None:
        raise NotRead(head.sentence, parameter="file", code=head.broken)
    return f'{{"says":{json.dumps(_doubt(head), ensure_ascii=False)},{body.removeprefix("{")}'


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    left = service().settings.look_limit_mb * 1_000_000
    while piece := stream.read(_PIECE):
        left -= len(piece)
        if left < 0:
            raise _too_large()
        yield piece


def _doubt(head: Head) -> str | None:
    if head.doubt is None:
        return None
    if not head.has_places:
        raise NotRead(
            _(
                "However the numbers of this file are read, it does not lie in the area of this service. Look at its "
                "coordinate system in the program it comes from, and export it again with it."
            ),
            parameter="file",
            code=head.doubt,
        )
    unsaid = _("The file does not say which coordinate system it is in. Choose the place where it belongs.")
    doubtful = _("What the file says about its coordinate system is doubtful. Choose the place where it belongs.")
    return str(unsaid if head.doubt == "crs_unknown" else doubtful)


def _too_large() -> TooLargeToLook:
    return TooLargeToLook(
        _(
            "Files up to %(most)s MB are opened on the map. Take out of it what you need, or send it on the page of "
            "your district.",
            most=service().settings.look_limit_mb,
        ),
        parameter="file",
        most_mb=service().settings.look_limit_mb,
    )

"""/api/drawings: a drawing of the map, shared by a code to look at it and another one to change it."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.api import _parameters as parameters
from gisserver.api._drawn import LONGEST_GROUP, LONGEST_TITLE, MOST_GROUPS, MOST_SHAPES, drawing_body, drawing_in
from gisserver.api._media import answered
from gisserver.errors import NotHere, NotYours, Overtaken, Refused
from gisserver.limits import CODE, DRAWING, SHORT_LINK, limiter, was_unknown
from gisserver.service import service
from layers.core.shared_drawings import SharedDrawing, change, note_use, remove, share, shared_drawing

bp = Blueprint("drawings", __name__)
CONFORMS: tuple[str, ...] = ()
_CODE = {"name": "code", "in": "path", "required": True, "schema": {"type": "string"}}
_TEXT = {"type": "string"}
_GROUPS = {
    "type": "array",
    "maxItems": MOST_GROUPS,
    "description": "Named groups of the shapes, in their order; a feature's property “group” is the name of its own",
    "items": {
        "type": "object",
        "required": ["name"],
        "properties": {"name": {**_TEXT, "maxLength": LONGEST_GROUP}, "is_hidden": {"type": "boolean"}},
    },
}
_SAID = {
    "type": "object",
    "required": ["features"],
    "properties": {
        "title": {**_TEXT, "maxLength": LONGEST_TITLE},
        "features": {
            "type": "array",
            "maxItems": MOST_SHAPES,
            "items": {"type": "object"},
            "description": "GeoJSON features in degrees: points, lines and areas, each with a label",
        },
        "groups": _GROUPS,
        "version": {"type": "integer", "description": "Of a change: the version that it was made from"},
    },
}
_DRAWING = {
    "type": "object",
    "required": ["view", "title", "features", "groups", "version", "may_edit"],
    "properties": {
        "view": {**_TEXT, "description": "The code to look at it"},
        "title": _TEXT,
        "features": {"type": "array", "items": {"type": "object"}},
        "groups": _GROUPS,
        "version": {"type": "integer"},
        "changed_at": {**_TEXT, "format": "date-time"},
        "may_edit": {"type": "boolean"},
    },
}
_CODES = {
    "type": "object",
    "required": ["view", "edit", "version"],
    "properties": {"view": _TEXT, "edit": _TEXT, "version": {"type": "integer"}},
}
_BODY = {"required": True, "content": {"application/json": {"schema": _SAID}}}
PATHS = {
    "/api/drawings": {
        "post": {
            "summary": "Share a drawing: a code to look at it, and one to change it, which is told only now",
            "requestBody": _BODY,
            "responses": {"201": {"description": "Its codes", "content": {"application/json": {"schema": _CODES}}}},
        }
    },
    "/api/drawings/{code}": {
        "get": {
            "summary": "A shared drawing, by either code",
            "parameters": [_CODE],
            "responses": {**answered(_DRAWING, "The drawing"), "404": {"description": "Nobody shares such a drawing"}},
        },
        "put": {
            "summary": "Change it, by the code to change it",
            "parameters": [_CODE],
            "requestBody": _BODY,
            "responses": {
                "200": {"description": "The new version", "content": {"application/json": {}}},
                "403": {"description": "The code only lets look at it"},
                "409": {"description": "Somebody else has changed it since"},
            },
        },
        "delete": {
            "summary": "Share it no longer, by the code to change it",
            "parameters": [_CODE],
            "responses": {"204": {"description": "Gone"}, "403": {"description": "The code only lets look at it"}},
        },
    },
}


@bp.post("/api/drawings")
@limiter.limit(SHORT_LINK)
def add() -> tuple[Response, int, dict[str, str]]:
    """Nobody has to sign in: who has the code may change it, whoever drew it."""
    parameters.only(request.args, ())
    drawing = drawing_in(drawing_body())
    with service().store.writing(actor()) as connection:
        codes = share(connection, drawing)
    told = jsonify(view=codes.view, edit=codes.edit, version=1)
    return told, HTTPStatus.CREATED, {"Location": url_for(".read", code=codes.view)}


@bp.get("/api/drawings/<code>")
@limiter.limit(CODE, deduct_when=was_unknown)
def read(code: str) -> Response:
    """As it is now."""
    parameters.only(request.args, ())
    with service().store.writing(actor()) as connection:
        found = shared_drawing(connection, code)
        note_use(connection, code)
    if found is None:
        raise _absent()
    response = jsonify(_told(found))
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.put("/api/drawings/<code>")
@limiter.limit(DRAWING)
def replace(code: str) -> Response:
    """Only from the version that it is made from, so that nobody's corners are lost."""
    parameters.only(request.args, ())
    said = drawing_body()
    drawing, version = drawing_in(said), said.get("version")
    if not isinstance(version, int) or isinstance(version, bool):
        raise Refused(_("Say in “version” which version of the drawing was changed."), parameter="version")
    with service().store.writing(actor()) as connection:
        _require_edit(shared_drawing(connection, code))
        changed = change(connection, code, version, drawing)
    if changed is None:
        raise Overtaken(_("Somebody else has changed the drawing meanwhile. Look at theirs, then keep one of the two."))
    return jsonify(version=changed)


@bp.delete("/api/drawings/<code>")
def end(code: str) -> tuple[str, int]:
    """For everybody who has a link to it."""
    with service().store.writing(actor()) as connection:
        _require_edit(shared_drawing(connection, code))
        remove(connection, code)
    return "", HTTPStatus.NO_CONTENT


def _require_edit(found: SharedDrawing | None) -> None:
    if found is None:
        raise _absent()
    if not found.may_edit:
        raise NotYours(_("This link lets you look at the drawing. To change it, ask who shared it for the edit link."))


def _absent() -> NotHere:
    return NotHere(_("There is no such drawing any more. Ask who sent the link to share it again."))


def _told(found: SharedDrawing) -> dict[str, Any]:
    return {
        "view": found.view,
        "title": found.drawing.title,
        "features": found.drawing.features,
        "groups": [{"name": group.name, "is_hidden": group.is_hidden} for group in found.drawing.groups],
        "version": found.version,
        "changed_at": found.changed_at.isoformat(),
        "may_edit": found.may_edit,
    }

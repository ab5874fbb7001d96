"""/api/links: a short address for a view of the map that is too long to dictate or to print."""

import io
from http import HTTPStatus

import segno
from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.errors import Refused
from gisserver.limits import SHORT_LINK, limiter
from gisserver.own_paths import PAGES, own_path
from gisserver.readable_pages import page_words
from gisserver.service import service
from gisserver.short_links import path_of
from layers.core.short_links import LONGEST, keep_link

bp = Blueprint("links", __name__)
CONFORMS: tuple[str, ...] = ()
_CODE = {"name": "code", "in": "path", "required": True, "schema": {"type": "string"}}
_SAID = {"type": "object", "required": ["path"], "properties": {"path": {"type": "string", "maxLength": LONGEST}}}
_LINK = {
    "type": "object",
    "required": ["code", "href", "qr"],
    "properties": {name: {"type": "string"} for name in ("code", "href", "qr")},
}
PATHS = {
    "/api/links": {
        "post": {
            "summary": "Keep the path of one of our pages under a short address",
            "requestBody": {"required": True, "content": {"application/json": {"schema": _SAID}}},
            "responses": {
                "201": {"description": "The short address", "content": {"application/json": {"schema": _LINK}}},
                "400": {"description": "The path leads elsewhere"},
            },
        }
    },
    "/api/links/{code}.svg": {
        "get": {
            "summary": "The short address as a QR code",
            "parameters": [_CODE],
            "responses": {
                "200": {"description": "A picture", "content": {"image/svg+xml": {}}},
                "404": {"description": "Nobody has made such a link"},
            },
        }
    },
}


@bp.post("/api/links")
@limiter.limit(SHORT_LINK)
def add() -> tuple[Response, int]:
    """Only our own pages: nobody is led elsewhere under our name."""
    request.max_content_length = 4 * LONGEST
    said = request.get_json(silent=True)
    path = own_path(said.get("path") if isinstance(said, dict) else None, LONGEST, page_words())
    if path is None:
        raise Refused(
            _(
                "“path” must begin with one of %(pages)s, be encoded as addresses are, and have at most %(most)s "
                "characters.",
                pages=", ".join((*PAGES, *page_words())),
                most=LONGEST,
            ),
            parameter="path",
        )
    with service().store.writing(actor()) as connection:
        code = keep_link(connection, path)
    told = {
        "code": code,
        "href": url_for("short_links.follow", code=code, _external=True),
        "qr": url_for(".picture", code=code),
    }
    return jsonify(told), HTTPStatus.CREATED


@bp.get("/api/links/<code>.svg")
def picture(code: str) -> Response:
    """To be shown on a screen and scanned by a phone."""
    path_of(code)
    written = io.BytesIO()
    address = url_for("short_links.follow", code=code, _external=True)
    segno.make(address, error="m", micro=False).save(written, kind="svg", border=4, xmldecl=False, scale=6)
    answer = Response(written.getvalue(), mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer

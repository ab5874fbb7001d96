"""/api/exports: all public tiles in one file, to download or to read piece by piece."""

from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, jsonify, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from gisserver.access import actor
from gisserver.api import _parameters as parameters
from gisserver.errors import NotHere, Problem, respond
from gisserver.exporting import shelf_of
from gisserver.service import service
from layers.core.tiles.export.choose import file_formats
from layers.core.tiles.export.job import next_export
from layers.core.tiles.export.shelf import KeptFile

bp = Blueprint("exports", __name__)
CONFORMS: tuple[str, ...] = ()
_FILE = {
    "name": "file",
    "in": "path",
    "required": True,
    "description": "pool.pmtiles or pool.mbtiles for the newest, or the name of a listed file.",
    "schema": {"type": "string"},
}
PATHS = {
    "/api/exports": {
        "get": {
            "summary": "The files of public tiles that there are, with epoch, size and SHA-256",
            "responses": {"200": {"description": "A list, the newest first"}},
        }
    },
    "/api/exports/{file}": {
        "get": {
            "summary": "All public tiles as PMTiles or MBTiles; takes Range and If-Range",
            "parameters": [_FILE],
            "responses": {
                "200": {"description": "The file; its ETag is the SHA-256 of its bytes"},
                "206": {"description": "The part asked for by Range"},
                "304": {"description": "The caller has it"},
                "404": {"description": "None has been made yet; says when the first one is"},
                "416": {"description": "The file is shorter than that; Content-Range says how long it is"},
            },
        }
    },
}
_FOR_OTHER_PAGES = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Range, If-Range, If-Match, If-None-Match",
    "Access-Control-Expose-Headers": "Accept-Ranges, Content-Length, Content-Range, ETag, Last-Modified",
    "Access-Control-Max-Age": "86400",
}


@bp.after_request
def let_other_pages_read(response: Response) -> Response:
    """A map on another site reads the file by Range; errors too must be readable there."""
    response.headers.update(_FOR_OTHER_PAGES)
    return response


@bp.get("/api/exports")
def exports() -> Response:
    """What there is to download; the newest of each format also under a name that stays."""
    parameters.only(request.args, ())
    files = [_described(kept) for kept in shelf_of(service().settings).files()]
    links = [{"rel": "self", "href": url_for(".exports", _external=True), "type": "application/json"}]
    response = jsonify(exports=files, links=links)
    response.headers["Cache-Control"] = "public, no-cache"
    return response


@bp.get("/api/exports/<name>")
def export(name: str) -> Response:
    """A file, whole or in part."""
    kept = _asked_for(name)
    _leave_out_ranges_that_need_not_be_heeded()
    try:
        response = send_file(
            kept.path,
            mimetype=kept.media_type,
            download_name=kept.path.name,
            etag=kept.sha256,
            last_modified=kept.made_at,
            max_age=0,
        )
    except RequestedRangeNotSatisfiable:
        return _too_far(kept)
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Gis-Epoch"] = str(kept.epoch)
    return response


def _asked_for(name: str) -> KeptFile:
    kept = shelf_of(service().settings).files()
    by_name = {file.path.name: file for file in kept}
    newest = {f"pool{file.suffix}": file for file in reversed(kept)}
    try:
        return {**by_name, **newest}[name]
    except KeyError:
        raise _absent(name) from None


def _absent(name: str) -> NotHere:
    known = [f"pool{declared.suffix}" for declared in file_formats()]
    if name not in known:
        return NotHere(
            _("There is no file “%(name)s”. There are: %(known)s.", name=name, known=", ".join(known)),
            parameter="file",
        )
    if not service().settings.export_interval_minutes:
        return NotHere(_("This service makes no files of tiles: its operator has set GIS_EXPORT_INTERVAL_MINUTES=0."))
    with service().store.reading(actor()) as connection:
        begins = next_export(connection)
    if begins is None:
        return NotHere(_("No file of tiles has been made yet. The first one is made minutes after the next publish."))
    at = begins.astimezone(ZoneInfo(service().profile.timezone)).strftime("%Y-%m-%d %H:%M")
    return NotHere(
        _("No file of tiles has been made yet. The first one is begun at %(time)s; try again a little later.", time=at),
        begins_at=begins.isoformat(),
    )


def _leave_out_ranges_that_need_not_be_heeded() -> None:
    """Several ranges at once, other units and HEAD are answered as if without Range, as RFC 9110 allows."""
    asked = request.range
    is_one_of_bytes = asked is not None and asked.units == "bytes" and len(asked.ranges) == 1
    if request.method != "GET" or not is_one_of_bytes:
        request.environ.pop("HTTP_RANGE", None)


def _too_far(kept: KeptFile) -> Response:
    sentence = _("The file has %(size)s bytes, so there is nothing in that range.", size=kept.size_bytes)
    response, status = respond(Problem(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, sentence))
    response.status_code = status
    response.headers["Content-Range"] = f"bytes */{kept.size_bytes}"
    return response


def _described(kept: KeptFile) -> dict[str, Any]:
    return {
        "name": kept.path.name,
        "format": kept.format,
        "media_type": kept.media_type,
        "layers": kept.layers,
        "tiles": kept.tiles,
        "epoch": kept.epoch,
        "published_at": kept.published_at and kept.published_at.isoformat(),
        "made_at": kept.made_at.isoformat(),
        "generator": kept.generator,
        "size_bytes": kept.size_bytes,
        "sha256": kept.sha256,
        "href": url_for(".export", name=kept.path.name, _external=True),
    }

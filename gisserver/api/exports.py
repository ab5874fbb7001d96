"""/api/exports: all public tiles in one file, to download or to read piece by piece."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.api import _parameters as parameters
from gisserver.api._kept_file import RESPONSES, KeptBytes, let_other_pages_read, send_kept
from gisserver.api._media import LINK, answered
from gisserver.errors import NotHere
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
_LIST = {
    "type": "object",
    "required": ["exports", "links"],
    "properties": {
        "exports": {"type": "array", "items": {"type": "object"}},
        "links": {"type": "array", "items": LINK},
    },
}
PATHS = {
    "/api/exports": {
        "get": {
            "summary": "The files of public tiles that there are, with epoch, size and SHA-256",
            "responses": answered(_LIST, "The newest first"),
        }
    },
    "/api/exports/{file}": {
        "get": {
            "summary": "All public tiles as PMTiles or MBTiles; takes Range and If-Range",
            "parameters": [_FILE],
            "responses": RESPONSES,
        }
    },
}
bp.after_request(let_other_pages_read)


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
    return send_kept(KeptBytes(kept.path, kept.media_type, kept.epoch, kept.made_at, kept.size_bytes, kept.sha256))


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

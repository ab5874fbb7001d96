"""/api/collections/{collection}/downloads: whole layers and districts as files that are ready, to take along."""

from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import gettext as _

from gisserver.api import _parameters as parameters
from gisserver.api._kept_file import RESPONSES, KeptBytes, let_other_pages_read, send_kept
from gisserver.api._layers import seen_layer
from gisserver.api._ready_links import ready_link
from gisserver.api.collections import COLLECTION
from gisserver.downloads.ready import ReadyFile, ready_shelf
from gisserver.errors import NotHere
from gisserver.service import service

bp = Blueprint("downloads", __name__)
CONFORMS: tuple[str, ...] = ()
_FILE = {
    "name": "file",
    "in": "path",
    "required": True,
    "description": "Name of a listed file, for instance parcels-12-e340.gpkg; without -e340 the newest of its kind.",
    "schema": {"type": "string"},
}
PATHS = {
    "/api/collections/{collection}/downloads": {
        "get": {
            "summary": "The files of a layer and of its districts that are ready, with publish, size and SHA-256",
            "parameters": [COLLECTION],
            "responses": {"200": {"description": "A list, the whole layer first"}},
        }
    },
    "/api/collections/{collection}/downloads/{file}": {
        "get": {
            "summary": "A file that is ready; takes Range and If-Range",
            "parameters": [COLLECTION, _FILE],
            "responses": RESPONSES,
        }
    },
}
bp.after_request(let_other_pages_read)


@bp.get("/api/collections/<layer_id>/downloads")
def downloads(layer_id: str) -> Response:
    """What there is; the newest of each kind also under a name that stays."""
    parameters.only(request.args, ())
    layer = seen_layer(layer_id)
    found = [_described(file) for file in ready_shelf(service().settings).newest(layer.id)]
    links = [{"rel": "self", "href": url_for(".downloads", layer_id=layer.id, _external=True)}]
    response = jsonify(downloads=found, links=links)
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/api/collections/<layer_id>/downloads/<name>")
def download(layer_id: str, name: str) -> Response:
    """A file, whole or in part."""
    shelf = ready_shelf(service().settings)
    kept = shelf.files(seen_layer(layer_id).id)
    lasting = {file.wanted.lasting_name: file for file in reversed(kept)}
    file = {**lasting, **{one.name: one for one in kept}}.get(name)
    if file is None or not shelf.place(file.name).is_file():
        raise _absent(name, [one.name for one in shelf.newest(layer_id)])
    return send_kept(
        KeptBytes(shelf.place(file.name), file.media_type, file.epoch, file.made_at, file.size_bytes, file.sha256)
    )


def _described(file: ReadyFile) -> dict[str, Any]:
    district = file.wanted.district_id
    lasting = url_for(".download", layer_id=file.wanted.layer, name=file.wanted.lasting_name, _external=True)
    return {
        **ready_link(file),
        "name": file.name,
        "format": file.wanted.format,
        "district_id": district,
        "made_at": file.made_at.isoformat(),
        "generator": file.generator,
        "sha256": file.sha256,
        "newest": lasting,
    }


def _absent(name: str, known: list[str]) -> NotHere:
    if known:
        return NotHere(
            _("There is no file “%(name)s”. There are: %(known)s.", name=name, known=", ".join(known[:12])),
            parameter="file",
        )
    if not service().settings.ready_interval_minutes:
        return NotHere(_("This service makes no files in advance. Ask for the features with f=gpkg or another format."))
    return NotHere(
        _(
            "No file of this layer is ready yet; the first ones are made minutes after the next publish. "
            "Until then ask for the features with f=gpkg or another format."
        )
    )

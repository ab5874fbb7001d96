"""/api/tiles: any public layers in one tile, as OGC API – Tiles."""

from collections.abc import Sequence
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.api import _parameters as parameters
from gisserver.api._tile_asked import tile_asked
from gisserver.api._tile_response import tile_response
from gisserver.api.tile_matrix_sets import check_grid
from gisserver.api.tiles import TILE_RESPONSES
from gisserver.api.tilesets import (
    GRID_PARAMETER,
    PLACE_PARAMETERS,
    TILESET_RESPONSES,
    TILESETS_RESPONSES,
    described,
    grids_address,
)
from gisserver.errors import NotHere, Refused
from gisserver.service import service
from gisserver.tilesets import GRID, Tileset, listed
from layers.core.layer import Layer
from layers.core.tiles import TileAddress

bp = Blueprint("dataset_tiles", __name__)
CONFORMS = (
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/collections-selection",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/dataset-tilesets",
)
_COLLECTIONS = {
    "name": "collections",
    "in": "query",
    "schema": {"type": "string"},
    "description": "ids, comma-separated; all public layers without it",
}
PATHS = {
    "/api/tiles": {
        "get": {
            "operationId": "dataset.vector.getTileSetsList",
            "summary": "Tilesets of the whole pool",
            "responses": TILESETS_RESPONSES,
        }
    },
    "/api/tiles/{tileMatrixSet}": {
        "get": {
            "operationId": "dataset.vector.getTileSet",
            "summary": "What tiles of the whole pool hold and cover",
            "parameters": [GRID_PARAMETER, _COLLECTIONS],
            "responses": TILESET_RESPONSES,
        }
    },
    "/api/tiles/{tileMatrixSet}/{tileMatrix}/{tileRow}/{tileCol}": {
        "get": {
            "operationId": "dataset.vector.getTile",
            "summary": "A tile of several layers",
            "parameters": [GRID_PARAMETER, *PLACE_PARAMETERS, _COLLECTIONS, parameters.DATETIME, parameters.EPOCH],
            "responses": TILE_RESPONSES,
        }
    },
}


@bp.get("/api/tiles")
def tilesets() -> Response:
    """One, for there is one grid."""
    parameters.only(request.args, ())
    here = {"rel": "self", "type": "application/json", "href": request.base_url}
    return jsonify(
        tilesets=[listed(_tileset(service().registry.public), grids_address(), service().profile)], links=[here]
    )


@bp.get("/api/tiles/<grid_id>")
def tileset(grid_id: str) -> Response:
    """Limits, fields, and where the tiles are."""
    parameters.only(request.args, ("collections",))
    check_grid(grid_id)
    return described(_tileset(_asked_layers()))


@bp.get("/api/tiles/<grid_id>/<int:matrix>/<int:row>/<int:column>")
def tile(grid_id: str, matrix: int, row: int, column: int) -> Response:
    """The stored tiles of the layers in one: MVT layers that follow one another are a tile."""
    parameters.only(request.args, ("collections", "datetime", "epoch"))
    check_grid(grid_id)
    address = TileAddress(matrix, column, row)
    layers = [layer for layer in _asked_layers() if matrix in layer.tile_zooms]
    if not layers or not address.is_in_grid:
        raise NotHere(_("There are no tiles at this zoom or outside the grid."), parameter="tileMatrix")
    stored, _is_versioned = tile_asked(layers, address)
    return tile_response(stored)


def _asked_layers() -> Sequence[Layer]:
    """Public ones: the same for every caller, so that any cache may keep the tiles."""
    public = service().registry.public
    asked = request.args.get("collections")
    if asked is None:
        return public
    wanted = asked.split(",")
    known = [layer.id for layer in public]
    if unknown := [name for name in wanted if name not in known]:
        sentence = _("There is no layer “%(asked)s”. There are: %(known)s.", asked=unknown[0], known=", ".join(known))
        raise Refused(sentence, parameter="collections")
    return [layer for layer in public if layer.id in wanted]


def _tileset(layers: Sequence[Layer]) -> Tileset:
    address = url_for(".tileset", grid_id=GRID, _external=True)
    selection = request.args.get("collections")
    return Tileset(
        title=service().profile.title(str(get_locale())),
        layers=layers,
        address=address,
        query=f"?{urlencode({'collections': selection})}" if selection else "",
    )

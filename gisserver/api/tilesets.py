"""/api/collections/{collection}/tiles: a layer's tiles as OGC API – Tiles, with row before column."""

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import get_locale

from gisserver.access import actor
from gisserver.api import _parameters as parameters
from gisserver.api._layers import seen_layer
from gisserver.api._media import LINK, TEMPLATED_LINK, answered
from gisserver.api.tile_matrix_sets import check_grid
from gisserver.api.tiles import SEEN, TILE_RESPONSES, tile
from gisserver.service import service
from gisserver.tilesets import GRID, Tileset, listed, metadata
from layers.core.epochs import current_epoch
from layers.core.layer import Layer

bp = Blueprint("tilesets", __name__)
CONFORMS = (
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
)
_COLLECTION = {"name": "collection", "in": "path", "required": True, "schema": {"type": "string"}}
GRID_PARAMETER = {
    "name": "tileMatrixSet",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "enum": [GRID]},
}
PLACE_PARAMETERS = [
    {"name": name, "in": "path", "required": True, "schema": {"type": "integer", "minimum": 0}}
    for name in ("tileMatrix", "tileRow", "tileCol")
]
_TILESET_SCHEMA = {
    "type": "object",
    "required": ["title", "dataType", "crs", "tileMatrixSetId", "tileMatrixSetLimits", "links"],
    "properties": {
        "title": {"type": "string"},
        "dataType": {"type": "string", "enum": ["vector"]},
        "crs": {"type": "string", "format": "uri"},
        "tileMatrixSetId": {"type": "string", "enum": [GRID]},
        "tileMatrixSetURI": {"type": "string", "format": "uri"},
        "tileMatrixSetLimits": {"type": "array", "items": {"type": "object"}},
        "layers": {"type": "array", "items": {"type": "object"}},
        "links": {"type": "array", "items": TEMPLATED_LINK},
    },
}
_TILESETS_SCHEMA = {
    "type": "object",
    "required": ["tilesets", "links"],
    "properties": {
        "tilesets": {"type": "array", "items": _TILESET_SCHEMA},
        "links": {"type": "array", "items": LINK},
    },
}
TILESETS_RESPONSES = answered(_TILESETS_SCHEMA, "The tilesets that there are")
TILESET_RESPONSES = answered(_TILESET_SCHEMA, "Tileset metadata")
PATHS = {
    "/api/collections/{collection}/tiles": {
        "get": {
            "operationId": "collection.vector.getTileSetsList",
            "summary": "Tilesets of a layer",
            "parameters": [_COLLECTION],
            "responses": TILESETS_RESPONSES,
        }
    },
    "/api/collections/{collection}/tiles/{tileMatrixSet}": {
        "get": {
            "operationId": "collection.vector.getTileSet",
            "summary": "What a layer's tiles hold and cover",
            "parameters": [_COLLECTION, GRID_PARAMETER],
            "responses": TILESET_RESPONSES,
        }
    },
    "/api/collections/{collection}/tiles/{tileMatrixSet}/{tileMatrix}/{tileRow}/{tileCol}": {
        "get": {
            "operationId": "collection.vector.getTile",
            "summary": "A tile of a layer",
            "parameters": [_COLLECTION, GRID_PARAMETER, *PLACE_PARAMETERS, SEEN, parameters.DATETIME, parameters.EPOCH],
            "responses": TILE_RESPONSES,
        }
    },
}


@bp.get("/api/collections/<layer_id>/tiles")
def tilesets(layer_id: str) -> Response:
    """One, for there is one grid."""
    layer = seen_layer(layer_id)
    parameters.only(request.args, ())
    here = {"rel": "self", "type": "application/json", "href": request.base_url}
    return jsonify(tilesets=[listed(_tileset(layer), grids_address(), service().profile)], links=[here])


@bp.get("/api/collections/<layer_id>/tiles/<grid_id>")
def tileset(layer_id: str, grid_id: str) -> Response:
    """Limits, fields, and where the tiles are."""
    layer = seen_layer(layer_id)
    parameters.only(request.args, ())
    check_grid(grid_id)
    return described(_tileset(layer))


@bp.get("/api/collections/<layer_id>/tiles/<grid_id>/<int:matrix>/<int:row>/<int:column>")
def tile_of_layer(layer_id: str, grid_id: str, matrix: int, row: int, column: int) -> Response:
    """The same stored tile as under /tiles."""
    check_grid(grid_id)
    return tile(seen_layer(layer_id).id, matrix, column, row)


def described(tileset: Tileset) -> Response:
    """Tileset metadata in the caller's language."""
    return jsonify(metadata(tileset, grids_address(), service().profile, str(get_locale())))


def grids_address() -> str:
    """Where the grids are defined."""
    return url_for("tile_matrix_sets.grids", _external=True)


def _tileset(layer: Layer) -> Tileset:
    """Tiles are asked for by the newest publish, so that they can be kept."""
    with service().store.reading(actor()) as connection:
        epoch = current_epoch(connection)
    return Tileset(
        title=layer.title.in_language(str(get_locale())),
        layers=(layer,),
        address=url_for("tilesets.tileset", layer_id=layer.id, grid_id=GRID, _external=True),
        tilejson=url_for("tiles.tilejson", source_id=layer.id, _external=True),
        query=f"?v={epoch}",
    )

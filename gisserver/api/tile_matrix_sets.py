"""/api/tileMatrixSets: the one grid that our tiles are cut by."""

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import gettext as _

from gisserver.api import _parameters as parameters
from gisserver.api._media import LINK, answered
from gisserver.errors import NotHere
from gisserver.tilesets import CRS, GRID, GRID_URI, grid_definition

bp = Blueprint("tile_matrix_sets", __name__)
CONFORMS = (
    "http://www.opengis.net/spec/tms/2.0/conf/tilematrixset",
    "http://www.opengis.net/spec/tms/2.0/conf/json-tilematrixset",
)
_GRID = {"name": "tileMatrixSet", "in": "path", "required": True, "schema": {"type": "string", "enum": [GRID]}}
_GRIDS_SCHEMA = {
    "type": "object",
    "required": ["tileMatrixSets"],
    "properties": {
        "tileMatrixSets": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "links"],
                "properties": {"id": {"type": "string"}, "links": {"type": "array", "items": LINK}},
            },
        }
    },
}
_GRID_SCHEMA = {
    "type": "object",
    "required": ["id", "crs", "tileMatrices"],
    "properties": {"tileMatrices": {"type": "array", "items": {"type": "object"}}},
}
PATHS = {
    "/api/tileMatrixSets": {
        "get": {
            "operationId": "getTileMatrixSetsList",
            "summary": "Grids of tiles",
            "responses": answered(_GRIDS_SCHEMA, "Grids"),
        }
    },
    "/api/tileMatrixSets/{tileMatrixSet}": {
        "get": {
            "operationId": "getTileMatrixSet",
            "summary": "The definition of a grid",
            "parameters": [_GRID],
            "responses": answered(_GRID_SCHEMA, "Tile matrix set"),
        }
    },
}


@bp.get("/api/tileMatrixSets")
def grids() -> Response:
    """There is one."""
    parameters.only(request.args, ())
    here = url_for(".grid", grid_id=GRID, _external=True)
    link = {"rel": "self", "type": "application/json", "href": here}
    return jsonify(tileMatrixSets=[{"id": GRID, "title": GRID, "uri": GRID_URI, "crs": CRS, "links": [link]}])


@bp.get("/api/tileMatrixSets/<grid_id>")
def grid(grid_id: str) -> Response:
    """Its zooms with scale, size and corner."""
    parameters.only(request.args, ())
    check_grid(grid_id)
    return jsonify(grid_definition())


def check_grid(grid_id: str) -> None:
    """Refuse any other grid by naming ours."""
    if grid_id != GRID:
        raise NotHere(_("There is no tile grid “%(asked)s”. There is: %(known)s.", asked=grid_id, known=GRID))

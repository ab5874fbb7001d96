"""/api/buffer: the ground within a distance of a drawn shape."""

import json
import math

import shapely
from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _

from gisserver.api import _parameters as parameters
from gisserver.api._media import answered
from gisserver.api._shapes import AREAS, LINES, body, shape_in
from gisserver.errors import Refused
from gisserver.security import csrf
from gisserver.service import service
from layers.core.buffers import FARTHEST_M, buffered

bp = Blueprint("buffer", __name__)
CONFORMS: tuple[str, ...] = ()
_ASKED = {
    "type": "object",
    "required": ["shape", "metres"],
    "properties": {
        "shape": {"type": "object", "description": "GeoJSON in degrees"},
        "metres": {"type": "number", "minimum": -FARTHEST_M, "maximum": FARTHEST_M},
    },
}
_FOUND = {"type": "object", "required": ["shape"], "properties": {"shape": {"type": "object"}}}
PATHS = {
    "/api/buffer": {
        "post": {
            "summary": "The ground within so many metres of a shape; below zero, an area without its edge",
            "requestBody": {"required": True, "content": {"application/json": {"schema": _ASKED}}},
            "responses": answered(_FOUND, "That ground, as GeoJSON geometry"),
        }
    }
}


@bp.post("/api/buffer")
@csrf.exempt  # type: ignore[untyped-decorator]  # nothing is written
def buffer() -> Response:
    """In the plane of the storage system, as people of the city measure."""
    parameters.only(request.args, ())
    asked = body()
    metres = asked.get("metres")
    is_number = isinstance(metres, int | float) and not isinstance(metres, bool) and math.isfinite(metres)
    if not is_number or not 0 < abs(float(metres)) <= FARTHEST_M:  # type: ignore[arg-type]
        sentence = _("“metres” must be a number other than 0, at most %(most)s.", most=f"{FARTHEST_M:,.0f}")
        raise Refused(sentence, parameter="metres")
    shape = shape_in(asked, (*AREAS, *LINES, "Point"))
    found = buffered(shape, float(metres), service().profile)  # type: ignore[arg-type]
    if found.is_empty:
        raise Refused(_("Nothing is left of the shape. Take less off it."), parameter="metres")
    return jsonify(shape=json.loads(shapely.to_geojson(found)))

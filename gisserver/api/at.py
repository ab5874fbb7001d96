"""/api/at: what lies at a point, through several layers at once."""

import json

from flask import Blueprint, Response, request
from flask_babel import get_locale

from gisserver.access import actor
from gisserver.api import _parameters as parameters
from gisserver.api._layers import readable, seen_layer, seen_layers
from gisserver.api._media import answered
from gisserver.service import service
from layers.core.epochs import current_epoch
from layers.core.layer import Layer
from layers.core.query import FeatureQuery, features_at

bp = Blueprint("at", __name__)
CONFORMS: tuple[str, ...] = ()
_SCHEMA = {
    "type": "object",
    "required": ["epoch", "layers"],
    "properties": {"epoch": {"type": "integer"}, "layers": {"type": "array", "items": {"type": "object"}}},
}
PATHS = {
    "/api/at": {
        "get": {
            "summary": "Features of several layers at a point, now or as they were",
            "parameters": [
                {"name": "lon", "in": "query", "required": True, "schema": {"type": "number"}},
                {"name": "lat", "in": "query", "required": True, "schema": {"type": "number"}},
                {"name": "layers", "in": "query", "schema": {"type": "string"}, "description": "ids, comma-separated"},
                {
                    "name": "radius",
                    "in": "query",
                    "schema": {"type": "integer", "minimum": 0, "maximum": 500, "default": 3},
                    "description": "metres from the point within which lines and points count",
                },
                parameters.DATETIME,
                parameters.EPOCH,
            ],
            "responses": answered(_SCHEMA, "Features by layer"),
        }
    }
}

MOST_PER_LAYER = 20


@bp.get("/api/at")
def at() -> Response:
    """One snapshot for all layers, so that the card never mixes two publishes."""
    parameters.only(request.args, ("lon", "lat", "layers", "radius", "datetime", "epoch"))
    lon, lat = parameters.degrees(request.args)
    radius = parameters.whole_number(request.args, "radius", 3, 0, 500)
    language = str(get_locale())
    with service().store.reading(actor()) as connection:
        then = parameters.as_of(connection, request.args)
        found = []
        for layer in _asked_layers():
            query = FeatureQuery(readable(layer), limit=MOST_PER_LAYER, as_of=then)
            features = features_at(connection, query, lon, lat, radius)
            title = json.dumps(layer.title.in_language(language))
            found.append(f'{{"id":"{layer.id}","title":{title},"features":[{",".join(features)}]}}')
        epoch = current_epoch(connection) if then is None else then
    return Response(f'{{"epoch":{epoch},"layers":[{",".join(found)}]}}', content_type="application/json")


def _asked_layers() -> list[Layer]:
    asked = request.args.get("layers")
    if asked is None:
        return seen_layers()
    return [seen_layer(layer_id) for layer_id in asked.split(",") if layer_id]

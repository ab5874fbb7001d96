"""/api/summary: how much of which layers lies in a view or in a shape, by the classes of the legend."""

from collections.abc import Callable, Sequence
from typing import Any

import shapely
from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _
from shapely import Geometry

from gisserver.api import _parameters as parameters
from gisserver.api._layers import readable, seen_layer, seen_layers
from gisserver.api._media import answered
from gisserver.api._reading import reading
from gisserver.api._shapes import body, shape_in
from gisserver.errors import Refused
from gisserver.security import csrf
from gisserver.service import service
from gisserver.style import drawing_of
from layers.core.epochs import UnknownTime, first_epoch
from layers.core.layer import Layer
from layers.core.query.summary import GroundSum, sum_from_afar, sum_on
from layers.core.store import Connection

bp = Blueprint("summary", __name__)
CONFORMS: tuple[str, ...] = ()
SumOf = Callable[[Connection, Layer, int | None], GroundSum]
_MOMENT = ("datetime", "epoch")
_NOTHING = GroundSum((), is_cut=True)
_SUM = {
    "type": "object",
    "required": ["count", "area_m2", "length_m"],
    "properties": {
        "count": {"type": "integer"},
        "area_m2": {"type": "number"},
        "length_m": {"type": "number"},
    },
}
_CLASS = {**_SUM, "properties": {**_SUM["properties"], "key": {"type": "string", "nullable": True}}}  # type: ignore[dict-item]
_LAYER = {
    **_SUM,
    "properties": {
        **_SUM["properties"],  # type: ignore[dict-item]
        "id": {"type": "string"},
        "is_cut": {"type": "boolean", "description": "Areas end at the edge; else whole groups are counted"},
        "classes": {"type": "array", "items": _CLASS},
    },
}
_SCHEMA = {
    "type": "object",
    "required": ["epoch", "layers"],
    "properties": {
        "epoch": {"type": "integer", "description": "0 for a moment before the first publish"},
        "begins": {"type": "string", "format": "date-time", "description": "The first publish, where it came later"},
        "layers": {"type": "array", "items": _LAYER},
    },
}
_SHAPE = {
    "type": "object",
    "required": ["shape"],
    "properties": {
        "shape": {"type": "object", "description": "A polygon or multipolygon as GeoJSON geometry"},
        "layers": {"type": "array", "items": {"type": "string"}},
    },
}
PATHS = {
    "/api/summary": {
        "get": {
            "summary": "Counts and areas of what a view shows, by class",
            "parameters": [
                {"name": "bbox", "in": "query", "required": True, "schema": {"type": "string"}},
                {"name": "zoom", "in": "query", "schema": {"type": "integer", "minimum": 0, "default": 24}},
                {"name": "layers", "in": "query", "schema": {"type": "string"}, "description": "ids, comma-separated"},
                parameters.DATETIME,
                parameters.EPOCH,
            ],
            "responses": answered(_SCHEMA, "What is in view"),
        },
        "post": {
            "summary": "Counts and areas of what lies in a shape, cut at its edge, by class",
            "parameters": [parameters.DATETIME, parameters.EPOCH],
            "requestBody": {"required": True, "content": {"application/json": {"schema": _SHAPE}}},
            "responses": answered(_SCHEMA, "What lies in the shape"),
        },
    }
}


@bp.get("/api/summary")
def of_view() -> Response:
    """Below the zoom that draws a layer's features, what is drawn in their place is counted."""
    parameters.only(request.args, ("bbox", "zoom", "layers", *_MOMENT))
    box = parameters.needed_box(request.args)
    zoom = parameters.whole_number(request.args, "zoom", 24, 0, 24)
    asked = request.args.get("layers")
    layers = _named(asked.split(",") if asked is not None else None)
    ground = shapely.box(box.west, box.south, box.east, box.north)

    def sum_of(connection: Connection, layer: Layer, then: int | None) -> GroundSum:
        return _sum_in_view(connection, layer, ground, zoom, then)

    return _summary(layers, sum_of)


@bp.post("/api/summary")
@csrf.exempt  # type: ignore[untyped-decorator]  # nothing is written
def of_shape() -> Response:
    """A shape is too long for an address."""
    parameters.only(request.args, _MOMENT)
    asked = body()
    ground = shape_in(asked)
    profile = service().profile

    def sum_of(connection: Connection, layer: Layer, then: int | None) -> GroundSum:
        return sum_on(connection, layer, _legend_field(layer), ground, profile, then)

    return _summary(_named(asked.get("layers")), sum_of)


def _summary(layers: Sequence[Layer], sum_of: SumOf) -> Response:
    """Now, or as of the moment that the address says; before the first publish there was nothing."""
    with reading(is_whole=False) as (connection, newest):
        try:
            then = parameters.as_of(connection, request.args)
        except UnknownTime:
            first = first_epoch(connection)
            begins = {"begins": first.published_at.isoformat()} if first else {}
            return jsonify(epoch=0, **begins, layers=[_told(layer, _NOTHING) for layer in layers])
        told = [_told(layer, sum_of(connection, layer, then)) for layer in layers]
        return jsonify(epoch=newest if then is None else then, layers=told)


def _sum_in_view(connection: Connection, layer: Layer, ground: Geometry, zoom: int, then: int | None) -> GroundSum:
    field, profile = _legend_field(layer), service().profile
    if zoom >= layer.zooms.start or not layer.levels:
        return sum_on(connection, layer, field, ground, profile, then)
    return sum_from_afar(connection, layer, field, ground, profile, zoom, then)


def _legend_field(layer: Layer) -> str | None:
    """Only where this reader may see it."""
    field = drawing_of(layer).legend_field
    return field if field in readable(layer).names else None


def _named(ids: Any) -> list[Layer]:
    if ids is None:
        return seen_layers()
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise Refused(_("“layers” is a list of names of layers."), parameter="layers")
    return [seen_layer(layer_id) for layer_id in dict.fromkeys(ids) if layer_id]


def _told(layer: Layer, found: GroundSum) -> dict[str, Any]:
    classes = [{"key": one.key, **_numbers(one)} for one in found.classes] if _legend_field(layer) else []
    return {"id": layer.id, **_numbers(found), "is_cut": found.is_cut, "classes": classes}


def _numbers(found: Any) -> dict[str, Any]:
    return {"count": found.count, "area_m2": round(found.area_m2, 2), "length_m": round(found.length_m, 2)}

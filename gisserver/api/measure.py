"""/api/measure and /api/coordinates: what a drawn shape measures, and a place in every system of the profile."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from gisserver.api import _parameters as parameters
from gisserver.api._drawn import MOST_SHAPES, drawing_body, shapes_in
from gisserver.api._media import answered
from gisserver.api._shapes import AREAS, LINES, body, shape_in
from gisserver.security import csrf
from gisserver.service import service
from layers.core.crs import epsg
from layers.core.measures import Position, extents, measured, positions

bp = Blueprint("measure", __name__)
CONFORMS: tuple[str, ...] = ()
_MEASURE = {
    "type": "object",
    "required": ["length_m", "area_m2"],
    "properties": {"length_m": {"type": "number"}, "area_m2": {"type": "number"}},
}
_MEASURES = {
    "type": "object",
    "required": ["plane", "ellipsoid", "segments"],
    "properties": {
        "plane": _MEASURE,
        "ellipsoid": _MEASURE,
        "segments": {"type": "array", "items": {"type": "object"}},
    },
}
_SHAPES = {
    "type": "object",
    "required": ["shapes"],
    "properties": {"shapes": {"type": "array", "maxItems": MOST_SHAPES, "items": {"type": "object"}}},
}
_EXTENT = {
    "type": "object",
    "required": ["length_m", "area_m2"],
    "properties": {
        "length_m": {"type": "number", "description": "Of an area, around it"},
        "area_m2": {"type": "number", "nullable": True, "description": "Null where the outline crosses itself"},
    },
}
_EXTENTS = {
    "type": "object",
    "required": ["crs", "extents"],
    "properties": {"crs": {"type": "string"}, "extents": {"type": "array", "items": _EXTENT}},
}
_SYSTEMS = {
    "type": "object",
    "required": ["systems"],
    "properties": {"systems": {"type": "array", "items": {"type": "object"}}},
}
_ASKED = {"type": "object", "required": ["shape"], "properties": {"shape": {"type": "object"}}}
PATHS = {
    "/api/measure": {
        "post": {
            "summary": "Length, area and bearings of a shape in the plane, and on the ellipsoid",
            "requestBody": {"required": True, "content": {"application/json": {"schema": _ASKED}}},
            "responses": answered(_MEASURES, "What it measures"),
        }
    },
    "/api/measure/shapes": {
        "post": {
            "summary": "Length and area in the plane of each shape of a drawing, in their order",
            "requestBody": {"required": True, "content": {"application/json": {"schema": _SHAPES}}},
            "responses": answered(_EXTENTS, "What each measures"),
        }
    },
    "/api/coordinates": {
        "get": {
            "summary": "A place in every system that people of the city work in",
            "parameters": [
                {"name": "lon", "in": "query", "required": True, "schema": {"type": "number"}},
                {"name": "lat", "in": "query", "required": True, "schema": {"type": "number"}},
            ],
            "responses": answered(_SYSTEMS, "Its coordinates"),
        }
    },
}


@bp.post("/api/measure")
@csrf.exempt  # type: ignore[untyped-decorator]  # nothing is written
def measure() -> Response:
    """By the ellipsoid and the zone of the storage system."""
    parameters.only(request.args, ())
    found = measured(shape_in(body(), (*AREAS, *LINES)), service().profile)
    storage = epsg(service().profile.storage_srid)
    return jsonify(
        plane={"crs": storage.uri, "length_m": found.plane_length_m, "area_m2": found.plane_area_m2},
        ellipsoid={"length_m": found.ellipsoid_length_m, "area_m2": found.ellipsoid_area_m2},
        segments=[{"length_m": side.length_m, "bearing_deg": side.bearing_deg} for side in found.segments],
    )


@bp.post("/api/measure/shapes")
@csrf.exempt  # type: ignore[untyped-decorator]  # nothing is written
def measure_each() -> Response:
    """One question for a whole drawing, whose groups are summed by whoever asks."""
    parameters.only(request.args, ())
    profile = service().profile
    found = extents(shapes_in(drawing_body(), "shapes"), profile)
    told = [{"length_m": one.length_m, "area_m2": one.area_m2} for one in found]
    return jsonify(crs=epsg(profile.storage_srid).uri, extents=told)


@bp.get("/api/coordinates")
def coordinates() -> Response:
    """By the operations that the profile has chosen between datums."""
    parameters.only(request.args, ("lon", "lat"))
    lon, lat = parameters.degrees(request.args)
    return jsonify(systems=[_told(one) for one in positions(lon, lat, service().profile)])


def _told(one: Position) -> dict[str, Any]:
    """In the order of the system's axes."""
    pair = (one.north, one.east) if one.crs.is_north_first else (one.east, one.north)
    text = ", ".join(f"{number:.{one.crs.decimals}f}" for number in pair)
    return {"crs": one.crs.uri, "name": one.name, "text": text, "accuracy_m": one.accuracy_m}

"""/api/search, /api/suggest and /api/reverse: one box for everything that has a place, and the way back."""

from flask import Blueprint, Response, jsonify, request
from flask_babel import get_locale

from gisserver.access import actor
from gisserver.api import _parameters as parameters
from gisserver.limits import SEARCH_SCOPE, is_from_here, limiter, search_limit
from gisserver.service import service
from layers.search.find import find, suggest
from layers.search.hits import Hit, SearchResult
from layers.search.reverse import reverse

bp = Blueprint("search", __name__)
CONFORMS: tuple[str, ...] = ()
_HIT = {
    "type": "object",
    "required": ["kind", "title", "subtitle", "lon", "lat", "confidence", "is_exact"],
    "properties": {
        "kind": {
            "type": "string",
            "enum": ["address", "parcel", "street", "neighbourhood", "district", "place", "plan", "coordinate"],
        },
        "title": {"type": "string"},
        "subtitle": {"type": "string"},
        "lon": {"type": "number"},
        "lat": {"type": "number"},
        "bbox": {
            "type": "array",
            "nullable": True,
            "items": {"type": "number"},
            "description": "west, south, east, north",
        },
        "uid": {"type": "string", "nullable": True, "description": "the feature found"},
        "layer": {"type": "string", "nullable": True, "description": "the collection that holds it"},
        "parcel_uid": {"type": "string", "nullable": True, "description": "the parcel to ask /api/zoning about"},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "is_exact": {"type": "boolean"},
        "is_interpolated": {"type": "boolean", "description": "no such door is known; its place lies between others"},
        "also_known_as": {
            "type": "string",
            "nullable": True,
            "description": "the other or former name by which the street was found",
        },
        "met": {"type": "array", "items": {"type": "string"}, "description": "what of the text fits"},
        "unmet": {"type": "array", "items": {"type": "string"}, "description": "what of the text does not"},
    },
}
_RESULT = {
    "description": "Hits, best first; where `ambiguous` is true a person must choose",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["query", "ambiguous", "note", "hits"],
                "properties": {
                    "query": {"type": "string"},
                    "ambiguous": {"type": "boolean"},
                    "note": {"type": "string"},
                    "hits": {"type": "array", "items": _HIT},
                },
            }
        }
    },
}
_METRES = {"type": "object", "required": ["metres"], "properties": {"metres": {"type": "number"}}}
_TEXT = {"name": "q", "in": "query", "schema": {"type": "string"}, "description": "what a person would type"}
PATHS = {
    "/api/search": {
        "get": {
            "summary": "Find an address, parcel, neighbourhood, street, place, plan or coordinate",
            "parameters": [
                _TEXT,
                {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 50}},
            ],
            "responses": {"200": _RESULT},
        }
    },
    "/api/suggest": {
        "get": {
            "summary": "What the text may become while it is being typed; at most eight",
            "parameters": [_TEXT],
            "responses": {"200": _RESULT},
        }
    },
    "/api/reverse": {
        "get": {
            "summary": "What stands at a place: its parcel and areas, and the doors nearest to it",
            "parameters": [
                {"name": "lon", "in": "query", "required": True, "schema": {"type": "number"}},
                {"name": "lat", "in": "query", "required": True, "schema": {"type": "number"}},
            ],
            "responses": {
                "200": {
                    "description": "Doors with their distance, nearest first; one that is merely near is not exact",
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "required": ["place", "neighbourhood", "district", "doors", "note"],
                                "properties": {
                                    "place": {"nullable": True, "allOf": [_HIT]},
                                    "neighbourhood": {"type": "string", "nullable": True},
                                    "district": {"type": "string", "nullable": True},
                                    "doors": {"type": "array", "items": {"allOf": [_HIT, _METRES]}},
                                    "note": {"type": "string"},
                                },
                            }
                        }
                    },
                }
            },
        }
    },
}

LIMIT_DEFAULT = 40
"""So many places may share a street and a door number; a shorter list could leave out the right one."""
LIMIT_MOST = 50
DECIMALS = 7


_limited = limiter.shared_limit(search_limit, scope=SEARCH_SCOPE, exempt_when=is_from_here)


@bp.get("/api/search")
@_limited
def search() -> Response:
    """Any text is answered: what cannot be found says so in `note`."""
    parameters.only(request.args, ("q", "limit"))
    limit = parameters.whole_number(request.args, "limit", LIMIT_DEFAULT, 1, LIMIT_MOST)
    with service().store.reading(actor()) as connection:
        text = request.args.get("q", "")
        result = find(connection, text, service().profile, limit, language=str(get_locale()))
    return _answer(result)


@bp.get("/api/suggest")
@_limited
def suggestions() -> Response:
    """Asked at every key, so it looks only for names that begin so."""
    parameters.only(request.args, ("q",))
    with service().store.reading(actor()) as connection:
        result = suggest(connection, request.args.get("q", ""), service().profile, language=str(get_locale()))
    return _answer(result)


@bp.get("/api/reverse")
@_limited
def reversed_search() -> Response:
    """From a place to what stands there."""
    parameters.only(request.args, ("lon", "lat"))
    lon, lat = parameters.degrees(request.args)
    with service().store.reading(actor()) as connection:
        found = reverse(connection, lon, lat, service().profile, language=str(get_locale()))
    return jsonify(
        place=hit_json(found.place) if found.place else None,
        neighbourhood=found.neighbourhood,
        district=found.district,
        doors=[{**hit_json(door.hit), "metres": round(door.metres, 1)} for door in found.doors],
        note=found.note,
    )


def _answer(result: SearchResult) -> Response:
    return jsonify(result_json(result))


def result_json(result: SearchResult) -> dict[str, object]:
    """The list, as programs read it."""
    return {
        "query": result.query,
        "ambiguous": result.is_ambiguous,
        "note": result.note,
        "hits": [hit_json(hit) for hit in result.hits],
    }


def hit_json(hit: Hit) -> dict[str, object]:
    """One line of the list; /api/zoning offers its choices in the same shape."""
    box = hit.bbox
    return {
        "kind": hit.kind.value,
        "title": hit.title,
        "subtitle": hit.subtitle,
        "lon": round(hit.lon, DECIMALS),
        "lat": round(hit.lat, DECIMALS),
        "bbox": [round(side, DECIMALS) for side in (box.west, box.south, box.east, box.north)] if box else None,
        "uid": str(hit.uid) if hit.uid else None,
        "layer": hit.layer,
        "parcel_uid": str(hit.parcel_uid) if hit.parcel_uid else None,
        "confidence": round(hit.confidence, 3),
        "is_exact": hit.is_exact,
        "is_interpolated": hit.is_interpolated,
        "also_known_as": hit.also_known_as,
        "met": list(hit.met),
        "unmet": list(hit.unmet),
    }

"""/api/watches: an address of one's own that tells of a piece of ground, a parcel or layers, without an account."""

import json
from http import HTTPStatus
from typing import Any

import shapely
from flask import Blueprint, Response, jsonify, request, url_for

from gisserver.access import actor
from gisserver.api import _parameters as parameters
from gisserver.api._json_body import json_object
from gisserver.api._layers import seen_layers
from gisserver.api._negotiation import by_word_or_accept
from gisserver.api._openapi import described
from gisserver.api.events import ATOM, FORMATS, answer
from gisserver.limits import WATCH, limiter
from gisserver.security import csrf
from gisserver.service import service
from layers.core import watching
from layers.core.events import PLACE, EventsQuery
from layers.core.store import Connection
from layers.core.watching import Subscription, Watched

bp = Blueprint("watches", __name__)
csrf.exempt(bp)  # who comes without a session has no token either, and a session gives no power here
CONFORMS: tuple[str, ...] = ()
MOST_BYTES = 8_000_000
_TOKEN = {"name": "token", "in": "path", "required": True, "schema": {"type": "string"}}
_MEMBERS = {
    "layers": {"type": "array", "items": {"type": "string"}, "description": "All that you may see where unsaid"},
    "district_id": {"type": "integer"},
    "area": {
        "type": "object",
        "description": "GeoJSON Polygon or MultiPolygon, longitude first, 5,000 corners at most",
    },
    "feature": {"type": "string", "description": "Ref or lasting number; needs its layer; successors are followed"},
}
_BODY = {"required": True, "content": {"application/json": {"schema": {"type": "object", "properties": _MEMBERS}}}}
_SAID = {"description": "What is watched, and where it is told"}
PATHS = {
    "/api/watches": {
        "post": {
            "summary": "Watch a piece of ground, a parcel with its successors, a district or layers",
            "requestBody": _BODY,
            "responses": {"201": {"description": "The address that tells it; who has it may read and end it"}},
        }
    },
    "/api/watches/{token}": {
        "get": {"summary": "What is watched", "parameters": [_TOKEN], "responses": {"200": _SAID}},
        "delete": {
            "summary": "Stop watching",
            "parameters": [_TOKEN],
            "responses": {"204": {"description": "Forgotten"}},
        },
    },
    "/api/watches/{token}/events": {
        "get": {
            "summary": "What was published there: listed, as a stream (SSE) or as Atom",
            "parameters": [_TOKEN, *described(PLACE)],
            "responses": {
                "200": {"description": "Events", "content": {one: {"schema": {}} for one in FORMATS.values()}}
            },
        }
    },
    "/api/watches/{token}/events.atom": {
        "get": {
            "summary": "The same for feed readers",
            "parameters": [_TOKEN, *described(PLACE)],
            "responses": {"200": {"description": "A feed", "content": {ATOM: {"schema": {"type": "string"}}}}},
        }
    },
}


@bp.post("/api/watches")
@limiter.limit(WATCH)
def add() -> tuple[Response, HTTPStatus]:
    """Nothing about the watcher is kept, except the account of who is signed in."""
    said = body_of()
    with service().store.writing(actor()) as connection:
        watched = parse_watched(connection, said)
        token = watching.watch(connection, actor(), watched)
    response = jsonify(_told(token, watched))
    response.headers["Cache-Control"] = "no-store"
    response.headers["Location"] = url_for(".one", token=token, _external=True)
    return response, HTTPStatus.CREATED


@bp.get("/api/watches/<token>")
def one(token: str) -> Response:
    """What it is about."""
    parameters.only(request.args, ())
    response = jsonify(_told(token, _of(token).watched))
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.delete("/api/watches/<token>")
def end(token: str) -> Response:
    """Whoever has the address may."""
    with service().store.writing(actor()) as connection:
        watching.end_watch(connection, token)
    return Response(status=HTTPStatus.NO_CONTENT)


@bp.get("/api/watches/<token>/events")
def events(token: str) -> Response:
    """As the caller wants them."""
    return answer(_query(token), by_word_or_accept(FORMATS))


@bp.get("/api/watches/<token>/events.atom")
def feed(token: str) -> Response:
    """For feed readers, which know no Accept."""
    return answer(_query(token), ATOM)


def body_of() -> dict[str, Any]:
    """The JSON object of this request, which may be a drawing of some size. Raises Refused."""
    return json_object(MOST_BYTES)


def parse_watched(connection: Connection, said: dict[str, Any]) -> Watched:
    """By the layers that the caller may see. Raises WrongQuery."""
    seen = [layer.id for layer in seen_layers()]
    return Watched.parse(said, seen, connection, service().registry, service().profile)


def told_watched(watched: Watched) -> dict[str, Any]:
    """As it is said in a request."""
    area = None if watched.area_wkb is None else json.loads(shapely.to_geojson(shapely.from_wkb(watched.area_wkb)))
    return {
        "layers": list(watched.layers),
        "district_id": watched.district_id,
        "area": area,
        "feature": None if watched.feature_uid is None else str(watched.feature_uid),
    }


def _told(token: str, watched: Watched) -> dict[str, Any]:
    return {
        "watched": told_watched(watched),
        "href": url_for(".one", token=token, _external=True),
        "events": url_for(".events", token=token, _external=True),
        "atom": url_for(".feed", token=token, _external=True),
    }


def _of(token: str) -> Subscription:
    with service().store.writing(actor()) as connection:
        return watching.watched_by(connection, token)


def _query(token: str) -> EventsQuery:
    found = _of(token)
    return EventsQuery.parse_place(request.args, found.watched.interest(found.seen(service().registry)))

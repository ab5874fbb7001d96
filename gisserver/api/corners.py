"""/api/corners: where a corner lies that a person types, so that what is drawn is exact."""

import math
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _

from gisserver.api import _parameters as parameters
from gisserver.api._media import answered
from gisserver.errors import Refused
from gisserver.service import service
from layers.core.corners import LONGEST_M, Ahead, Place, corner_ahead
from layers.core.crs import named, offered
from layers.core.measures import place_of

bp = Blueprint("corners", __name__)
CONFORMS: tuple[str, ...] = ()
_DECIMALS = 9
"""A tenth of a millimetre."""
_CORNER = {
    "type": "object",
    "required": ["lon", "lat"],
    "properties": {"lon": {"type": "number"}, "lat": {"type": "number"}},
}


def _number(name: str, about: str, *, is_required: bool = True) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": is_required,
        "schema": {"type": "number"},
        "description": about,
    }


PATHS = {
    "/api/corners/ahead": {
        "get": {
            "summary": "The corner that lies a length and a direction from another, in the plane of the storage system",
            "parameters": [
                _number("lon", "Of the corner from which it goes on"),
                _number("lat", "Of the corner from which it goes on"),
                _number("length", "Metres in the plane"),
                _number("direction", "Degrees clockwise from grid north, or from the side that ends at the corner"),
                _number("before_lon", "Where that side begins", is_required=False),
                _number("before_lat", "Where that side begins", is_required=False),
            ],
            "responses": answered(_CORNER, "The corner"),
        }
    },
    "/api/corners/at": {
        "get": {
            "summary": "The corner at coordinates of one of the systems that /api/coordinates names",
            "parameters": [
                {"name": "crs", "in": "query", "required": True, "schema": {"type": "string"}},
                _number("first", "The first coordinate, in the order of the system’s axes"),
                _number("second", "The second one"),
            ],
            "responses": answered(_CORNER, "The corner"),
        }
    },
}


@bp.get("/api/corners/ahead")
def ahead() -> Response:
    """By the zone of the storage system, as sides are measured in it."""
    parameters.only(request.args, ("lon", "lat", "length", "direction", "before_lon", "before_lat"))
    length = _read("length")
    if not 0 < length <= LONGEST_M:
        most = int(LONGEST_M / 1000)
        raise Refused(_("“length” must be more than 0 m and at most %(most)s km.", most=most), parameter="length")
    before = None
    if "before_lon" in request.args:
        before = parameters.degrees({"lon": request.args["before_lon"], "lat": request.args.get("before_lat", "")})
    asked = Ahead(parameters.degrees(request.args), length, _read("direction"), before)
    return _told(corner_ahead(asked, service().profile))


@bp.get("/api/corners/at")
def at() -> Response:
    """By the operations that the profile has chosen between datums."""
    parameters.only(request.args, ("crs", "first", "second"))
    profile = service().profile
    crs = named(request.args.get("crs", ""), offered(profile))
    if crs is None:
        known = [one.uri for one in offered(profile)]
        raise Refused(_("“crs” must be one of %(known)s.", known=", ".join(known)), parameter="crs", known=known)
    first, second = _read("first"), _read("second")
    east, north = (second, first) if crs.is_north_first else (first, second)
    place = place_of(east, north, crs, profile)
    if place is None:
        raise Refused(
            _("These coordinates lie nowhere in that system. Check their order and digits."), parameter="first"
        )
    return _told(place)


def _read(name: str) -> float:
    try:
        number = float(request.args[name])
    except (KeyError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise Refused(_("“%(name)s” must be a number, for instance 25.5.", name=name), parameter=name)
    return number


def _told(place: Place) -> Response:
    lon, lat = (round(side, _DECIMALS) for side in place)
    return jsonify(lon=lon, lat=lat)

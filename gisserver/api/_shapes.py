"""Shapes in the body of a request, parsed once; a wrong one is told where it is wrong."""

import json
import re
from collections.abc import Container
from typing import Any

import shapely
from flask import request
from flask_babel import gettext as _
from shapely import Geometry
from shapely.errors import ShapelyError

from gisserver.errors import Refused

MOST_CORNERS = 10_000
MOST_BYTES = 1_000_000
AREAS = ("Polygon", "MultiPolygon")
LINES = ("LineString", "MultiLineString")
_PLACE = re.compile(r"\[(\S+) (\S+)\]")


def body() -> dict[str, Any]:
    """A JSON object."""
    if (request.content_length or 0) > MOST_BYTES:
        raise Refused(_("The shape is longer than %(most)s kB. Draw it with fewer corners.", most=MOST_BYTES // 1000))
    asked = request.get_json(silent=True)
    if not isinstance(asked, dict):
        raise Refused(_("Send a JSON object with “shape”, a polygon as GeoJSON, and “layers”, a list of names."))
    return asked


def shape_in(asked: dict[str, Any], kinds: tuple[str, ...] = AREAS) -> Geometry:
    """The member `shape`, in degrees with longitude first."""
    wrong = Refused(_("“shape” must be a polygon as GeoJSON, in degrees with longitude first."), parameter="shape")
    shape = in_degrees(asked.get("shape"), kinds)
    if shape is None:
        raise wrong
    if shapely.get_num_coordinates(shape) > MOST_CORNERS:
        sentence = _("The shape has more than %(most)s corners. Draw it with fewer.", most=MOST_CORNERS)
        raise Refused(sentence, parameter="shape")
    if shape.geom_type in AREAS and not shape.is_valid:
        raise _crossing(shape)
    return shape


def in_degrees(told: Any, kinds: Container[str]) -> Geometry | None:
    """The GeoJSON geometry without heights, longitude first; None where it is none of these kinds, or lies nowhere."""
    try:
        shape = shapely.force_2d(shapely.from_geojson(json.dumps(told)))
    except (ShapelyError, ValueError, TypeError):
        return None
    if shape is None or shape.is_empty or shape.geom_type not in kinds:
        return None
    west, south, east, north = shape.bounds
    return shape if -180 <= west <= east <= 180 and -90 <= south <= north <= 90 else None


def _crossing(shape: Geometry) -> Refused:
    """Where, so that it can be found and mended."""
    found = _PLACE.search(shapely.is_valid_reason(shape))
    if found is None:
        return Refused(_("The outline of the shape cannot be right. Draw it anew."), parameter="shape")
    lon, lat = (float(side) for side in found.groups())
    sentence = _(
        "The outline crosses or touches itself near %(lat)s, %(lon)s. Move that corner, or draw it anew.",
        lat=f"{lat:.5f}",
        lon=f"{lon:.5f}",
    )
    return Refused(sentence, parameter="shape", lon=lon, lat=lat)

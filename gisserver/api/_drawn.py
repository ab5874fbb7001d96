"""A drawing in the body of a request, parsed once: its title, its shapes and the named groups that they are in."""

from typing import Any

import shapely
from flask_babel import gettext as _
from shapely import Geometry

from gisserver.api._json_body import json_object
from gisserver.api._shapes import in_degrees
from gisserver.errors import Refused
from layers.core.shared_drawings import Drawing, Group

MOST_BYTES = 2_000_000
MOST_SHAPES = 2_000
MOST_CORNERS = 50_000
MOST_GROUPS = 50
LONGEST_TITLE = 120
LONGEST_LABEL = 200
LONGEST_GROUP = 60
KINDS = ("Point", "LineString", "Polygon")


def drawing_body() -> dict[str, Any]:
    """A JSON object."""
    return json_object(MOST_BYTES)


def drawing_in(said: dict[str, Any]) -> Drawing:
    """What it does not say is empty, as in drawings from before there were groups."""
    features = _features(said)
    return Drawing(_title(said), features, _groups(said, features))


def shapes_in(said: dict[str, Any], name: str) -> list[Geometry]:
    """The geometries of that member, in degrees."""
    told = said.get(name)
    if not isinstance(told, list) or len(told) > MOST_SHAPES:
        sentence = _("“%(name)s” must be a list of at most %(most)s GeoJSON shapes.", name=name, most=MOST_SHAPES)
        raise Refused(sentence, parameter=name)
    shapes = [_shape(shape, place, name) for place, shape in enumerate(told, start=1)]
    if sum(shapely.get_num_coordinates(shape) for shape in shapes) > MOST_CORNERS:
        sentence = _("The drawing has more than %(most)s corners. Share it in parts.", most=MOST_CORNERS)
        raise Refused(sentence, parameter=name)
    return shapes


def _title(said: dict[str, Any]) -> str:
    title = said.get("title", "")
    if not isinstance(title, str) or len(title) > LONGEST_TITLE:
        raise Refused(
            _("“%(name)s” may have %(most)s characters.", name="title", most=LONGEST_TITLE), parameter="title"
        )
    return _one_line(title)


def _features(said: dict[str, Any]) -> list[dict[str, Any]]:
    told = said.get("features")
    features = [one if isinstance(one, dict) else {} for one in told] if isinstance(told, list) else []
    geometries = [feature.get("geometry") for feature in features]
    shapes = shapes_in({"features": geometries if isinstance(told, list) else None}, "features")
    return [_kept(feature, shape) for feature, shape in zip(features, shapes, strict=True)]


def _shape(told: Any, place: int, name: str) -> Geometry:
    shape = in_degrees(told, KINDS)
    if shape is None:
        raise Refused(
            _("Feature %(place)s must be a point, a line or an area in degrees, longitude first.", place=place),
            parameter=name,
        )
    return shape


def _kept(feature: dict[str, Any], shape: Geometry) -> dict[str, Any]:
    """The shape, the kind of stroke that drew it, its words and its group; nothing else travels along."""
    told = feature.get("properties")
    said = told if isinstance(told, dict) else {}
    kind = {"Point": "point", "LineString": "linestring", "Polygon": "polygon"}[shape.geom_type]
    mode = said.get("mode") if said.get("mode") in ("circle", "freehand", "rectangle") and kind == "polygon" else kind
    properties = {"mode": mode, "label": str(said.get("label") or "")[:LONGEST_LABEL]}
    group = _one_line(str(said.get("group") or ""))[:LONGEST_GROUP].rstrip()
    grouped = {"group": group} if group else {}
    return {"type": "Feature", "geometry": shapely.geometry.mapping(shape), "properties": {**properties, **grouped}}


def _groups(said: dict[str, Any], features: list[dict[str, Any]]) -> list[Group]:
    """In their order; what a shape names beyond them follows, so that no shape is in a group that is not there."""
    told = said.get("groups", [])
    groups = [_group(one) for one in told] if isinstance(told, list) else None
    if groups is None:
        raise Refused(_("“groups” must be a list of groups, each with a “name”."), parameter="groups")
    names = [group.name for group in groups]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        sentence = _("There are two groups “%(name)s”. Give one of them another name.", name=twice)
        raise Refused(sentence, parameter="groups")
    used = dict.fromkeys(feature["properties"].get("group", "") for feature in features)
    groups += [Group(name, is_hidden=False) for name in used if name and name not in names]
    if len(groups) > MOST_GROUPS:
        sentence = _("A drawing may have %(most)s groups. Put some of them together.", most=MOST_GROUPS)
        raise Refused(sentence, parameter="groups")
    return groups


def _group(told: Any) -> Group:
    name = told.get("name") if isinstance(told, dict) else None
    if not isinstance(name, str) or not 0 < len(_one_line(name)) <= LONGEST_GROUP:
        sentence = _("Each group needs a “name” of at most %(most)s characters.", most=LONGEST_GROUP)
        raise Refused(sentence, parameter="groups")
    return Group(_one_line(name), is_hidden=told.get("is_hidden") is True)


def _one_line(words: str) -> str:
    return " ".join(words.split())

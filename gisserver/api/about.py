"""/api/collections/{collection}/about: how old a layer is, whose it is, and what of it is missing in a view."""

from typing import Any

import shapely
from flask import Blueprint, Response, jsonify, request
from flask_babel import get_locale
from flask_babel import gettext as _
from pyproj import CRS

from gisserver.api import _parameters as parameters
from gisserver.api._layers import readable, seen_layer
from gisserver.api._media import answered, for_this_reader
from gisserver.api._publisher import contact
from gisserver.api._reading import reading
from gisserver.api.collections import COLLECTION
from gisserver.errors import Refused
from gisserver.service import service
from layers.core.after_publish import sizes_of
from layers.core.crs import Crs
from layers.core.deliveries import Delivery, Survey, deliveries, last_change
from layers.core.epochs import Epoch
from layers.core.layer import Layer

bp = Blueprint("about", __name__)
CONFORMS: tuple[str, ...] = ()
_CHANGED = {
    "type": "object",
    "nullable": True,
    "description": "The newest publish that changed it",
    "properties": {"epoch": {"type": "integer"}, "at": {"type": "string", "format": "date-time"}},
}
_SURVEY = {
    "type": "object",
    "required": ["theme", "title", "as_of", "share", "is_whole", "is_under_review"],
    "properties": {
        "theme": {"type": "string"},
        "title": {"type": "string"},
        "as_of": {"type": "string", "format": "date", "nullable": True, "description": "null where nobody has looked"},
        "share": {"type": "number", "nullable": True, "description": "of what of the district is in view"},
        "is_whole": {"type": "boolean"},
        "is_under_review": {"type": "boolean"},
    },
}
_DISTRICT = {
    "type": "object",
    "required": ["district_id", "name", "features", "changed", "surveys"],
    "properties": {
        "district_id": {"type": "integer"},
        "name": {"type": "string"},
        "features": {"type": "integer", "description": "0 where the district has not brought the layer"},
        "changed": _CHANGED,
        "surveys": {"type": "array", "items": _SURVEY},
    },
}
_SCHEMA = {
    "type": "object",
    "required": ["id", "title", "description", "credits", "crs", "epoch", "changed", "features", "districts"],
    "properties": {
        "id": {"type": "string"},
        "title": {"type": "string"},
        "description": {"type": "string"},
        "contact": {"type": "object"},
        "licence": {"type": "object", "nullable": True},
        "credits": {"type": "array", "items": {"type": "string"}},
        "crs": {"type": "object"},
        "epoch": {"type": "integer"},
        "changed": _CHANGED,
        "features": {"type": "integer"},
        "districts": {"type": "array", "items": _DISTRICT},
    },
}
PATHS = {
    "/api/collections/{collection}/about": {
        "get": {
            "summary": "Whose a layer is, how old, and which districts in view have not brought it or not surveyed it",
            "parameters": [COLLECTION, {**parameters.BBOX, "required": True}],
            "responses": answered(_SCHEMA, "The layer and the districts in view"),
        }
    }
}


@bp.get("/api/collections/<layer_id>/about")
def about(layer_id: str) -> Response:
    """The layer as a whole, and the districts that the box meets."""
    parameters.only(request.args, ("bbox",))
    layer = seen_layer(layer_id)
    box = parameters.box(request.args)
    if box is None:
        raise Refused(_("Say in “bbox” where: west,south,east,north in degrees."), parameter="bbox")
    ground = shapely.box(box.west, box.south, box.east, box.north)
    with reading(is_whole=False) as (connection, epoch):
        told = {
            **_facts(layer),
            "epoch": epoch,
            "changed": _moment(last_change(connection, layer)),
            "features": sum(sizes_of(connection, layer.id).values()),
            "districts": [_district(one) for one in deliveries(connection, layer, ground, service().profile)],
        }
    return for_this_reader(jsonify(told))


def _facts(layer: Layer) -> dict[str, Any]:
    """What does not depend on the view."""
    profile, language = service().profile, str(get_locale())
    licence = profile.licence
    return {
        "id": layer.id,
        "title": layer.title.in_language(language),
        "description": layer.description.in_language(language),
        **contact(profile, language),
        "licence": {"title": licence.title, "url": licence.url} if licence else None,
        "credits": profile.credits,
        "crs": _crs(readable(layer).storage),
    }


def _crs(crs: Crs) -> dict[str, str]:
    return {"uri": crs.uri, "code": f"EPSG:{crs.srid}", "name": CRS.from_epsg(crs.srid).name}


def _district(one: Delivery) -> dict[str, Any]:
    district = service().profile.district(one.district_id)
    return {
        "district_id": one.district_id,
        "name": district.name if district else str(one.district_id),
        "features": one.features,
        "changed": _moment(one.last),
        "surveys": [_survey(survey) for survey in one.surveys],
    }


def _survey(survey: Survey) -> dict[str, Any]:
    theme = next((theme for theme in service().profile.themes if theme.key == survey.theme), None)
    known = service().registry
    title = known[survey.theme].title.in_language(str(get_locale())) if survey.theme in known else survey.theme
    return {
        "theme": survey.theme,
        "title": theme.title(str(get_locale())) if theme else title,
        "as_of": survey.as_of.isoformat() if survey.as_of else None,
        "share": None if survey.share is None else round(survey.share, 3),
        "is_whole": survey.is_whole,
        "is_under_review": survey.is_under_review,
    }


def _moment(publish: Epoch | None) -> dict[str, Any] | None:
    return None if publish is None else {"epoch": publish.number, "at": publish.published_at.isoformat()}

"""/api/collections/{collection}/items/{feature}/family: what a feature came from and what became of it."""

from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from gisserver.api._layers import no_feature, readable, seen_layer
from gisserver.api._media import JSON, LINK, for_this_reader
from gisserver.api._negotiation import by_word_or_accept
from gisserver.api._openapi import OF_LAYER, everywhere
from gisserver.api._page_links import address, link
from gisserver.api._parameters import only
from gisserver.api._reading import reading
from gisserver.api.collections import COLLECTION
from gisserver.api.items import FEATURE
from gisserver.family_drawing import drawn
from gisserver.operation_names import name_of_operation
from layers.core.changes import feature_uid
from layers.core.family import Family, Member, family
from layers.core.layer import Layer
from layers.core.query import ReadableLayer
from layers.core.query.parameters import Parameter
from layers.core.words import Title

bp = Blueprint("family", __name__)
CONFORMS: tuple[str, ...] = ()
SVG = "image/svg+xml"
FORMATS = {"json": JSON, "svg": SVG}
_TITLES = {"json": Title("üyeler ve bağlar", "members and ties"), "svg": Title("çizim", "a drawing")}


def _parameters(met: ReadableLayer) -> tuple[Parameter, ...]:
    return tuple(everywhere(met, _TITLES))


_MEMBER = {
    "type": "object",
    "required": ["uid", "ref", "name", "is_published", "href"],
    "properties": {
        "uid": {"type": "string", "format": "uuid"},
        "ref": {"type": "string"},
        "name": {"type": "string"},
        "is_published": {"type": "boolean"},
        "href": {"type": "string"},
    },
}
_TIE = {
    "type": "object",
    "required": ["parent", "child", "operation", "title", "epoch", "published_at", "changeset", "area_m2"],
    "properties": {
        "parent": {"type": "string", "format": "uuid"},
        "child": {"type": "string", "format": "uuid"},
        "operation": {"type": "string"},
        "title": {"type": "string"},
        "epoch": {"type": "integer"},
        "published_at": {"type": "string", "format": "date-time", "nullable": True},
        "changeset": {"type": "integer", "nullable": True},
        "area_m2": {"type": "number"},
    },
}
_SCHEMA = {
    "type": "object",
    "required": ["layer", "uid", "members", "ties", "is_whole", "links"],
    "properties": {
        "layer": {"type": "string"},
        "uid": {"type": "string", "format": "uuid"},
        "members": {"type": "array", "items": _MEMBER},
        "ties": {"type": "array", "items": _TIE},
        "is_whole": {"type": "boolean"},
        "links": {"type": "array", "items": LINK},
    },
}
PATHS = {
    "/api/collections/{collection}/items/{feature}/family": {
        "get": {
            "summary": "Ancestors and descendants of a feature, with the operation and publish that joined them",
            "parameters": [COLLECTION, FEATURE],
            OF_LAYER: _parameters,
            "responses": {
                "200": {
                    "description": "The family, as JSON or drawn",
                    "content": {JSON: {"schema": _SCHEMA}, SVG: {"schema": {"type": "string"}}},
                }
            },
        }
    }
}


@bp.get("/api/collections/<layer_id>/items/<path:feature_id>/family")
def family_of(layer_id: str, feature_id: str) -> Response:
    """Also of a feature that has ended."""
    layer = readable(seen_layer(layer_id)).layer
    only(request.args, ("f", "lang"))
    wanted = by_word_or_accept(FORMATS)
    with reading(is_whole=False) as (connection, _newest):
        uid = feature_uid(connection, layer, feature_id)
        if uid is None:
            raise no_feature(layer.id, feature_id)
        found = family(connection, layer, uid)
    answer = Response(drawing_of(layer, found), content_type=SVG) if wanted == SVG else jsonify(_told(layer, found))
    return for_this_reader(answer, "Accept", "Accept-Language", "Cookie")


def drawing_of(layer: Layer, found: Family) -> str:
    """As an image of its own; each box leads to the story of its member."""

    def address_of(member: Member) -> str:
        return url_for("story.page", layer_id=layer.id, feature_id=member.uid, _external=True)

    return render_template(
        "family_drawing.html",
        family=found,
        drawing=drawn(found),
        address_of=address_of,
        name_of_operation=name_of_operation,
    )


def _told(layer: Layer, found: Family) -> dict[str, Any]:
    here = url_for(".family_of", layer_id=layer.id, feature_id=found.uid, _external=True)
    return {
        "layer": layer.id,
        "uid": str(found.uid),
        "members": [
            {
                "uid": str(one.uid),
                "ref": one.ref,
                "name": one.name,
                "is_published": one.is_published,
                "href": url_for(".family_of", layer_id=layer.id, feature_id=one.uid, _external=True),
            }
            for one in sorted(found.members.values(), key=lambda one: (one.ref, str(one.uid)))
        ],
        "ties": [
            {
                "parent": str(tie.parent),
                "child": str(tie.child),
                "operation": tie.operation,
                "title": name_of_operation(tie.operation),
                "epoch": tie.epoch,
                "published_at": tie.on and tie.on.isoformat(),
                "changeset": tie.changeset_id,
                "area_m2": tie.area_m2,
            }
            for tie in found.ties
        ],
        "is_whole": found.is_whole,
        "links": [
            link("self", here),
            link("alternate", address(here, {"f": "svg"}), SVG),
            link("history", url_for("history.history", layer_id=layer.id, feature_id=found.uid, _external=True)),
        ],
    }

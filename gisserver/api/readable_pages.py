"""/api/collections/{collection}/items/{feature}/page: the address of a feature that people can read aloud."""

from http import HTTPStatus

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _

from gisserver.api._layers import no_feature, seen_layer
from gisserver.api._media import JSON, for_this_reader
from gisserver.api._negotiation import by_word_or_accept
from gisserver.api._openapi import OF_LAYER, everywhere
from gisserver.api._parameters import only
from gisserver.api._reading import reading
from gisserver.api.collections import COLLECTION
from gisserver.api.items import FEATURE
from gisserver.errors import NotHere
from gisserver.readable_pages import READABLE, page_of_feature
from layers.core.changes import feature_uid
from layers.core.query import ReadableLayer
from layers.core.query.parameters import Parameter
from layers.core.words import Title

bp = Blueprint("readable_pages", __name__)
CONFORMS: tuple[str, ...] = ()
HTML = "text/html"
_FORMATS = {"json": JSON, "html": HTML}
_TITLES = {"json": Title("adres", "the address"), "html": Title("sayfa", "the page")}


def _parameters(met: ReadableLayer) -> tuple[Parameter, ...]:
    return tuple(everywhere(met, _TITLES))


_SCHEMA = {"type": "object", "required": ["href"], "properties": {"href": {"type": "string"}}}
PATHS = {
    "/api/collections/{collection}/items/{feature}/page": {
        "get": {
            "summary": "Where people read about a parcel or a plan, also about one that has ended",
            "parameters": [COLLECTION, FEATURE],
            OF_LAYER: _parameters,
            "responses": {
                "200": {"description": "The lasting address", "content": {JSON: {"schema": _SCHEMA}}},
                "303": {"description": "The page itself, for browsers"},
            },
        }
    }
}


@bp.get("/api/collections/<layer_id>/items/<path:feature_id>/page")
def page(layer_id: str, feature_id: str) -> Response:
    """A browser is led there, a program is told."""
    layer = seen_layer(layer_id)
    only(request.args, ("f", "lang"))
    wanted = by_word_or_accept(_FORMATS)
    if layer.id not in READABLE:
        raise NotHere(_("Only features of %(layers)s have a page of their own in words.", layers=", ".join(READABLE)))
    with reading(is_whole=False) as (connection, _newest):
        uid = feature_uid(connection, layer, feature_id)
        href = None if uid is None else page_of_feature(connection, layer.id, uid)
    if href is None:
        raise no_feature(layer.id, feature_id)
    answer = jsonify(href=href)
    if wanted == HTML:
        answer = Response(status=HTTPStatus.SEE_OTHER, headers={"Location": href})
    return for_this_reader(answer, "Accept", "Accept-Language", "Cookie")

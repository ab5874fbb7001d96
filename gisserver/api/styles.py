"""/api/styles: how the pool looks, as MapLibre styles."""

from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.api import _parameters as parameters
from gisserver.api._layers import seen_layer, seen_layers
from gisserver.api._media import answered
from gisserver.api.fonts import built_glyphs
from gisserver.api.sprites import current_sprite
from gisserver.errors import NotHere
from gisserver.service import service
from gisserver.style import Sheet, layer_style, pool_style
from layers.core.epochs import current_epoch
from layers.core.layer import Layer

bp = Blueprint("styles", __name__)
CONFORMS = (
    "http://www.opengis.net/spec/ogcapi-styles-1/0.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-styles-1/0.0/conf/mapbox-styles",
)
MEDIA_TYPE = "application/vnd.mapbox.style+json"
POOL = "pool"

_LIST = answered(
    {
        "type": "object",
        "required": ["default", "styles"],
        "properties": {"default": {"type": "string"}, "styles": {"type": "array", "items": {"type": "object"}}},
    },
    "Styles",
)
_STYLE = {"name": "style", "in": "path", "required": True, "schema": {"type": "string"}}
_COLLECTION = {"name": "collection", "in": "path", "required": True, "schema": {"type": "string"}}
PATHS = {
    "/api/styles": {"get": {"summary": "The pool's style and one for each layer", "responses": _LIST}},
    "/api/styles/{style}": {
        "get": {
            "summary": "One style, complete with tiles, letters and signs",
            "parameters": [_STYLE],
            "responses": {
                "200": {"description": "MapLibre style", "content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}
            },
        }
    },
    "/api/collections/{collection}/styles": {
        "get": {"summary": "The styles that draw a layer", "parameters": [_COLLECTION], "responses": _LIST}
    },
}


@bp.get("/api/styles")
def styles() -> Response:
    """The whole pool in the profile's legend, and each layer alone."""
    parameters.only(request.args, ())
    listed = [_listed(POOL, service().profile.title(_language()))]
    listed += [_listed(layer.id, layer.title.in_language(_language())) for layer in seen_layers()]
    return _for_everybody(jsonify(default=POOL, styles=listed))


@bp.get("/api/collections/<layer_id>/styles")
def styles_of_layer(layer_id: str) -> Response:
    """The layer alone, and among all others."""
    layer = seen_layer(layer_id)
    parameters.only(request.args, ())
    alone = _listed(layer.id, layer.title.in_language(_language()))
    return _for_everybody(
        jsonify(default=layer.id, styles=[alone, _listed(POOL, service().profile.title(_language()))])
    )


@bp.get("/api/styles/<style_id>")
def style(style_id: str) -> Response:
    """The style with the layers this caller may see, in the caller's language."""
    parameters.only(request.args, ())
    seen = {layer.id: layer for layer in seen_layers()}
    if style_id != POOL and style_id not in seen:
        known = ", ".join((POOL, *seen))
        raise NotHere(_("There is no style “%(style)s”. There is: %(known)s.", style=style_id, known=known))
    response = _for_everybody(jsonify(_drawn(seen.get(style_id))))
    response.content_type = MEDIA_TYPE
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _drawn(layer: Layer | None) -> dict[str, Any]:
    with service().store.reading(actor()) as connection:
        epoch = current_epoch(connection)
    glyphs = built_glyphs()
    sheet = Sheet(
        profile=service().profile,
        language=_language(),
        epoch=epoch,
        root=request.url_root,
        sprite=current_sprite().digest,
        glyphs=glyphs.digest if glyphs is not None else None,
    )
    return pool_style(seen_layers(), sheet) if layer is None else layer_style(layer, sheet)


def _listed(style_id: str, title: str) -> dict[str, Any]:
    link = {"rel": "stylesheet", "type": MEDIA_TYPE, "href": url_for("styles.style", style_id=style_id, _external=True)}
    return {"id": style_id, "title": title, "links": [link]}


def _language() -> str:
    return str(get_locale())


def _for_everybody(response: Response) -> Response:
    """Any page may read what an anonymous caller may; what is sent depends on language and session."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Vary"] = "Accept-Language, Cookie"
    return response

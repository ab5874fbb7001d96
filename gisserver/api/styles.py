"""/api/styles: how the pool looks, as MapLibre styles."""

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.api import _parameters as parameters
from gisserver.api.collections import seen_layers
from gisserver.errors import NotHere
from gisserver.service import service
from gisserver.style import Sheet, pool_style
from layers.core.epochs import current_epoch

bp = Blueprint("styles", __name__)
CONFORMS = (
    "http://www.opengis.net/spec/ogcapi-styles-1/0.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-styles-1/0.0/conf/mapbox-styles",
)
_STYLE = {"name": "style", "in": "path", "required": True, "schema": {"type": "string"}}
PATHS = {
    "/api/styles": {"get": {"summary": "All styles", "responses": {"200": {"description": "Styles"}}}},
    "/api/styles/{style}": {
        "get": {
            "summary": "One style",
            "parameters": [_STYLE],
            "responses": {
                "200": {"description": "MapLibre style", "content": {"application/vnd.mapbox.style+json": {}}}
            },
        }
    },
}

MEDIA_TYPE = "application/vnd.mapbox.style+json"
POOL = "pool"


@bp.get("/api/styles")
def styles() -> Response:
    """There is one: the whole pool in the profile's legend."""
    link = {"rel": "stylesheet", "type": MEDIA_TYPE, "href": url_for(".style", style_id=POOL, _external=True)}
    title = service().profile.title(str(get_locale()))
    return jsonify(default=POOL, styles=[{"id": POOL, "title": title, "links": [link]}])


@bp.get("/api/styles/<style_id>")
def style(style_id: str) -> Response:
    """The style with the layers this caller may see, in the caller's language."""
    parameters.only(request.args, ())
    if style_id != POOL:
        raise NotHere(_("There is no style “%(style)s”. There is: %(known)s.", style=style_id, known=POOL))
    with service().store.reading(actor()) as connection:
        epoch = current_epoch(connection)
    sheet = Sheet(service().profile, str(get_locale()), epoch, request.url_root)
    response = jsonify(pool_style(seen_layers(), sheet))
    response.content_type = MEDIA_TYPE
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept-Language, Cookie"
    response.add_etag()
    response.make_conditional(request)
    return response

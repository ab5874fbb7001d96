"""/api/backgrounds: pictures of the servers that the profile names, to draw the pool over; fetched by this service."""

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from gisserver.api import _parameters as parameters
from gisserver.api.foreign import DRAWABLE, LAST_ZOOM, drawn, told_trouble
from gisserver.errors import NotHere
from gisserver.foreign.fetching import MOST_TILE_BYTES, fetched
from gisserver.foreign.grid import placed
from gisserver.limits import FOREIGN_TILE, limiter
from gisserver.service import service
from layers.core.hosts import Hosts

bp = Blueprint("backgrounds", __name__)
CONFORMS: tuple[str, ...] = ()
PATHS = {
    "/api/backgrounds/{background}/{z}/{x}/{y}": {
        "get": {
            "summary": "A picture of a map that the pool may be drawn over",
            "parameters": [
                {"name": "background", "in": "path", "required": True, "schema": {"type": "string"}},
                *({"name": name, "in": "path", "required": True, "schema": {"type": "integer"}} for name in "zxy"),
            ],
            "responses": {
                "200": {"description": "The picture", "content": {"image/png": {}}},
                "204": {"description": "The other server has nothing there"},
                "404": {"description": "The profile names no such background, or there is no such place"},
                "502": {"description": "The other server gave nothing usable; the sentence says what"},
            },
        }
    }
}


@bp.get("/api/backgrounds/<name>/<int:z>/<int:x>/<int:y>")
@limiter.limit(FOREIGN_TILE)
def picture(name: str, z: int, x: int, y: int) -> Response:
    """Whoever wrote the profile allows its hosts, also those of the municipality's own network."""
    parameters.only(request.args, ())
    background = next((one for one in service().profile.backgrounds if one.id == name), None)
    if background is None or z > LAST_ZOOM or max(x, y) >= 2**z:
        raise NotHere(_("The profile names no such background, or this place is none of the map's."))
    hosts = Hosts((background.host,), may_be_private=True)
    with told_trouble(background.host):
        found = fetched(hosts, placed(background.address, z, x, y), DRAWABLE, MOST_TILE_BYTES)
        return drawn(found, "public, max-age=86400")

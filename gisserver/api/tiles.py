"""/tiles: TileJSON, and the tiles that gisserver/tiles leaves: restricted layers, past days, errors."""

from flask import Blueprint, Response, jsonify, request
from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.api import _parameters as parameters
from gisserver.api._layers import seen_layer
from gisserver.api._media import answered
from gisserver.api._tile_response import tile_response
from gisserver.errors import NotHere, NotYet
from gisserver.service import service
from gisserver.style import lonlat_bounds
from gisserver.tile_fields import tile_field
from gisserver.tiles.reply import MEDIA_TYPE
from layers.core.epochs import current_epoch
from layers.core.layer import Audience, Layer
from layers.core.tiles import StoredTile, TileAddress, remembered_past_tile, stored_tile, tile_parts

bp = Blueprint("tiles", __name__)
CONFORMS: tuple[str, ...] = ()
_LAYER = {"name": "layer", "in": "path", "required": True, "schema": {"type": "string"}}
_NUMBERS = [{"name": n, "in": "path", "required": True, "schema": {"type": "integer"}} for n in ("z", "x", "y")]
SEEN = {
    "name": "v",
    "in": "query",
    "schema": {"type": "integer", "minimum": 0},
    "description": "A publish that the caller has seen: what is answered is not older",
}
TILE_RESPONSES = {
    "200": {
        "description": "Mapbox vector tile",
        "content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}},
    },
    "204": {"description": "Nothing is drawn"},
    "304": {"description": "The caller has it"},
    "404": {"description": "Outside of the grid or of the zooms"},
}
_TILEJSON = {
    "type": "object",
    "required": ["tilejson", "tiles", "vector_layers", "minzoom", "maxzoom"],
    "properties": {
        "tilejson": {"type": "string", "enum": ["3.0.0"]},
        "tiles": {"type": "array", "items": {"type": "string"}},
    },
}
PATHS = {
    "/tiles/{layer}.json": {
        "get": {
            "summary": "TileJSON of a layer",
            "parameters": [_LAYER],
            "responses": answered(_TILEJSON, "TileJSON 3"),
        }
    },
    "/tiles/{layer}/{z}/{x}/{y}": {
        "get": {
            "summary": "A tile of a layer, column before row",
            "parameters": [_LAYER, *_NUMBERS, SEEN, parameters.DATETIME, parameters.EPOCH],
            "responses": TILE_RESPONSES,
        }
    },
}


@bp.get("/tiles/<layer_id>.json")
def tilejson(layer_id: str) -> Response:
    """TileJSON 3.0 of one layer; the epoch in the address makes tiles cacheable for ever."""
    layer = seen_layer(layer_id)
    parameters.only(request.args, ())
    with service().store.reading(actor()) as connection:
        epoch = current_epoch(connection)
    language = str(get_locale())
    template = f"{request.url_root}tiles/{layer.id}/{{z}}/{{x}}/{{y}}?v={epoch}"
    response = jsonify(
        tilejson="3.0.0",
        scheme="xyz",
        name=layer.title.in_language(language),
        description=layer.description.in_language(language),
        tiles=[template],
        minzoom=layer.tile_zooms.start,
        maxzoom=layer.tile_zooms.stop - 1,
        bounds=lonlat_bounds(service().profile),
        center=[*service().profile.center_lonlat, layer.zooms.start],
        attribution=", ".join((service().profile.title(language), *service().profile.credits)),
        vector_layers=[
            {
                "id": part.id,
                "minzoom": part.zooms.start,
                "maxzoom": part.zooms.stop - 1,
                "fields": {name: tile_field(layer, name, language).title for name in part.fields},
            }
            for part in tile_parts(layer)
        ],
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@bp.get("/tiles/<layer_id>/<int:z>/<int:x>/<int:y>")
def tile(layer_id: str, z: int, x: int, y: int) -> Response:
    """A tile of now, or as it was at `datetime` or `epoch`."""
    layer = seen_layer(layer_id)
    parameters.only(request.args, ("v", "datetime", "epoch"))
    address = TileAddress(z, x, y)
    if z not in layer.tile_zooms or not address.is_in_grid:
        raise NotHere(
            _(
                "This layer has tiles from zoom %(first)s to %(last)s inside the grid.",
                first=layer.tile_zooms.start,
                last=layer.tile_zooms.stop - 1,
            ),
            parameter="z",
        )
    stored, is_versioned = _stored(layer, address)
    return tile_response(stored, is_versioned=is_versioned, is_public=layer.audience == Audience.PUBLIC)


def _stored(layer: Layer, address: TileAddress) -> tuple[StoredTile, bool]:
    """The tile, and whether its address names a publish that has happened."""
    seen = parameters.whole_number(request.args, "v", 0, 0, 2**62)
    with service().store.reading(actor()) as connection:
        newest = current_epoch(connection)
        if seen > newest:
            raise NotYet(
                _("Publish %(seen)s is not known here; the newest is %(newest)s.", seen=seen, newest=newest),
                parameter="v",
            )
        then = parameters.as_of(connection, request.args)
        if then is None:
            return stored_tile(connection, layer, address), "v" in request.args
    return remembered_past_tile(service().store, actor(), layer, address, then), False

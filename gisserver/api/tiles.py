"""/tiles: TileJSON, and the tiles that gisserver/tiles leaves: restricted layers, past days, errors."""

from flask import Blueprint, Response, jsonify, request
from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.api import _parameters as parameters
from gisserver.api._layers import seen_layer
from gisserver.api._media import answered
from gisserver.api._tile_asked import tile_asked
from gisserver.api._tile_response import tile_response
from gisserver.errors import NotHere
from gisserver.service import service
from gisserver.style import TOGETHER, lonlat_bounds
from gisserver.tile_fields import tile_field
from gisserver.tiles.reply import MEDIA_TYPE
from gisserver.tiles.sources import TileSource
from layers.core.epochs import current_epoch
from layers.core.layer import Audience
from layers.core.tiles import TileAddress, tile_parts

bp = Blueprint("tiles", __name__)
CONFORMS: tuple[str, ...] = ()
_SOURCE = {
    "name": "source",
    "in": "path",
    "required": True,
    "schema": {"type": "string"},
    "description": "A layer, or `pool` for those that the map shows at first",
}
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
    "/tiles/{source}.json": {
        "get": {
            "summary": "TileJSON of a layer, or of those shown at first",
            "parameters": [_SOURCE],
            "responses": answered(_TILEJSON, "TileJSON 3"),
        }
    },
    "/tiles/{source}/{z}/{x}/{y}": {
        "get": {
            "summary": "A tile, column before row",
            "parameters": [_SOURCE, *_NUMBERS, SEEN, parameters.DATETIME, parameters.EPOCH],
            "responses": TILE_RESPONSES,
        }
    },
}


@bp.get("/tiles/<source_id>.json")
def tilejson(source_id: str) -> Response:
    """TileJSON 3.0 of one layer or of those together; the epoch in the address makes tiles cacheable for ever."""
    source = _source(source_id)
    parameters.only(request.args, ())
    with service().store.reading(actor()) as connection:
        epoch = current_epoch(connection)
    language, profile = str(get_locale()), service().profile
    template = f"{request.url_root}tiles/{source.id}/{{z}}/{{x}}/{{y}}?v={epoch}"
    response = jsonify(
        tilejson="3.0.0",
        scheme="xyz",
        **_words(source, language),
        tiles=[template],
        minzoom=source.zooms.start,
        maxzoom=source.zooms.stop - 1,
        bounds=lonlat_bounds(profile),
        center=[*profile.center_lonlat, source.zooms.start],
        attribution=", ".join((profile.title(language), *profile.credits)),
        vector_layers=[
            {
                "id": part.id,
                "minzoom": part.zooms.start,
                "maxzoom": part.zooms.stop - 1,
                "fields": {name: tile_field(layer, name, language).title for name in part.fields},
            }
            for layer in source.layers
            for part in tile_parts(layer)
        ],
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@bp.get("/tiles/<source_id>/<int:z>/<int:x>/<int:y>")
def tile(source_id: str, z: int, x: int, y: int) -> Response:
    """A tile of now, or as it was at `datetime` or `epoch`."""
    source = _source(source_id)
    parameters.only(request.args, ("v", "datetime", "epoch"))
    address = TileAddress(z, x, y)
    if z not in source.zooms or not address.is_in_grid:
        raise NotHere(
            _(
                "This layer has tiles from zoom %(first)s to %(last)s inside the grid.",
                first=source.zooms.start,
                last=source.zooms.stop - 1,
            ),
            parameter="z",
        )
    stored, is_versioned = tile_asked(source.layers_at(z), address)
    is_public = all(layer.audience == Audience.PUBLIC for layer in source.layers)
    return tile_response(stored, is_versioned=is_versioned, is_public=is_public)


def _source(source_id: str) -> TileSource:
    """Unlike the fast way it also knows what only some callers may see."""
    if source_id == TOGETHER:
        return service().tiles.sources[TOGETHER]
    return TileSource(source_id, (seen_layer(source_id),))


def _words(source: TileSource, language: str) -> dict[str, str]:
    if source.id == TOGETHER:
        titles = (layer.title.in_language(language) for layer in source.layers)
        return {"name": service().profile.title(language), "description": ", ".join(titles)}
    (layer,) = source.layers
    return {"name": layer.title.in_language(language), "description": layer.description.in_language(language)}

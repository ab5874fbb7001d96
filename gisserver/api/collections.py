"""/api/collections: the layers as OGC API – Features lists them."""

from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_babel import get_locale

from gisserver.api import _parameters as parameters
from gisserver.api._documents import described
from gisserver.api._layers import readable, seen_layer, seen_layers
from gisserver.api._media import GEOJSON, LINK, SCHEMA, laid_out
from gisserver.api._page_links import format_link
from gisserver.api._ready_links import ready_links, ready_rows
from gisserver.formats import feature_formats
from gisserver.service import service
from gisserver.style import lonlat_bounds
from gisserver.tilesets import STYLES_REL, TILESETS_REL
from layers.core.crs import CRS84
from layers.core.layer import Layer

bp = Blueprint("collections", __name__)
CONFORMS = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
)
QUERYABLES_REL = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
SORTABLES_REL = "http://www.opengis.net/def/rel/ogc/1.0/sortables"
SCHEMA_REL = "http://www.opengis.net/def/rel/ogc/1.0/schema"

_COLLECTION_SCHEMA = {
    "type": "object",
    "required": ["id", "links"],
    "properties": {
        "id": {"type": "string"},
        "title": {"type": "string"},
        "description": {"type": "string"},
        "itemType": {"type": "string"},
        "crs": {"type": "array", "items": {"type": "string"}},
        "storageCrs": {"type": "string"},
        "extent": {"type": "object"},
        "links": {"type": "array", "items": LINK},
    },
}
_COLLECTIONS_SCHEMA = {
    "type": "object",
    "required": ["links", "collections"],
    "properties": {
        "links": {"type": "array", "items": LINK},
        "collections": {"type": "array", "items": _COLLECTION_SCHEMA},
    },
}
COLLECTION = {"name": "collection", "in": "path", "required": True, "schema": {"type": "string"}}

PATHS = {
    "/api/collections": {
        "get": {"summary": "All layers", "responses": laid_out(_COLLECTIONS_SCHEMA, "The layers you may read")}
    },
    "/api/collections/{collection}": {
        "get": {
            "summary": "One layer: extent, coordinate systems, links",
            "parameters": [COLLECTION],
            "responses": laid_out(_COLLECTION_SCHEMA, "The layer"),
        }
    },
}


@bp.get("/api/collections")
def collections() -> Response:
    """Every layer this caller may see."""
    parameters.only(request.args, ())
    document = {
        "links": [{"rel": "self", "href": url_for(".collections", _external=True), "type": "application/json"}],
        "crs": [crs.uri for crs in readable(seen_layers()[0]).offered],
        "collections": [_collection(layer) for layer in seen_layers()],
    }
    return described("collections.html", document)


@bp.get("/api/collections/<layer_id>")
def collection(layer_id: str) -> Response:
    """One layer."""
    parameters.only(request.args, ())
    layer = seen_layer(layer_id)
    document = _collection(layer)
    document["links"] += ready_links(layer)
    return described("collection.html", document, ready=ready_rows(layer.id))


def _collection(layer: Layer) -> dict[str, Any]:
    language = str(get_locale())
    here = url_for(".collection", layer_id=layer.id, _external=True)
    met = readable(layer)
    return {
        "id": layer.id,
        "title": layer.title.in_language(language),
        "description": layer.description.in_language(language),
        "attribution": ", ".join(service().profile.credits),
        "itemType": "feature",
        "extent": {"spatial": {"bbox": [lonlat_bounds(service().profile)], "crs": CRS84.uri}},
        "crs": [crs.uri for crs in met.offered],
        "storageCrs": met.storage.uri,
        "links": [
            {"rel": "self", "href": here, "type": "application/json"},
            {"rel": "items", "href": f"{here}/items", "type": GEOJSON},
            *(format_link("items", f"{here}/items", one, {}) for one in feature_formats() if one.word != "json"),
            {"rel": "changes", "href": f"{here}/changes?from=0", "type": GEOJSON},
            {"rel": "describedby", "href": f"{here}/schema", "type": SCHEMA},
            *(
                {
                    "rel": "describedby",
                    "href": f"{here}/schema?schema={word}",
                    "type": SCHEMA,
                    "title": one.title(language),
                }
                for word, one in met.schemas.items()
            ),
            {"rel": SCHEMA_REL, "href": f"{here}/schema", "type": SCHEMA},
            {"rel": QUERYABLES_REL, "href": f"{here}/queryables", "type": SCHEMA},
            {"rel": SORTABLES_REL, "href": f"{here}/sortables", "type": SCHEMA},
            {"rel": TILESETS_REL, "href": f"{here}/tiles", "type": "application/json"},
            {"rel": STYLES_REL, "href": f"{here}/styles", "type": "application/json"},
        ],
    }

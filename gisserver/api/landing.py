"""/api: where a program begins."""

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import get_locale

from gisserver import api
from gisserver.api._layers import readable, seen_layers
from gisserver.api._openapi import document
from gisserver.service import service
from gisserver.tilesets import GRIDS_REL, STYLES_REL, TILESETS_REL

bp = Blueprint("landing", __name__)
CONFORMS = ("http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",)
PATHS = {
    "/api": {"get": {"summary": "Landing page", "responses": {"200": {"description": "Links"}}}},
    "/api/conformance": {"get": {"summary": "Conformance classes", "responses": {"200": {"description": "Classes"}}}},
    "/api/openapi": {"get": {"summary": "This description", "responses": {"200": {"description": "OpenAPI 3.0"}}}},
}


@bp.get("/api")
def landing() -> Response:
    """Title and links, as OGC API Common says."""
    profile = service().profile
    links = (
        ("self", ".landing", "application/json"),
        ("service-desc", ".openapi", "application/vnd.oai.openapi+json;version=3.0"),
        ("monitor", "events.events", "text/event-stream"),
        ("conformance", ".conformance", "application/json"),
        ("data", "collections.collections", "application/json"),
        (TILESETS_REL, "dataset_tiles.tilesets", "application/json"),
        (GRIDS_REL, "tile_matrix_sets.grids", "application/json"),
        (STYLES_REL, "styles.styles", "application/json"),
    )
    return jsonify(
        title=profile.title(str(get_locale())),
        links=[
            {"rel": rel, "href": url_for(endpoint, _external=True), "type": media} for rel, endpoint, media in links
        ],
    )


@bp.get("/api/conformance")
def conformance() -> Response:
    """The classes this service keeps to."""
    return jsonify(conformsTo=api.conformance())


@bp.get("/api/openapi")
def openapi() -> Response:
    """Collected from the endpoint files, so it cannot forget one."""
    language = str(get_locale())
    response = jsonify(
        document(
            service().profile.title(language),
            request.url_root.rstrip("/"),
            api.paths(),
            [readable(layer) for layer in seen_layers()],
            language,
        )
    )
    response.content_type = "application/vnd.oai.openapi+json;version=3.0"
    return response

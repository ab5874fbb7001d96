"""/api: where a program begins."""

from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_babel import get_locale

from gisserver import api
from gisserver.api import _parameters as parameters
from gisserver.api._documents import described
from gisserver.api._layers import readable, seen_layers
from gisserver.api._media import PAGE
from gisserver.api._openapi import document
from gisserver.service import service
from gisserver.tilesets import GRIDS_REL, STYLES_REL, TILESETS_REL

bp = Blueprint("landing", __name__)
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
CONFORMS = ("http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",)


def _said(what: str, media_type: str = "application/json") -> dict[str, Any]:
    return {"200": {"description": what, "content": {media_type: {"schema": {"type": "object"}}, **PAGE}}}


PATHS = {
    "/api": {"get": {"summary": "Landing page", "responses": _said("Links")}},
    "/api/conformance": {"get": {"summary": "Conformance classes", "responses": _said("Classes")}},
    "/api/openapi": {"get": {"summary": "This description", "responses": _said("OpenAPI 3.0", OPENAPI)}},
}


@bp.get("/api")
def landing() -> Response:
    """Title and links, as OGC API Common says."""
    profile = service().profile
    parameters.only(request.args, ())
    links = (
        ("self", ".landing", "application/json"),
        ("service-desc", ".openapi", OPENAPI),
        ("monitor", "events.events", "text/event-stream"),
        ("conformance", ".conformance", "application/json"),
        ("data", "collections.collections", "application/json"),
        (TILESETS_REL, "dataset_tiles.tilesets", "application/json"),
        (GRIDS_REL, "tile_matrix_sets.grids", "application/json"),
        (STYLES_REL, "styles.styles", "application/json"),
    )
    document = {
        "title": profile.title(str(get_locale())),
        "links": [
            *({"rel": rel, "href": url_for(endpoint, _external=True), "type": media} for rel, endpoint, media in links),
            {"rel": "service-doc", "href": url_for(".openapi", f="html", _external=True), "type": "text/html"},
        ],
    }
    return described("landing.html", document)


@bp.get("/api/conformance")
def conformance() -> Response:
    """The classes this service keeps to."""
    parameters.only(request.args, ())
    return described("conformance.html", {"conformsTo": api.conformance()})


@bp.get("/api/openapi")
def openapi() -> Response:
    """Collected from the endpoint files, so it cannot forget one."""
    parameters.only(request.args, ())
    language = str(get_locale())
    description = document(
        service().profile.title(language),
        request.url_root.rstrip("/"),
        api.paths(),
        [readable(layer) for layer in seen_layers()],
        language,
    )
    return described("openapi.html", description, OPENAPI)

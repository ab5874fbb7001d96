"""/api: where a program begins."""

from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_babel import get_locale

from gisserver import api
from gisserver.access import actor
from gisserver.api import _parameters as parameters
from gisserver.api._documents import described
from gisserver.api._layers import readable, seen_layers
from gisserver.api._media import LINK, laid_out
from gisserver.api._openapi import document, info
from gisserver.api._publisher import contact
from gisserver.service import service
from gisserver.style import lonlat_bounds
from gisserver.tilesets import GRIDS_REL, STYLES_REL, TILESETS_REL
from layers.core.crs import CRS84
from layers.core.epochs import Epoch, current_epoch, epoch_details
from layers.core.query import ReadableLayer

bp = Blueprint("landing", __name__)
CONFORMS = tuple(
    f"http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/{name}" for name in ("core", "landing-page", "json", "oas30")
)
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
_LANDING_SCHEMA = {
    "type": "object",
    "required": ["title", "links", "extent", "published"],
    "properties": {
        "title": {"type": "string"},
        "attribution": {"type": "string"},
        "contact": {
            "type": "object",
            "description": "Whom to ask",
            "properties": {name: {"type": "string"} for name in ("name", "email", "url")},
        },
        "extent": {"type": "object", "description": "The box in degrees that holds all data"},
        "published": {
            "type": "object",
            "description": "The newest publish: its number, and when it was; null in an empty pool",
            "required": ["epoch", "at"],
            "properties": {
                "epoch": {"type": "integer"},
                "at": {"type": "string", "format": "date-time", "nullable": True},
            },
        },
        "links": {"type": "array", "items": LINK},
    },
}
_CLASSES_SCHEMA = {
    "type": "object",
    "required": ["conformsTo"],
    "properties": {"conformsTo": {"type": "array", "items": {"type": "string", "format": "uri"}}},
}
PATHS = {
    "/api": {
        "get": {
            "summary": "Landing page: licence, contact, age of the data, and links to everything else",
            "responses": laid_out(_LANDING_SCHEMA, "What is here"),
        }
    },
    "/api/conformance": {
        "get": {"summary": "Conformance classes", "responses": laid_out(_CLASSES_SCHEMA, "The classes")}
    },
    "/api/openapi": {
        "get": {
            "summary": "This description",
            "responses": laid_out({"type": "object"}, "OpenAPI 3.0", OPENAPI),
        }
    },
}


@bp.get("/api")
def landing() -> Response:
    """Title and links, as OGC API Common says, whose data it is and how old."""
    parameters.only(request.args, ())
    profile = service().profile
    language = str(get_locale())
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
    return described(
        "landing.html",
        {
            "title": profile.title(language),
            "attribution": ", ".join(profile.credits),
            **contact(profile, language),
            "extent": {"spatial": {"bbox": [lonlat_bounds(profile)], "crs": CRS84.uri}},
            "published": _newest(),
            "links": [
                *(
                    {"rel": rel, "href": url_for(endpoint, _external=True), "type": media}
                    for rel, endpoint, media in links
                ),
                {"rel": "service-doc", "href": url_for(".openapi", f="html", _external=True), "type": "text/html"},
                *_licence(),
            ],
        },
    )


def _newest() -> dict[str, object]:
    with service().store.reading(actor()) as connection:
        newest = current_epoch(connection)
        details: Epoch | None = epoch_details(connection, newest)
    return {"epoch": newest, "at": details and details.published_at.isoformat()}


def _licence() -> list[dict[str, str]]:
    licence = service().profile.licence
    if licence is None:
        return []
    return [{"rel": "license", "href": licence.url, "type": "text/html", "title": licence.title}]


@bp.get("/api/conformance")
def conformance() -> Response:
    """The classes this service keeps to."""
    parameters.only(request.args, ())
    return described("conformance.html", {"conformsTo": api.conformance()})


@bp.get("/api/openapi")
def openapi() -> Response:
    """Collected from the endpoint files, so it cannot forget one."""
    parameters.only(request.args, ())
    layers = tuple(readable(layer) for layer in seen_layers())
    return described("openapi.html", _description(request.url_root.rstrip("/"), layers, str(get_locale())), OPENAPI)


@lru_cache(maxsize=32)
def _description(root: str, layers: tuple[ReadableLayer, ...], language: str) -> dict[str, Any]:
    """Made once for each kind of reader: it takes ten times longer than to send it."""
    return document(info(layers[0].profile, language), root, api.paths(), layers, language)

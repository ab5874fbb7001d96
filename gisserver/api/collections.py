"""/api/collections: the layers as OGC API Features."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.api import _parameters as parameters
from gisserver.errors import Ended, NotHere, Refused
from gisserver.service import service
from gisserver.tilesets import STYLES_REL, TILESETS_REL
from layers.core.epochs import current_epoch
from layers.core.layer import Layer
from layers.core.query import FeatureQuery, read_feature, read_page, was_published
from layers.core.registry import UnknownLayer
from layers.core.store import Connection
from layers.core.successors import successors

bp = Blueprint("collections", __name__)
CONFORMS = ("http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",)

_FEATURES = {"200": {"description": "Features", "content": {"application/geo+json": {}}}}
_COLLECTION = {"name": "collection", "in": "path", "required": True, "schema": {"type": "string"}}
PATHS = {
    "/api/collections": {"get": {"summary": "All layers", "responses": {"200": {"description": "Collections"}}}},
    "/api/collections/{collection}": {
        "get": {"parameters": [_COLLECTION], "responses": {"200": {"description": "One collection"}}}
    },
    "/api/collections/{collection}/schema": {
        "get": {"parameters": [_COLLECTION], "responses": {"200": {"description": "JSON schema of a feature"}}}
    },
    "/api/collections/{collection}/items": {"get": {"parameters": [_COLLECTION], "responses": _FEATURES}},
    "/api/collections/{collection}/items/{feature}": {
        "get": {
            "parameters": [
                _COLLECTION,
                {"name": "feature", "in": "path", "required": True, "schema": {"type": "string"}},
            ],
            "responses": _FEATURES,
        }
    },
}

LIMIT_DEFAULT = 100
LIMIT_MOST = 10_000
GEOJSON = "application/geo+json"


@bp.get("/api/collections")
def collections() -> Response:
    """Every layer this caller may see."""
    return jsonify(
        collections=[_collection(layer) for layer in seen_layers()],
        links=[{"rel": "self", "href": url_for(".collections", _external=True), "type": "application/json"}],
    )


@bp.get("/api/collections/<layer_id>")
def collection(layer_id: str) -> Response:
    """One layer."""
    return jsonify(_collection(seen_layer(layer_id)))


@bp.get("/api/collections/<layer_id>/schema")
def schema(layer_id: str) -> Response:
    """The fields this caller may see, with titles and units."""
    layer = seen_layer(layer_id)
    formats = {"date": {"type": "string", "format": "date"}}
    properties = {
        field.name: {
            "title": _field_title(layer, field.name),
            **formats.get(field.kind, {"type": field.kind}),
            **({"x-unit": field.unit} if field.unit else {}),
        }
        for field in layer.fields_for(actor().audience)
    }
    return jsonify(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": url_for(".schema", layer_id=layer_id, _external=True),
            "type": "object",
            "title": layer.title.in_language(str(get_locale())),
            "properties": {"ref": {"type": "string", "title": _("Ref")}, **properties},
        }
    )


@bp.get("/api/collections/<layer_id>/items")
def items(layer_id: str) -> Response:
    """A page of features; `next` leads to the following one."""
    layer = seen_layer(layer_id)
    filters = ("ref", "district_id", *(field.name for field in layer.fields_for(actor().audience)))
    parameters.only(request.args, ("bbox", "limit", "after", "datetime", "epoch", *filters))
    with service().store.reading(actor()) as connection:
        query = _feature_query(connection, layer, request.args, filters)
        page = read_page(connection, query)
        epoch = query.as_of or current_epoch(connection)
    links = [_link("self", layer_id, request.args)]
    if page.after is not None:
        links.append(_link("next", layer_id, {**request.args, "after": str(page.after)}))
    matched = "" if page.number_matched is None else f'"numberMatched":{page.number_matched},'
    body = (
        f'{{"type":"FeatureCollection",{matched}"numberReturned":{len(page.features)},'
        f'"links":[{",".join(links)}],"features":[{",".join(page.features)}]}}'
    )
    return _geojson(body, epoch)


@bp.get("/api/collections/<layer_id>/items/<path:feature_id>")
def item(layer_id: str, feature_id: str) -> Response:
    """One feature by uid or ref; an ended one says what it became."""
    layer = seen_layer(layer_id)
    parameters.only(request.args, ("datetime", "epoch"))
    with service().store.reading(actor()) as connection:
        query = _feature_query(connection, layer, request.args, ())
        feature = read_feature(connection, query, feature_id)
        if feature is None:
            raise _absent(connection, layer, feature_id)
        epoch = query.as_of or current_epoch(connection)
    return _geojson(feature, epoch)


def seen_layer(layer_id: str) -> Layer:
    """The layer, if this caller may see it; else it is as if absent."""
    for layer in seen_layers():
        if layer.id == layer_id:
            return layer
    raise UnknownLayer(layer_id, [layer.id for layer in seen_layers()])


def seen_layers() -> list[Layer]:
    """The layers this caller may see."""
    return [layer for layer in service().registry if layer.audience <= actor().audience]


def _feature_query(
    connection: Connection, layer: Layer, arguments: Mapping[str, str], filters: tuple[str, ...]
) -> FeatureQuery:
    return FeatureQuery(
        layer=layer,
        audience=actor().audience,
        storage_srid=service().profile.storage_srid,
        limit=parameters.whole_number(arguments, "limit", LIMIT_DEFAULT, 1, LIMIT_MOST),
        after=parameters.whole_number(arguments, "after", 0, 0, 2**62),
        box=parameters.box(arguments),
        equal=tuple((name, arguments[name]) for name in filters if name in arguments),
        as_of=parameters.as_of(connection, arguments),
    )


def _absent(connection: Connection, layer: Layer, feature_id: str) -> Refused:
    uid = was_published(connection, layer, feature_id)
    if uid is None:
        return NotHere(_("There is no “%(id)s” in %(layer)s.", id=feature_id, layer=layer.id))
    heirs = successors(connection, layer, uid)
    became = [
        {
            "uid": str(heir.uid),
            "ref": heir.ref,
            "operation": heir.operation,
            "href": url_for(".item", layer_id=layer.id, feature_id=heir.uid, _external=True),
        }
        for heir in heirs
    ]
    if not became:
        return Ended(_("“%(id)s” has ended.", id=feature_id))
    names = ", ".join(heir.ref for heir in heirs)
    return Ended(_("“%(id)s” has ended; it became %(heirs)s.", id=feature_id, heirs=names), successors=became)


def _collection(layer: Layer) -> dict[str, object]:
    language = str(get_locale())
    here = url_for(".collection", layer_id=layer.id, _external=True)
    return {
        "id": layer.id,
        "title": layer.title.in_language(language),
        "description": layer.description.in_language(language),
        "itemType": "feature",
        "crs": ["http://www.opengis.net/def/crs/OGC/1.3/CRS84"],
        "links": [
            {"rel": "self", "href": here, "type": "application/json"},
            {"rel": "items", "href": f"{here}/items", "type": GEOJSON},
            {"rel": "describedby", "href": f"{here}/schema", "type": "application/schema+json"},
            {"rel": TILESETS_REL, "href": f"{here}/tiles", "type": "application/json"},
            {"rel": STYLES_REL, "href": f"{here}/styles", "type": "application/json"},
        ],
    }


def _field_title(layer: Layer, name: str) -> str:
    language = str(get_locale())
    own = service().profile.titles_of_fields.get(f"{layer.id}.{name}", {})
    return own.get(language) or layer.field(name).title.in_language(language)


def _link(rel: str, layer_id: str, arguments: Mapping[str, str]) -> str:
    href = url_for(".items", layer_id=layer_id, _external=True)
    asked = f"?{urlencode(arguments)}" if arguments else ""
    return f'{{"rel":"{rel}","type":"{GEOJSON}","href":"{href}{asked}"}}'


def _geojson(body: str, epoch: int) -> Response:
    response = Response(body, content_type=GEOJSON)
    response.headers["Gis-Epoch"] = str(epoch)
    response.headers["Cache-Control"] = "private, no-cache" if actor().audience else "no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response

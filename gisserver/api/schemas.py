"""/api/collections/{collection}/schema and its parts: a layer's fields as JSON schema."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, request, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.api import _parameters as parameters
from gisserver.api._documents import described
from gisserver.api._layers import readable, seen_layer
from gisserver.api._media import PAGE, SCHEMA
from gisserver.api._page_links import address
from gisserver.api.collections import COLLECTION
from gisserver.field_schema import (
    DIALECT,
    field_schema,
    fields_schema,
    geometry_schema,
    receivable_fields,
    required_fields,
    required_to_create,
    written_schema,
)
from layers.core.other_schema import OtherSchema
from layers.core.query import GEOMETRY, ReadableLayer, WrongQuery
from layers.core.query.refusals import CHOICE

bp = Blueprint("schemas", __name__)
CONFORMS = (
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
    "http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/schemas",
    "http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/core-roles-features",
    "http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/returnables-and-receivables",
)
_SCHEMA_SCHEMA = {
    "type": "object",
    "required": ["$schema", "$id", "type", "properties"],
    "properties": {"type": {"type": "string", "enum": ["object"]}, "properties": {"type": "object"}},
}
_RESPONSES = {"200": {"description": "JSON schema", "content": {SCHEMA: {"schema": _SCHEMA_SCHEMA}, **PAGE}}}
_SCHEMA = {
    "name": "schema",
    "in": "query",
    "description": "The names that another standard has for the fields; which are offered, the collection's links say",
    "schema": {"type": "string"},
}
PATHS = {
    f"/api/collections/{{collection}}/{kind}": {
        "get": {"summary": summary, "parameters": [COLLECTION, *more], "responses": _RESPONSES}
    }
    for kind, summary, more in (
        ("schema", "Fields of a feature, with titles, units and codes", (_SCHEMA,)),
        ("returnables", "Fields of an answer", ()),
        ("receivables", "Fields that an edit may bring", ()),
        ("queryables", "Fields that a filter may speak of", ()),
        ("sortables", "Fields that an answer may be sorted by", ()),
    )
}


@bp.get("/api/collections/<layer_id>/schema")
def schema(layer_id: str) -> Response:
    """What an answer holds, and what a new feature must bring."""
    met = readable(seen_layer(layer_id))
    there = _schema_asked(met)
    if there is not None:
        return _in_words_of(there, met)
    fields = {
        "uid": {"title": _("Lasting number"), "type": "string", "format": "uuid", "x-ogc-role": "id", "readOnly": True},
        GEOMETRY: geometry_schema(met.layer, _("Shape")),
        **{field.name: written_schema(field, met, str(get_locale())) for field in met.properties},
    }
    numbered = {name: {**field, "x-ogc-propertySeq": place} for place, (name, field) in enumerate(fields.items(), 1)}
    return _document(met, {"required": required_fields(met), "properties": numbered}, known=tuple(_other(met)))


def _schema_asked(met: ReadableLayer) -> OtherSchema | None:
    word = request.args.get("schema")
    if word is None:
        return None
    if word not in met.schemas:
        raise WrongQuery("schema", CHOICE, name="schema", known=", ".join(met.schemas))
    return met.schemas[word]


def _in_words_of(there: OtherSchema, met: ReadableLayer) -> Response:
    """What an answer holds that was asked for under the names of another standard."""
    language = str(get_locale())
    names = there.names[met.layer.id]
    fields = {
        names[field.name]: {
            **field_schema(field, met, language),
            "readOnly": True,
            "description": _("In filters: %(name)s", name=field.name),
        }
        for field in met.properties
        if field.name in names
    }
    about = {"title": f"{met.layer.title.in_language(language)}: {there.title(language)}", "description": there.uri}
    shape = {GEOMETRY: geometry_schema(met.layer, _("Shape"))}
    return _document(met, {**about, "properties": {**shape, **fields}}, known=tuple(_other(met)))


def _other(met: ReadableLayer) -> Iterator[str]:
    """The parameter, where there is something to choose from."""
    if met.schemas:
        yield "schema"


@bp.get("/api/collections/<layer_id>/returnables")
def returnables(layer_id: str) -> Response:
    """What an answer holds."""
    met = readable(seen_layer(layer_id))
    fields = {GEOMETRY: geometry_schema(met.layer, _("Shape")), **fields_schema(met, str(get_locale()))}
    return _document(met, {"properties": fields})


@bp.get("/api/collections/<layer_id>/receivables")
def receivables(layer_id: str) -> Response:
    """What may be sent; what is required is so of a new feature and of a whole one in place of another."""
    met = readable(seen_layer(layer_id))
    fields = {GEOMETRY: geometry_schema(met.layer, _("Shape")), **receivable_fields(met, str(get_locale()))}
    required = [GEOMETRY, *required_to_create(met)]
    return _document(met, {"required": required, "properties": fields, "additionalProperties": False})


@bp.get("/api/collections/<layer_id>/queryables")
def queryables(layer_id: str) -> Response:
    """The shape may be asked for too."""
    met = readable(seen_layer(layer_id))
    shape = geometry_schema(met.layer, _("Shape"))
    fields = {GEOMETRY: shape, **fields_schema(met, str(get_locale()))}
    return _document(met, {"properties": fields, "additionalProperties": False})


@bp.get("/api/collections/<layer_id>/sortables")
def sortables(layer_id: str) -> Response:
    """All fields but the shape."""
    met = readable(seen_layer(layer_id))
    return _document(met, {"properties": fields_schema(met, str(get_locale())), "additionalProperties": False})


def _document(met: ReadableLayer, content: dict[str, Any], known: tuple[str, ...] = ()) -> Response:
    parameters.only(request.args, known)
    document = {
        "$schema": DIALECT,
        "$id": address(
            url_for(str(request.endpoint), layer_id=met.layer.id, _external=True),
            {name: request.args[name] for name in known if name in request.args},
        ),
        "type": "object",
        "title": met.layer.title.in_language(str(get_locale())),
        "description": met.layer.description.in_language(str(get_locale())),
        **content,
    }
    return described("schema.html", document, SCHEMA)

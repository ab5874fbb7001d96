"""The OpenAPI document: what the endpoint files declare, made whole for the layers that the caller may see."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from gisserver.api._edit_description import edits_of_an_item, edits_of_items
from gisserver.api._media import LINK, PROBLEM, SESSION
from gisserver.api._publisher import contact
from gisserver.field_schema import field_schema
from gisserver.formats import FeatureFormat, feature_formats
from layers.core.layer import Field
from layers.core.profile import Profile
from layers.core.query import ReadableLayer, item_parameters, page_parameters
from layers.core.query.parameters import EVERYWHERE, Parameter
from layers.core.words import Title

API = "/api"
_COLLECTION = "{collection}"
_ITEMS = f"/collections/{_COLLECTION}/items"
_ITEM = f"{_ITEMS}/{{feature}}"
OF_LAYER = "of_layer"
"""In an operation: what gives the parameters of it for a layer, which the description then names one by one."""
_METHODS = ("get", "post", "put", "patch", "delete")
_SHAPES = {
    "Point": {"type": "string", "enum": ["Point"]},
    "MultiLineString": {"type": "string", "enum": ["MultiLineString"]},
    "MultiPolygon": {"type": "string", "enum": ["MultiPolygon"]},
}
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong and what to do, in the caller's language"},
        "parameter": {"type": "string", "description": "The parameter that is meant"},
        "line": {"type": "integer", "description": "Of a filter: line of the word that is meant"},
        "column": {"type": "integer", "description": "Of a filter: its character in that line"},
    },
}
_FAILURES = {
    "400": "A parameter is wrong",
    "404": "There is nothing at this address",
    "406": "None of the formats asked for is written here",
    "410": "It has ended",
    "429": "Too many requests in a short time",
    "503": "It takes too long, or the database cannot be reached",
    "default": "It cannot be answered",
}
_NOT_OPEN = {"401": "Sign in first", "403": "Your account is not meant for this"}
_SESSION = {"type": "apiKey", "in": "cookie", "name": "gis", "description": "The session of a signed-in person"}

PathItems = Mapping[str, Mapping[str, Any]]


def info(profile: Profile, language: str) -> dict[str, Any]:
    """Title, licence, contact."""
    licence = {"license": {"name": profile.licence.title, "url": profile.licence.url}} if profile.licence else {}
    return {"title": profile.title(language), "version": "1", **contact(profile, language), **licence}


def document(
    about: Mapping[str, Any], root: str, paths: PathItems, layers: Sequence[ReadableLayer], language: str
) -> dict[str, Any]:
    """Self-contained; addresses below /api are told from there, as the standards' clients expect."""
    return {
        "openapi": "3.0.3",
        "info": dict(about),
        "servers": [{"url": f"{root}{API}"}],
        "paths": dict(_paths(root, paths, layers, language)),
        "components": {"schemas": {"problem": _PROBLEM}, "securitySchemes": {SESSION: _SESSION}},
    }


def _paths(
    root: str, paths: PathItems, layers: Sequence[ReadableLayer], language: str
) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in paths.items():
        if path != API and not path.startswith(f"{API}/"):
            yield path, {"servers": [{"url": root}], **_operations(path, item, layers)}
            continue
        below = path.removeprefix(API) or "/"
        if any(OF_LAYER in about for about in item.values()):
            yield from (
                (below.replace(_COLLECTION, one.layer.id), _for_layer(below, item, one, language)) for one in layers
            )
        elif below in (_ITEMS, _ITEM):
            yield from ((below.replace(_COLLECTION, one.layer.id), _of_layer(below, one, language)) for one in layers)
        else:
            yield below, _operations(below, item, layers)


def _operations(path: str, item: Mapping[str, Any], layers: Sequence[ReadableLayer]) -> dict[str, Any]:
    return {
        method: {
            "operationId": _operation_id(method, path),
            **about,
            **({"parameters": _parameters(about["parameters"], layers)} if "parameters" in about else {}),
            "responses": _responses(about),
        }
        for method, about in item.items()
        if method in _METHODS
    }


def _responses(about: Mapping[str, Any]) -> dict[str, Any]:
    """Errors look the same everywhere; what a path says of one of them is why."""
    common = _failures(is_open="security" not in about)
    own = about["responses"]
    return {**common, **{code: {**(common["default"] if code >= "4" else {}), **said} for code, said in own.items()}}


def _parameters(declared: Sequence[Mapping[str, Any]], layers: Sequence[ReadableLayer]) -> list[Mapping[str, Any]]:
    """A layer in an address is one of those the caller may see."""
    known = {"type": "string", "enum": [one.layer.id for one in layers]}
    return [{**one, "schema": known} if one["name"] in ("collection", "layer") else one for one in declared]


def _for_layer(path: str, item: Mapping[str, Any], readable: ReadableLayer, language: str) -> dict[str, Any]:
    """An address below a layer, with the parameters that it takes there."""
    found = {}
    for method, about in item.items():
        own = [_parameter(one, language) for one in about[OF_LAYER](readable)]
        in_path = [one for one in about["parameters"] if one["name"] != "collection"]
        found[method] = {
            **{name: said for name, said in about.items() if name != OF_LAYER},
            "operationId": f"{_operation_id(method, path)}.{readable.layer.id}",
            "tags": [readable.layer.title.in_language(language)],
            "parameters": [*in_path, *own],
            "responses": {**_failures(), **about["responses"]},
        }
    return found


def _of_layer(path: str, readable: ReadableLayer, language: str) -> dict[str, Any]:
    is_page = path == _ITEMS
    formats = [one for one in feature_formats() if is_page or one.item]
    titles = {one.word: one.title for one in formats}
    known = page_parameters(readable) if is_page else item_parameters(readable)
    parameters = [_parameter(one, language) for one in (*known, *everywhere(readable, titles))]
    if not is_page:
        parameters.insert(0, _feature_parameter())
    schema = _page_schema(readable, language) if is_page else _feature_schema(readable, language)
    title = readable.layer.title.in_language(language)
    if is_page:
        edits = edits_of_items(readable, language)
    else:
        edits = edits_of_an_item(readable, language, [_feature_parameter()])
    return {
        **{method: {**about, "responses": {**_failures(), **about["responses"]}} for method, about in edits.items()},
        "get": {
            "operationId": f"get{'Features' if is_page else 'Feature'}.{readable.layer.id}",
            "summary": title,
            "description": readable.layer.description.in_language(language),
            "tags": [title],
            "parameters": parameters,
            "responses": {
                "200": {"description": title, "headers": _headers(), "content": _contents(formats, schema)},
                "304": {"description": "The caller has it"},
                **_failures(),
            },
        },
    }


def described(parameters: Iterable[Parameter], language: str = "en") -> list[dict[str, Any]]:
    """Those that are the same for every layer."""
    return [_parameter(one, language) for one in parameters]


def _parameter(parameter: Parameter, language: str) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "description": parameter.about.in_language(language),
        "required": parameter.is_required,
        "style": "form",
        "explode": False,
        "schema": dict(parameter.schema),
    }


def _contents(formats: Sequence[FeatureFormat], schema: Mapping[str, Any]) -> dict[str, Any]:
    """By media type; what is no JSON is told as bytes."""
    other = {"type": "string", "format": "binary"}
    return {
        media_type: {"schema": schema if media_type.endswith("json") else other}
        for one in reversed(formats)
        for media_type in (*reversed(one.also), one.media_type)
    }


def everywhere(readable: ReadableLayer, formats: Mapping[str, Title]) -> Iterator[Parameter]:
    """Format and language, which no address forgets; the formats by their words."""
    tr, en = (
        "; ".join(f"{word}: {title.in_language(language)}" for word, title in formats.items())
        for language in ("tr", "en")
    )
    about = {
        "f": (
            Title(f"Biçim; söylenmezse Accept başlığına göre. {tr}.", f"Format; where unsaid, by Accept. {en}."),
            {"type": "string", "enum": list(formats)},
        ),
        "lang": (Title("Yanıtın dili.", "Language."), {"type": "string", "enum": list(readable.profile.languages)}),
    }
    for name in EVERYWHERE:
        yield Parameter(name, *about[name])


def _feature_parameter() -> dict[str, Any]:
    return {"name": "feature", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _page_schema(readable: ReadableLayer, language: str) -> dict[str, Any]:
    count = {"type": "integer", "minimum": 0}
    return {
        "type": "object",
        "required": ["type", "features", "numberReturned", "links"],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "features": {"type": "array", "items": _feature_schema(readable, language)},
            "numberReturned": count,
            "numberMatched": count,
            "numberEstimated": count,
            "links": {"type": "array", "items": LINK},
        },
    }


def _feature_schema(readable: ReadableLayer, language: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"type": "string", "format": "uuid"},
            "geometry": {
                "type": "object",
                "nullable": True,  # of JSON-FG, where "place" has the shape
                "required": ["type", "coordinates"],
                "properties": {"type": _SHAPES[readable.layer.shape], "coordinates": {"type": "array", "items": {}}},
            },
            "properties": _properties_schema(readable, language),
            "links": {"type": "array", "items": LINK},
        },
    }


def _properties_schema(readable: ReadableLayer, language: str) -> dict[str, Any]:
    """Under our names, or under those of another standard that `schema` asks for."""
    fields = {one.name: _property_schema(one, readable, language) for one in readable.properties}
    own = {"type": "object", "properties": fields, "additionalProperties": False}
    others = [
        {
            "type": "object",
            "properties": {names[name]: fields[name] for name in names if name in fields},
            "additionalProperties": False,
        }
        for names in (there.names[readable.layer.id] for there in readable.schemas.values())
    ]
    return {"anyOf": [own, *others]} if others else own


def _property_schema(field: Field, readable: ReadableLayer, language: str) -> dict[str, Any]:
    return {
        **field_schema(field, readable, language),
        **({} if field.is_required else {"nullable": True}),
    }


def _headers() -> dict[str, Any]:
    return {
        "ETag": {"description": "Changes with what is answered", "schema": {"type": "string"}},
        "Content-Crs": {"description": "Coordinate system of the answer", "schema": {"type": "string"}},
        "Gis-Epoch": {"description": "Number of the publish it shows", "schema": {"type": "integer"}},
    }


def _failures(*, is_open: bool = True) -> dict[str, Any]:
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/problem"}}}
    known = _FAILURES if is_open else {**_NOT_OPEN, **_FAILURES}
    return {code: {"description": about, "content": content} for code, about in known.items()}


def _operation_id(method: str, path: str) -> str:
    words = [word.strip("{}") for word in path.split("/") if word]
    return ".".join((method, *words)) or method

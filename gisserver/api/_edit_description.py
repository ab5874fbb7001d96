"""Edits in the OpenAPI document: bodies by the list of fields that reads them, examples that a test sends."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gisserver.api._media import PROBLEM
from gisserver.editing.body import GEOJSON_BODIES, PATCH_BODIES
from gisserver.field_schema import receivable_fields, required_to_create
from layers.core.edits import Action
from layers.core.layer import Shape
from layers.core.query import ReadableLayer

DRY_RUN = "dry-run"
TRIAL = {
    "name": DRY_RUN,
    "in": "query",
    "description": "Only say what would change and what is found",
    "schema": {"type": "string", "enum": ["true", "false"], "default": "false"},
}
PREFER = {
    "name": "Prefer",
    "in": "header",
    "description": "return=representation for the feature as it is then",
    "schema": {"type": "string", "enum": ["return=minimal", "return=representation"]},
}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "description": "ETag of the version that was changed, or * for whichever there is",
    "schema": {"type": "string"},
}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "description": "* where only a new feature is meant",
    "schema": {"type": "string", "enum": ["*"]},
}
FAILURES = {
    "400": "The body is no JSON, or a parameter is wrong",
    "401": "Sign in, or show an access key",
    "403": "It belongs to another district, or your account may not edit",
    "409": "It is published already",
    "412": "It is no longer as it was when you read it",
    "413": "The body is too large",
    "415": "The body is of a type that is not read here",
    "422": "The rules refuse it; the findings say why and where",
    "428": "If-Match is missing",
}
CHANGESET = {
    "type": "object",
    "required": ["outcome", "items", "findings"],
    "properties": {
        "outcome": {"type": "string", "enum": ["published", "submitted", "tried", "unchanged"]},
        "changeset": {
            "type": "object",
            "properties": {"id": {"type": "integer"}, "href": {"type": "string", "format": "uri"}},
        },
        "epoch": {"type": "integer"},
        "items": {"type": "array", "items": {"type": "object"}},
        "findings": {"type": "array", "items": {"type": "object"}},
    },
}
_TOLD = {"application/json": {"schema": CHANGESET}}
_EXAMPLES = {"string": "101", "integer": 1, "number": 1.5, "boolean": True}


def edits_of_items(readable: ReadableLayer, language: str) -> dict[str, Any]:
    """POST."""
    return {"post": _operation(Action.CREATE, readable, language, (TRIAL, PREFER), {"201": "Created and published"})}


def edits_of_an_item(readable: ReadableLayer, language: str, address: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """PUT, PATCH, DELETE."""
    done = {"200": "Published, or only tried", "204": "Published"}
    both = (*address, TRIAL, _IF_MATCH)
    return {
        "put": _operation(
            Action.REPLACE,
            readable,
            language,
            (*both, _IF_NONE_MATCH, PREFER),
            {"201": "Created and published", **done},
        ),
        "patch": _operation(Action.PATCH, readable, language, (*both, PREFER), done),
        "delete": _operation(Action.DELETE, readable, language, both, done),
    }


def failures() -> dict[str, Any]:
    """Of every request that edits."""
    content = {PROBLEM: {"schema": {"$ref": "#/components/schemas/problem"}}}
    return {code: {"description": about, "content": content} for code, about in FAILURES.items()}


def submitted() -> dict[str, Any]:
    """Where the caller may not publish."""
    where = {"Location": {"description": "The changeset", "schema": {"type": "string"}}}
    return {"202": {"description": "Waits for review", "headers": where, "content": _TOLD}}


def _operation(
    action: Action,
    readable: ReadableLayer,
    language: str,
    parameters: Sequence[Mapping[str, Any]],
    done: Mapping[str, str],
) -> dict[str, Any]:
    title = readable.layer.title.in_language(language)
    body = {} if action is Action.DELETE else {"requestBody": _body(action, readable, language)}
    return {
        "operationId": f"{action}Feature.{readable.layer.id}",
        "summary": title,
        "tags": [title],
        "parameters": [*parameters],
        **body,
        "responses": {
            **{code: {"description": about} for code, about in done.items()},
            **({"200": {"description": done["200"], "content": _TOLD}} if action is Action.DELETE else {}),
            **submitted(),
            **failures(),
        },
    }


def _body(action: Action, readable: ReadableLayer, language: str) -> dict[str, Any]:
    media_types = PATCH_BODIES if action is Action.PATCH else GEOJSON_BODIES
    said = {"schema": body_schema(action, readable, language), "example": example(action, readable)}
    return {"required": True, "content": dict.fromkeys(media_types, said)}


def body_schema(action: Action, readable: ReadableLayer, language: str) -> dict[str, Any]:
    """What is read of a feature."""
    fields = {
        name: {**schema, **({} if name in required_to_create(readable) else {"nullable": True})}
        for name, schema in receivable_fields(readable, language).items()
    }
    properties = {"type": "object", "properties": fields}
    geometry = {
        "type": "object",
        "properties": {"type": {"type": "string"}, "coordinates": {"type": "array", "items": {}}},
    }
    if action is Action.PATCH:
        return {"type": "object", "properties": {"properties": properties, "geometry": geometry}}
    return {
        "type": "object",
        "required": ["type", "properties", "geometry"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "properties": {**properties, **_required(readable)},
            "geometry": geometry,
        },
    }


def example(action: Action, readable: ReadableLayer) -> dict[str, Any]:
    """One that can be sent as it is; where it lies it would be refused by the rules of the place."""
    if action is Action.PATCH:
        return {"properties": {"valid_from": "2026-01-01"}}
    properties = {"ref": "example-1", **dict(_filled(readable))}
    return {"type": "Feature", "properties": properties, "geometry": _EXAMPLE_SHAPES[readable.layer.shape]}


def _required(readable: ReadableLayer) -> dict[str, Any]:
    required = required_to_create(readable)
    return {"required": required} if required else {}


def _filled(readable: ReadableLayer) -> Iterator[tuple[str, Any]]:
    for name in required_to_create(readable):
        field = readable.layer.field(name)
        first = next(iter(field.allowed.one_of or ()), None)
        yield name, first or ("2026-01-01" if field.kind == "date" else _EXAMPLES[field.kind])


_EXAMPLE_SHAPES: Mapping[Shape, Mapping[str, Any]] = {
    Shape.POINT: {"type": "Point", "coordinates": [0.0, 0.0]},
    Shape.LINES: {"type": "LineString", "coordinates": [[0.0, 0.0], [0.001, 0.0]]},
    Shape.POLYGONS: {
        "type": "Polygon",
        "coordinates": [[[0.0, 0.0], [0.001, 0.0], [0.001, 0.001], [0.0, 0.001], [0.0, 0.0]]],
    },
}

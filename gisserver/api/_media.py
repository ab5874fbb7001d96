"""Media types and the headers of answers made of features."""

from collections.abc import Mapping
from typing import Any

from flask import Response

from gisserver.access import actor
from layers.core.crs import Crs

JSON = "application/json"
GEOJSON = "application/geo+json"
SCHEMA = "application/schema+json"
PROBLEM = "application/problem+json"
SESSION = "session"
NEEDS_SESSION: dict[str, Any] = {"security": [{SESSION: []}]}
"""Of an operation that not everybody may call."""

PAGE = {"text/html": {"schema": {"type": "string"}}}
"""Of an answer that is also laid out for people."""

LINK: dict[str, Any] = {
    "type": "object",
    "required": ["href", "rel"],
    "properties": {
        **{name: {"type": "string"} for name in ("href", "rel", "type", "title")},
        "length": {"type": "integer"},
    },
}
"""A link as every document of ours writes it."""
TEMPLATED_LINK: dict[str, Any] = {**LINK, "properties": {**LINK["properties"], "templated": {"type": "boolean"}}}
"""One that may be the pattern of many."""


def answered(schema: Mapping[str, Any], what: str) -> dict[str, Any]:
    """Success, as the description tells it: a JSON document of that schema."""
    return {"200": {"description": what, "content": {JSON: {"schema": schema}}}}


def laid_out(schema: Mapping[str, Any], what: str, media_type: str = JSON) -> dict[str, Any]:
    """The same, also as a page for people."""
    return {"200": {"description": what, "content": {media_type: {"schema": schema}, **PAGE}}}


def of_epoch(response: Response, epoch: int, crs: Crs) -> Response:
    """Says which publish it shows and in which system, and that a cache has to ask again."""
    response.headers["Gis-Epoch"] = str(epoch)
    response.headers["Content-Crs"] = f"<{crs.uri}>"
    response.headers["Access-Control-Expose-Headers"] = "Content-Crs, Gis-Epoch"
    return for_this_reader(response)


def for_this_reader(response: Response, *varying: str) -> Response:
    """For pages of other sites as well; what a signed-in reader sees is not for a shared cache."""
    response.headers["Cache-Control"] = "private, no-cache" if actor().audience else "no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.vary.update(varying)
    return response

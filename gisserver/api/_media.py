"""Media types and the headers of answers made of features."""

from flask import Response

from gisserver.access import actor
from layers.core.crs import Crs

JSON = "application/json"
GEOJSON = "application/geo+json"
SCHEMA = "application/schema+json"
PROBLEM = "application/problem+json"

PAGE = {"text/html": {"schema": {"type": "string"}}}
"""Of an answer that is also laid out for people."""

LINK = {
    "type": "object",
    "required": ["href", "rel"],
    "properties": {
        **{name: {"type": "string"} for name in ("href", "rel", "type", "title")},
        "length": {"type": "integer"},
    },
}
"""A link as every document of ours writes it."""


def of_epoch(response: Response, epoch: int, crs: Crs) -> Response:
    """Says which publish it shows and in which system, and that a cache has to ask again."""
    response.headers["Gis-Epoch"] = str(epoch)
    response.headers["Content-Crs"] = f"<{crs.uri}>"
    response.headers["Cache-Control"] = "private, no-cache" if actor().audience else "no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Content-Crs, Gis-Epoch"
    return response

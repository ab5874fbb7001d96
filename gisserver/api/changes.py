"""/api/collections/{collection}/changes: what differs between two states of a layer."""

from collections.abc import Generator
from itertools import chain
from uuid import UUID

from flask import Blueprint, Response, request, stream_with_context, url_for

from gisserver.api._layers import readable, seen_layer
from gisserver.api._media import LINK, of_epoch
from gisserver.api._negotiation import Chosen, chosen
from gisserver.api._openapi import OF_LAYER, everywhere
from gisserver.api._page_links import address, link
from gisserver.api._reading import reading
from gisserver.api.collections import COLLECTION
from gisserver.formats import ChangeLinks, FeatureFormat, feature_formats
from layers.core.changes import ChangesQuery, Span, change_parameters, span_of
from layers.core.query import ReadableLayer
from layers.core.query.parameters import EVERYWHERE, Parameter

bp = Blueprint("changes", __name__)


def _parameters(met: ReadableLayer) -> tuple[Parameter, ...]:
    return (*change_parameters(met), *everywhere(met, {one.word: one.title for one in change_formats()}))


def change_formats() -> list[FeatureFormat]:
    """Those that can tell changes; the one with pages first."""
    return [one for one in feature_formats() if one.changes is not None]


_CHANGE = {
    "type": "object",
    "required": ["type", "id", "geometry", "properties"],
    "properties": {
        "type": {"type": "string", "enum": ["Feature"]},
        "id": {"type": "string", "format": "uuid"},
        "geometry": {"type": "object", "description": "The shape as it is, or was where it was removed"},
        "properties": {
            "type": "object",
            "required": ["change", "ref", "changed", "before", "after"],
            "properties": {
                "change": {"type": "string", "enum": ["added", "modified", "removed"]},
                "ref": {"type": "string"},
                "changed": {"type": "array", "items": {"type": "string"}, "description": "Fields; geom for the shape"},
                "before": {"type": "object", "nullable": True, "description": "The feature as it was"},
                "after": {"type": "object", "nullable": True, "description": "The feature as it is"},
            },
        },
    },
}
_PAGE = {
    "type": "object",
    "required": ["type", "from", "to", "numberReturned", "links", "features"],
    "properties": {
        "type": {"type": "string", "enum": ["FeatureCollection"]},
        "from": {"type": "integer"},
        "to": {"type": "integer"},
        "numberReturned": {"type": "integer", "minimum": 0},
        "links": {"type": "array", "items": LINK},
        "features": {"type": "array", "items": _CHANGE},
    },
}
_CONTENTS = {
    media_type: {"schema": _PAGE if one.is_paged else {"type": "string", "format": "binary"}}
    for one in change_formats()
    for media_type in (one.media_type, *one.also)
}
CONFORMS: tuple[str, ...] = ()
PATHS = {
    "/api/collections/{collection}/changes": {
        "get": {
            "summary": "What was added, modified and removed between two publishes or moments",
            "parameters": [COLLECTION],
            OF_LAYER: _parameters,
            "responses": {"200": {"description": "Changes", "content": _CONTENTS}},
        }
    }
}


@bp.get("/api/collections/<layer_id>/changes")
def changes(layer_id: str) -> Response:
    """Net changes: nobody hears of what came and went in between."""
    wanted = chosen(change_formats())
    met = readable(seen_layer(layer_id))
    query = ChangesQuery.parse(request.args, met, wanted.format.unsaid(met))
    pieces = _answer(wanted, query)
    span = Span(*map(int, next(pieces).split()))
    # The first piece is read before the answer begins, so that trouble can still be told.
    first = next(pieces, "")
    body = first if wanted.format.is_paged else stream_with_context(chain((first,), pieces))
    response = Response(body, content_type=wanted.content_type)
    if not wanted.format.is_paged:
        name = f"{layer_id}-{span.first}-{span.last}.{wanted.format.suffix}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.vary.update(("Accept", "Accept-Language", "Cookie"))
    return of_epoch(response, span.last, query.about.crs)


def _answer(wanted: Chosen, query: ChangesQuery) -> Generator[str, None, None]:
    """First the two publishes, then the changes, piece by piece."""
    with reading(is_whole=query.about.limit is None) as (connection, _newest):
        span = span_of(connection, query.since, query.until)
        yield f"{span.first} {span.last}"
        if wanted.format.changes is not None:
            yield from wanted.format.changes(connection, query, span, _links(wanted, query))


def _links(wanted: Chosen, query: ChangesQuery) -> ChangeLinks:
    layer = query.about.readable.layer.id
    here = url_for(".changes", layer_id=layer, _external=True)
    kept = {name: request.args[name] for name in EVERYWHERE if name in request.args}

    def links(span: Span, after: UUID | None) -> list[dict[str, str]]:
        def page(mark: UUID | None) -> str:
            return address(here, {**query.arguments(span, mark), **kept})

        collection = url_for("collections.collection", layer_id=layer, _external=True)
        found = [link("self", page(query.after), wanted.media_type), link("collection", collection)]
        if after is not None:
            found.append(link("next", page(after), wanted.media_type))
        whole = query.arguments(span)
        others = [one for one in change_formats() if one != wanted.format]
        return found + [
            link("alternate", address(here, {**whole, **kept, "f": one.word}), one.media_type) for one in others
        ]

    return links

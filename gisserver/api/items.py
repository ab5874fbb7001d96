"""/api/collections/{collection}/items: features of a layer, a page at a time or one by its name."""

import json
from collections.abc import Generator, Mapping
from dataclasses import replace
from itertools import chain
from urllib.parse import urlencode

from flask import Blueprint, Response, request, stream_with_context, url_for
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.api._layers import readable, seen_layer
from gisserver.api._media import GEOJSON, of_epoch
from gisserver.api.collections import COLLECTION
from gisserver.errors import Ended, NotHere, Refused
from gisserver.service import service
from layers.core.layer import Layer
from layers.core.query import (
    FeatureQuery,
    PageEnd,
    at_epoch,
    count_matches,
    counted,
    guess_matches,
    limit_time,
    read_feature,
    read_page,
    was_published,
    within_reason,
)
from layers.core.query.page import BLOCK
from layers.core.query.parameters import EVERYWHERE
from layers.core.store import Connection
from layers.core.successors import successors

bp = Blueprint("items", __name__)
_CQL2 = "http://www.opengis.net/spec/cql2/1.0/conf"
CONFORMS = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
    *(
        f"{_CQL2}/{name}"
        for name in (
            "cql2-text",
            "cql2-json",
            "basic-cql2",
            "advanced-comparison-operators",
            "case-insensitive-comparison",
            "accent-insensitive-comparison",
            "basic-spatial-functions",
            "basic-spatial-functions-plus",
            "spatial-functions",
            "temporal-functions",
            "property-property",
            "arithmetic",
        )
    ),
)
_FEATURES = {"200": {"description": "Features", "content": {GEOJSON: {}}}}
FEATURE = {"name": "feature", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
PATHS = {
    "/api/collections/{collection}/items": {
        "get": {"summary": "A page of features", "parameters": [COLLECTION], "responses": _FEATURES}
    },
    "/api/collections/{collection}/items/{feature}": {
        "get": {
            "summary": "One feature by its lasting number or its ref",
            "parameters": [COLLECTION, FEATURE],
            "responses": _FEATURES,
        }
    },
}


@bp.get("/api/collections/<layer_id>/items")
def items(layer_id: str) -> Response:
    """A short page is answered whole; a long one is sent as it is read."""
    query = FeatureQuery.parse(request.args, readable(seen_layer(layer_id)))
    pieces = _collection_text(query)
    epoch = int(next(pieces))
    # The first block is read before the answer begins, so that trouble can still be told.
    start = next(pieces)
    body = chain((start,), pieces)
    response = Response(
        "".join(body) if query.limit <= BLOCK else stream_with_context(body),
        content_type=GEOJSON,
    )
    return of_epoch(response, epoch, query.crs)


@bp.get("/api/collections/<layer_id>/items/<path:feature_id>")
def item(layer_id: str, feature_id: str) -> Response:
    """One feature by uid or ref; an ended one says what it became."""
    query = FeatureQuery.parse_item(request.args, readable(seen_layer(layer_id)))
    with service().store.reading(actor()) as connection:
        current = limit_time(connection, service().settings.query_seconds)
        query = at_epoch(query, current)
        feature = read_feature(connection, query, feature_id)
        if feature is None:
            raise _absent(connection, query.readable.layer, feature_id)
    links = [_link("self", request.base_url, GEOJSON), _link("collection", _collection_address(layer_id))]
    body = f'{feature[:-1]},"links":{json.dumps(links)}}}'
    return of_epoch(Response(body, content_type=GEOJSON), query.as_of or current, query.crs)


def _collection_text(query: FeatureQuery) -> Generator[str, None, None]:
    """First the number of the publish, then the text of the answer, piece by piece."""
    seconds = service().settings.query_seconds
    with service().store.reading(actor()) as connection, within_reason(seconds):
        current = limit_time(connection, seconds)
        asked = at_epoch(query, current)
        yield str(asked.as_of or current)
        head = json.dumps({"type": "FeatureCollection", **_numbers(connection, asked)}, separators=(",", ":"))
        end = yield from _features(f'{head[:-1]},"features":[', connection, asked)
        tail = json.dumps({"numberReturned": end.number_returned, "links": _links(query, end)}, ensure_ascii=False)
        yield f"],{tail[1:]}"


def _features(start: str, connection: Connection, query: FeatureQuery) -> Generator[str, None, PageEnd]:
    page = read_page(connection, query)
    between = start
    while True:
        try:
            block = next(page)
        except StopIteration as stop:
            if between is start:
                yield start
            end: PageEnd = stop.value
            return end
        yield between + ",".join(block)
        between = ","


def _numbers(connection: Connection, query: FeatureQuery) -> Mapping[str, int]:
    """Only an exact number may be called numberMatched."""
    known = counted(connection, query)
    if known is not None:
        return {"numberMatched": known}
    if query.count == "exact":
        return {"numberMatched": count_matches(connection, query)}
    return {"numberEstimated": guess_matches(connection, query)} if query.count == "estimate" else {}


def _links(query: FeatureQuery, end: PageEnd) -> list[dict[str, str]]:
    layer_id = query.readable.layer.id
    here = url_for(".items", layer_id=layer_id, _external=True)
    kept = {name: request.args[name] for name in EVERYWHERE if name in request.args}

    def address(page: FeatureQuery) -> str:
        asked = urlencode({**page.arguments, **kept})
        return f"{here}?{asked}" if asked else here

    links = [_link("self", address(query), GEOJSON), _link("collection", _collection_address(layer_id))]
    if end.before is not None:
        links.append(_link("prev", address(replace(query, before=end.before, after=None)), GEOJSON))
    if end.after is not None:
        links.append(_link("next", address(replace(query, after=end.after, before=None)), GEOJSON))
    return links


def _link(rel: str, href: str, media_type: str = "application/json") -> dict[str, str]:
    return {"rel": rel, "type": media_type, "href": href}


def _collection_address(layer_id: str) -> str:
    return url_for("collections.collection", layer_id=layer_id, _external=True)


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

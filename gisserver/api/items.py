"""/api/collections/{collection}/items: features of a layer, some or all, or one by its name."""

from collections.abc import Generator
from dataclasses import replace
from http import HTTPStatus
from itertools import chain
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, request, stream_with_context, url_for

from gisserver.access import actor
from gisserver.api import _memento
from gisserver.api._item_answer import item_answer
from gisserver.api._item_page import item_page
from gisserver.api._items_page import items_page
from gisserver.api._layers import no_feature, readable, seen_layer
from gisserver.api._media import GEOJSON
from gisserver.api._negotiation import Chosen, chosen
from gisserver.api._page_answer import described, page_tag
from gisserver.api._page_links import page_links
from gisserver.api._reading import reading
from gisserver.api.collections import COLLECTION
from gisserver.downloads.apart import contents, folder_of
from gisserver.downloads.order import Order
from gisserver.ended import ended_sentence
from gisserver.errors import Ended, Refused
from gisserver.formats import Filed, Paged, Shown, Streamed, feature_formats
from gisserver.formats.jsonfg import CONFORMS_TO
from gisserver.service import service
from layers.core.changes import published_since
from layers.core.layer import Layer
from layers.core.query import FeatureQuery, at_epoch, limit_time, was_published
from layers.core.query.page import BLOCK
from layers.core.store import Connection
from layers.core.successors import ending

bp = Blueprint("items", __name__)
_CQL2 = "http://www.opengis.net/spec/cql2/1.0/conf"
CONFORMS = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
    *CONFORMS_TO,
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
        "get": {
            "summary": "Features, a page of them or all, in many formats",
            "parameters": [COLLECTION],
            "responses": _FEATURES,
        }
    },
    "/api/collections/{collection}/items/{feature}": {
        "get": {
            "summary": "One feature by its lasting number or its ref",
            "parameters": [COLLECTION, FEATURE],
            "responses": _FEATURES,
        }
    },
}


@bp.get("/api/collections/<layer_id>/items", provide_automatic_options=False)
def items(layer_id: str) -> Response:
    """A short page is answered whole; all else is sent as it is read."""
    wanted = chosen(feature_formats())
    met = readable(seen_layer(layer_id))
    query = FeatureQuery.parse(request.args, met, wanted.format.unsaid(met))
    how = wanted.format.how
    if isinstance(how, Shown):
        return items_page(query, wanted)
    if isinstance(how, Filed):
        how.check(query)
    pieces = _filed(wanted, query) if isinstance(how, Filed) else _answer(wanted, query)
    epoch = int(next(pieces))
    tag = page_tag(wanted, query, epoch)
    if tag is not None and tag in request.if_none_match:
        pieces.close()
        return described(Response(status=HTTPStatus.NOT_MODIFIED), query, epoch, tag)
    is_unread = request.method == "HEAD" and not wanted.format.is_paged
    if is_unread:
        pieces.close()
    # The first piece is read before the answer begins, so that trouble can still be told.
    size = next(pieces, None) if isinstance(how, Filed) else None
    body = chain((next(pieces, b""),), pieces)
    is_short = not is_unread and query.limit is not None and query.limit <= BLOCK
    response = Response(b"".join(body) if is_short else stream_with_context(body), content_type=wanted.content_type)
    if size is not None:
        response.headers["Content-Length"] = size.decode()
    if not wanted.format.is_paged:
        name = f"{layer_id}-{epoch}.{wanted.format.suffix}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return described(response, query, epoch, tag)


@bp.get("/api/collections/<layer_id>/items/<path:feature_id>", provide_automatic_options=False)
def item(layer_id: str, feature_id: str) -> Response:
    """One feature by uid or ref; an ended one says what it became."""
    wanted = chosen([one for one in feature_formats() if one.item is not None])
    met = readable(seen_layer(layer_id))
    query = FeatureQuery.parse_item(request.args, met, wanted.format.unsaid(met))
    if _memento.is_timed():
        return _memento.to_memento(met.layer, feature_id)
    is_version = query.as_of is not None
    with service().store.reading(actor()) as connection:
        current = limit_time(connection, service().settings.query_seconds)
        query = at_epoch(query, current)
        feature = wanted.format.item(connection, query, feature_id) if wanted.format.item else None
        if feature is None:
            raise _absent(connection, query.readable.layer, feature_id)
        since = published_since(connection, met.layer, feature_id, query.as_of) if is_version else None
        if isinstance(wanted.format.how, Shown):
            return item_page(connection, query, feature.text, wanted)
    return item_answer(wanted, query, feature_id, feature, query.as_of or current, since)


def _answer(wanted: Chosen, query: FeatureQuery) -> Generator[bytes, None, None]:
    """First the number of the publish, then the answer, piece by piece."""
    with reading(is_whole=query.limit is None) as (connection, current):
        asked = at_epoch(query, current)
        yield str(asked.as_of or current).encode()
        match wanted.format.how:
            case Paged(write):
                for piece in write(connection, asked, page_links(query, wanted)):
                    yield piece.encode()
            case Streamed(write_all):
                yield from write_all(connection, asked)


def _filed(wanted: Chosen, query: FeatureQuery) -> Generator[bytes, None, None]:
    """First the number of the publish, then how many bytes there are, then the bytes."""
    settings = service().settings
    with service().downloads.one():
        with service().store.reading(actor()) as connection:
            current = limit_time(connection, settings.query_seconds)
        asked = query if at_epoch(query, current).as_of is not None else replace(query, as_of=current)
        yield str(asked.as_of).encode()
        with folder_of(settings.data) as folder:
            yield from contents(_order(wanted, asked, Path(folder)), settings.download_seconds)


def _order(wanted: Chosen, query: FeatureQuery, folder: Path) -> Order:
    settings = service().settings
    layer = query.readable.layer.id
    return Order(
        database_url=service().store.url,
        profile=str(service().profile.path),
        layer=layer,
        format=wanted.format.word,
        arguments=query.arguments,
        role=actor().role,
        district_id=actor().district_id,
        account_id=actor().account_id,
        target=str(folder / f"{layer}.{wanted.format.suffix}"),
        query_seconds=settings.query_seconds,
        most_bytes=settings.download_limit_mb * 1_000_000,
    )


def _absent(connection: Connection, layer: Layer, feature_id: str) -> Refused:
    uid = was_published(connection, layer, feature_id)
    if uid is None:
        return no_feature(layer.id, feature_id)
    found = ending(connection, layer, uid)
    became = [
        {
            "uid": str(heir.uid),
            "ref": heir.ref,
            "operation": heir.operation,
            "href": url_for(".item", layer_id=layer.id, feature_id=heir.uid, _external=True),
        }
        for heir in found.successors
    ]
    facts: dict[str, Any] = {
        "operation": found.operation,
        "ended_at": found.on and found.on.isoformat(),
        "epoch": found.epoch,
        "changeset": found.changeset_id,
        "family": url_for("family.family_of", layer_id=layer.id, feature_id=uid, _external=True),
    }
    return Ended(ended_sentence(feature_id, found), successors=became, **facts)

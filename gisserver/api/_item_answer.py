"""One feature as an answer: its text with links, its version as ETag, where its past is."""

import datetime
import hashlib
import json
from http import HTTPStatus

from flask import Response, request, url_for
from flask_babel import get_locale

from gisserver.access import actor
from gisserver.api import _memento
from gisserver.api._media import of_epoch
from gisserver.api._negotiation import Chosen
from gisserver.api._page_links import format_link, link
from gisserver.editing.versions import version_tag
from gisserver.formats import feature_formats
from layers.core.layer import Layer
from layers.core.query import FeatureQuery, FoundFeature
from layers.core.tiles.export.description import generator

VARY = ("Accept", "Accept-Language", "Authorization", "Cookie")


def item_answer(
    wanted: Chosen,
    query: FeatureQuery,
    feature_id: str,
    feature: FoundFeature,
    epoch: int,
    published_at: datetime.datetime | None = None,
) -> Response:
    """304 where the caller has it; `published_at` belongs to a past version only."""
    tag = version_tag(feature.uid, feature.version, item_variant(wanted))
    if tag in request.if_none_match:
        response = Response(status=HTTPStatus.NOT_MODIFIED)
    else:
        body = f'{feature.text[:-1]},"links":{json.dumps(_links(wanted, query.readable.layer, feature_id))}}}'
        response = Response(body, content_type=wanted.content_type)
    response.set_etag(tag)
    response.vary.update(VARY)
    _memento.describe(response, query.readable.layer, feature_id, published_at)
    return of_epoch(response, epoch, query.crs)


def _links(wanted: Chosen, layer: Layer, feature_id: str) -> list[dict[str, str]]:
    others = [one for one in feature_formats() if one.item is not None and one != wanted.format]
    return [
        link("self", request.url, wanted.media_type),
        link("collection", url_for("collections.collection", layer_id=layer.id, _external=True)),
        link("version-history", url_for("history.history", layer_id=layer.id, feature_id=feature_id, _external=True)),
        *(format_link("alternate", request.base_url, one, request.args) for one in others),
    ]


def item_variant(wanted: Chosen) -> str:
    """What an answer depends on beside the feature, which is named by its tag as well."""
    asked = request.url_root, request.query_string.decode("latin-1")
    told = (*asked, wanted.format.word, wanted.media_type, actor().audience.name, str(get_locale()), generator())
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]

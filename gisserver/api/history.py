"""/api/collections/{collection}/items/{feature}/history: the life of one feature, version by version."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import get_locale

from gisserver.api._layers import no_feature, readable, seen_layer
from gisserver.api._media import JSON, LINK, for_this_reader
from gisserver.api._memento import LINK_FORMAT, timemap, version_address
from gisserver.api._negotiation import by_word_or_accept
from gisserver.api._openapi import OF_LAYER, everywhere
from gisserver.api._page_links import address, link
from gisserver.api._reading import reading
from gisserver.api.collections import COLLECTION
from gisserver.api.items import FEATURE
from layers.core.changes import (
    HISTORY,
    Decision,
    History,
    HistoryQuery,
    Relative,
    Turn,
    Version,
    decisions,
    feature_uid,
    mementos,
    read_history,
)
from layers.core.layer import Layer
from layers.core.query import ReadableLayer
from layers.core.query.parameters import EVERYWHERE, Parameter
from layers.core.words import Title

bp = Blueprint("history", __name__)
CONFORMS: tuple[str, ...] = ()
FORMATS = {"json": JSON, "link": LINK_FORMAT}
_TITLES = {
    "json": Title("sürümler ve neyin değiştiği", "versions and what changed"),
    "link": Title("TimeMap (RFC 7089)", "TimeMap (RFC 7089)"),
}


def _parameters(met: ReadableLayer) -> tuple[Parameter, ...]:
    return (*HISTORY, *everywhere(met, _TITLES))


_RELATIVES = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["uid", "ref", "operation", "epoch", "href"],
        "properties": {
            "uid": {"type": "string", "format": "uuid"},
            "ref": {"type": "string", "nullable": True},
            "operation": {"type": "string"},
            "epoch": {"type": "integer"},
            "href": {"type": "string"},
        },
    },
}
_VERSION = {
    "type": "object",
    "required": ["version", "ref", "change", "changed", "shape_changed", "begun", "ended", "href"],
    "properties": {
        "version": {"type": "integer"},
        "ref": {"type": "string"},
        "change": {"type": "string", "enum": ["added", "modified", "restored"]},
        "changed": {"type": "array", "items": {"type": "object", "required": ["field", "before", "after"]}},
        "shape_changed": {"type": "boolean"},
        "valid_from": {"type": "string", "format": "date", "nullable": True},
        "valid_to": {"type": "string", "format": "date", "nullable": True},
        "begun": {"type": "object", "required": ["epoch", "published_at", "changeset", "operation"]},
        "ended": {"type": "object", "nullable": True},
        "href": {"type": "string"},
    },
}
_SCHEMA = {
    "type": "object",
    "required": ["layer", "uid", "versions", "predecessors", "successors", "links"],
    "properties": {
        "layer": {"type": "string"},
        "uid": {"type": "string", "format": "uuid"},
        "versions": {"type": "array", "items": _VERSION},
        "predecessors": _RELATIVES,
        "successors": _RELATIVES,
        "links": {"type": "array", "items": LINK},
    },
}
PATHS = {
    "/api/collections/{collection}/items/{feature}/history": {
        "get": {
            "summary": "All versions of a feature, what each changed, its predecessors and successors",
            "parameters": [COLLECTION, FEATURE],
            OF_LAYER: _parameters,
            "responses": {
                "200": {
                    "description": "The history, as JSON or as a TimeMap (RFC 7089)",
                    "content": {JSON: {"schema": _SCHEMA}, LINK_FORMAT: {"schema": {"type": "string"}}},
                }
            },
        }
    }
}


@bp.get("/api/collections/<layer_id>/items/<path:feature_id>/history")
def history(layer_id: str, feature_id: str) -> Response:
    """Oldest first; who decided what is told to those who may see the changesets."""
    met = readable(seen_layer(layer_id))
    query = HistoryQuery.parse(request.args, met)
    if by_word_or_accept(FORMATS) == LINK_FORMAT:
        return _timemap(met.layer, feature_id)
    with reading(is_whole=False) as (connection, _newest):
        found = read_history(connection, query, feature_id)
        if found is None:
            raise no_feature(met.layer.id, feature_id)
        numbers = {turn.publish.changeset_id for turn in _turns(found) if turn.publish.changeset_id is not None}
        decided = decisions(connection, numbers)
    response = jsonify(_told(met.layer, found, decided, query.limit))
    return for_this_reader(response, "Accept", "Accept-Language", "Cookie")


def _timemap(layer: Layer, feature_id: str) -> Response:
    with reading(is_whole=False) as (connection, _newest):
        uid = feature_uid(connection, layer, feature_id)
        if uid is None:
            raise no_feature(layer.id, feature_id)
        found = mementos(connection, layer, uid)
    return for_this_reader(
        Response(timemap(layer, feature_id, found), content_type=LINK_FORMAT), "Accept", "Accept-Language", "Cookie"
    )


def _told(layer: Layer, found: History, decided: Mapping[int, Decision], limit: int) -> dict[str, Any]:
    here = url_for(".history", layer_id=layer.id, feature_id=found.uid, _external=True)
    item = url_for("items.item", layer_id=layer.id, feature_id=found.uid, _external=True)
    links = [
        link("self", here),
        link("original", item, "application/geo+json"),
        link("timemap", address(here, {"f": "link"}), LINK_FORMAT),
    ]
    if found.after is not None:
        kept = {name: request.args[name] for name in EVERYWHERE if name in request.args}
        links.append(link("next", address(here, {"after": str(found.after), "limit": str(limit), **kept})))
    return {
        "layer": layer.id,
        "uid": str(found.uid),
        "versions": [_version(layer, found, version, decided) for version in found.versions],
        "predecessors": [_relative(layer, one) for one in found.predecessors],
        "successors": [_relative(layer, one) for one in found.successors],
        "links": links,
    }


def _version(layer: Layer, found: History, version: Version, decided: Mapping[int, Decision]) -> dict[str, Any]:
    language = str(get_locale())
    titles = {field.name: field.title.in_language(language) for field in readable(layer).properties}
    changed = [
        {"field": one.field, "title": titles[one.field], "before": one.before, "after": one.after}
        for one in version.changed
    ]
    return {
        "version": version.number,
        "ref": version.ref,
        "change": version.change,
        "changed": changed,
        "shape_changed": version.is_shape_changed,
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "begun": _turn(version.begun, decided),
        "ended": version.ended and _turn(version.ended, decided),
        "href": version_address(layer, str(found.uid), version.begun.publish.epoch),
    }


def _turn(turn: Turn, decided: Mapping[int, Decision]) -> dict[str, Any]:
    publish = turn.publish
    told: dict[str, Any] = {
        "epoch": publish.epoch,
        "published_at": publish.at.isoformat(),
        "changeset": publish.changeset_id,
        "operation": turn.operation,
    }
    decision = None if publish.changeset_id is None else decided.get(publish.changeset_id)
    if decision is not None:
        told["decision"] = {
            "title": decision.title,
            "reverts": decision.reverts,
            "sent_by": decision.sent_by,
            "published_by": decision.published_by,
        }
    return told


def _relative(layer: Layer, one: Relative) -> dict[str, Any]:
    return {
        "uid": str(one.uid),
        "ref": one.ref,
        "operation": one.operation,
        "epoch": one.epoch,
        "href": url_for(".history", layer_id=layer.id, feature_id=one.uid, _external=True),
    }


def _turns(found: History) -> Iterator[Turn]:
    for version in found.versions:
        yield version.begun
        if version.ended is not None:
            yield version.ended

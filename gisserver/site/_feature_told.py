"""A feature's own fields and downloads, for the pages that tell of one in words."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from gisserver.api._layers import readable, seen_layer
from gisserver.api._page_links import format_link
from gisserver.formats import feature_formats
from gisserver.shown_facts import shown_facts
from layers.core.query import FeatureQuery, read_feature
from layers.core.store import Connection


@dataclass(frozen=True)
class FeatureTold:
    """What this reader may know of it."""

    facts: tuple[tuple[str, str], ...]
    fields: Mapping[str, Any]
    downloads: tuple[Mapping[str, str], ...]


def feature_told(connection: Connection, layer_id: str, uid: uuid.UUID, apart: frozenset[str]) -> FeatureTold | None:
    """Facts without those that the page itself tells apart; None for one that is not published."""
    query = FeatureQuery.parse_item({}, readable(seen_layer(layer_id)))
    found = read_feature(connection, query, str(uid))
    if found is None:
        return None
    fields = json.loads(found.text)["properties"]
    here = url_for("items.item", layer_id=layer_id, feature_id=uid)
    formats = [one for one in feature_formats() if one.item is not None]
    return FeatureTold(
        facts=tuple(shown_facts(query.readable, (name for name in query.names if name not in apart), fields)),
        fields=fields,
        downloads=tuple(format_link("alternate", here, one, {}) for one in formats if one.word != "html"),
    )

"""One feature as a page for people: every field with its title and unit, and where it lies."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Response, render_template, request

from gisserver.api._items_page import kept_by_nobody
from gisserver.api._media import of_epoch
from gisserver.api._negotiation import Chosen
from gisserver.api._page_links import format_link
from gisserver.formats import feature_formats
from gisserver.service import service
from gisserver.shown_facts import shown_facts
from gisserver.style import lonlat_bounds
from layers.core.epochs import current_epoch, epoch_details
from layers.core.layer import Layer
from layers.core.query import FeatureQuery
from layers.core.store import Connection


def item_page(connection: Connection, query: FeatureQuery, feature: str, wanted: Chosen) -> Response:
    """What somebody sees who opens the address of a feature in a browser."""
    said = json.loads(feature)
    number = current_epoch(connection) if query.as_of is None else query.as_of
    formats = [one for one in feature_formats() if one.item and one != wanted.format]
    layer = query.readable.layer
    page = render_template(
        "item.html",
        layer=layer,
        uid=said["uid"],
        name=_name(layer, said["properties"]) or said["uid"],
        facts=list(shown_facts(query.readable, query.names, said["properties"])),
        epoch=epoch_details(connection, number),
        downloads=[format_link("alternate", request.base_url, one, request.args) for one in formats],
        shapes=f"{request.base_url}?{urlencode(_shape_alone(query))}",
        bounds=lonlat_bounds(service().profile),
    )
    return kept_by_nobody(of_epoch(Response(page, content_type=wanted.content_type), number, query.crs))


def _name(layer: Layer, fields: Mapping[str, Any]) -> str | None:
    """As people say it, and as the map does: a parcel by its block and number."""
    if fields.get("block_no") and fields.get("parcel_no"):
        return f"{fields['block_no']}/{fields['parcel_no']}"
    return fields.get(layer.label) or fields.get("ref")


def _shape_alone(query: FeatureQuery) -> dict[str, str]:
    epoch = {} if query.as_of is None else {"epoch": str(query.as_of)}
    return {**epoch, "properties": query.readable.layer.label, "f": "json"}

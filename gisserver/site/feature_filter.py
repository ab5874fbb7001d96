"""/filter/LAYER: turns what a form says of fields, order and columns into the address that asks the feature service."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from gisserver.api._layers import readable, seen_layer
from gisserver.api._table import usual_columns
from gisserver.plain_filter import Wanted, cql2_of
from gisserver.site import Navigation
from layers.core.query import ReadableLayer
from layers.core.words import Title

bp = Blueprint("feature_filter", __name__)
NAV = Navigation(Title("Veri", "Data"), "collections.collections", 25)
_OWN = ("order", "direction", "column", "filter")
_PLACES = {"is": "value", "from": "least", "to": "most"}


@bp.get("/filter/<layer_id>")
def ask(layer_id: str) -> Response:
    """What is left empty is not asked for."""
    met = readable(seen_layer(layer_id))
    asked: dict[str, Any] = dict(_arguments(met))
    return redirect(url_for("items.items", layer_id=layer_id, **asked), HTTPStatus.SEE_OTHER)


def _arguments(met: ReadableLayer) -> Iterator[tuple[str, str]]:
    of_fields = {f"{place}.{name}" for place in _PLACES for name in met.names}
    for name, value in request.args.items():
        if value and name not in _OWN and name not in of_fields:
            yield name, value
    condition = request.args.get("filter", "").strip() or cql2_of(_wanted(met), met)
    if condition:
        yield "filter", condition
    if order := request.args.get("order"):
        yield "sortby", f"-{order}" if request.args.get("direction") == "descending" else order
    columns = request.args.getlist("column")
    if columns and columns != usual_columns(met):
        yield "properties", ",".join(columns)


def _wanted(met: ReadableLayer) -> dict[str, Wanted]:
    found: dict[str, Wanted] = {}
    for name in met.names:
        said = {meant: request.args.get(f"{place}.{name}", "").strip() for place, meant in _PLACES.items()}
        if any(said.values()):
            found[name] = Wanted(**said)
    return found

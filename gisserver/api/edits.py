"""Create, replace, update and delete features (OGC API – Features Part 4): each request is a changeset of its own."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, request
from flask_babel import get_locale

from gisserver.access import EDITORS, actor, needs_role
from gisserver.api import _parameters as parameters
from gisserver.api._edit_description import DRY_RUN
from gisserver.api._layers import readable, seen_layer
from gisserver.api._media import GEOJSON, of_epoch
from gisserver.api.collections import COLLECTION
from gisserver.api.items import FEATURE
from gisserver.editing.answers import (
    address_of_changeset,
    address_of_item,
    overtaken,
    refuse_unless_done,
    told_outcome,
)
from gisserver.editing.body import GEOJSON_BODIES, PATCH_BODIES, Body, read_body
from gisserver.editing.features import SentFeature, content_crs, read_feature_body, read_patch_body
from gisserver.editing.order import Became, Item, Order, Outcome
from gisserver.editing.versions import must_be_new, version_tag, wanted_versions
from gisserver.service import service
from layers.core.crs import Crs
from layers.core.edits import Action, Edit, Wish, is_named
from layers.core.epochs import current_epoch
from layers.core.layer import Layer
from layers.core.query import FeatureQuery, published_version, read_feature

bp = Blueprint("edits", __name__)
_PART_4 = "http://www.opengis.net/spec/ogcapi-features-4/1.0/conf"
CONFORMS = tuple(
    f"{_PART_4}/{name}" for name in ("create-replace-delete", "update", "optimistic-locking-etags", "features")
)
_DONE = {"201": {"description": "Created"}, "202": {"description": "Waits for review"}}
_CHANGED = {"204": {"description": "Published"}, "202": {"description": "Waits for review"}}
PATHS = {  # of each layer the description says more: _edit_description
    "/api/collections/{collection}/items": {
        "post": {"summary": "Create a feature", "parameters": [COLLECTION], "responses": _DONE}
    },
    "/api/collections/{collection}/items/{feature}": {
        "put": {
            "summary": "Replace a feature, or create one of that ref",
            "parameters": [COLLECTION, FEATURE],
            "responses": _CHANGED,
        },
        "patch": {
            "summary": "Change what a merge patch names",
            "parameters": [COLLECTION, FEATURE],
            "responses": _CHANGED,
        },
        "delete": {"summary": "End a feature", "parameters": [COLLECTION, FEATURE], "responses": _CHANGED},
    },
}
_OF_ITEMS = ("GET", "HEAD", "OPTIONS", "POST")
_OF_AN_ITEM = ("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")


@bp.post("/api/collections/<layer_id>/items", provide_automatic_options=False)
@needs_role(*EDITORS)
def create(layer_id: str) -> Response:
    """A new feature; its number is the pool's, its ref the district's."""
    layer, trial, body = seen_layer(layer_id), is_trial(), sent_body(GEOJSON_BODIES)
    sent = read_feature_body(body.said, readable(layer), content_crs(readable(layer)))
    edit = Edit(1, Action.CREATE, layer.id, district_id=sent.district_id, **_said(sent))
    return _answered(_outcome(edit, body, sent.crs, trial), sent.crs)


@bp.put("/api/collections/<layer_id>/items/<path:feature_id>", provide_automatic_options=False)
@needs_role(*EDITORS)
def put(layer_id: str, feature_id: str) -> Response:
    """The feature as a whole; where there is none, one of that ref."""
    layer, trial, body = seen_layer(layer_id), is_trial(), sent_body(GEOJSON_BODIES)
    sent = read_feature_body(body.said, readable(layer), content_crs(readable(layer)))
    edit = Edit(
        1,
        Action.REPLACE,
        layer.id,
        feature_id,
        may_create=True,
        must_be_new=must_be_new(),
        validators=wanted_versions(),
        district_id=sent.district_id,
        **_said(sent),
    )
    return _answered(_outcome(edit, body, sent.crs, trial), sent.crs)


@bp.patch("/api/collections/<layer_id>/items/<path:feature_id>", provide_automatic_options=False)
@needs_role(*EDITORS)
def patch(layer_id: str, feature_id: str) -> Response:
    """Only what is to be otherwise."""
    layer, trial, body = seen_layer(layer_id), is_trial(), sent_body(PATCH_BODIES)
    sent = read_patch_body(body.said, readable(layer), content_crs(readable(layer)))
    edit = Edit(
        1,
        Action.PATCH,
        layer.id,
        feature_id,
        validators=wanted_versions(),
        district_id=sent.district_id,
        **_said(sent),
    )
    return _answered(_outcome(edit, body, sent.crs, trial), sent.crs)


@bp.delete("/api/collections/<layer_id>/items/<path:feature_id>", provide_automatic_options=False)
@needs_role(*EDITORS)
def delete(layer_id: str, feature_id: str) -> Response:
    """The feature ends; it stays in the history, and its address says so."""
    layer, trial = seen_layer(layer_id), is_trial()
    edit = Edit(1, Action.DELETE, layer.id, feature_id, validators=wanted_versions())
    crs = readable(layer).storage
    return _answered(_outcome(edit, Body(b"", {}), crs, trial), crs)


@bp.route("/api/collections/<layer_id>/items", methods=["OPTIONS"])
def options_of_items(layer_id: str) -> Response:
    """Whether the caller may create."""
    seen_layer(layer_id)
    return _allowing(_OF_ITEMS)


@bp.route("/api/collections/<layer_id>/items/<path:feature_id>", methods=["OPTIONS"])
def options_of_item(layer_id: str, feature_id: str) -> Response:
    """Whether the caller may change; also of a feature that there is not, which some programs ask about."""
    seen_layer(layer_id)
    return _allowing(_OF_AN_ITEM)


def _allowing(methods: tuple[str, ...]) -> Response:
    response = Response(status=HTTPStatus.NO_CONTENT)
    is_editor = actor().role in EDITORS
    response.allow.update(methods if is_editor else ("GET", "HEAD", "OPTIONS"))
    if is_editor and "PATCH" in methods:
        response.headers["Accept-Patch"] = ", ".join(PATCH_BODIES)
    if is_editor and "POST" in methods:
        response.headers["Accept-Post"] = ", ".join(GEOJSON_BODIES)
    return response


def is_trial() -> bool:
    """The caller wants to know what would happen. Raises Refused."""
    parameters.only(request.args, (DRY_RUN,))
    return parameters.truth(request.args, DRY_RUN)


def sent_body(accepted: tuple[str, ...]) -> Body:
    """Within what the operator allows. Raises Refused."""
    return read_body(accepted, service().settings.edit_limit_mb)


def _said(sent: SentFeature) -> dict[str, Any]:
    return {"values": sent.values, "has_shape": sent.has_shape, "shape": sent.shape}


def _outcome(edit: Edit, body: Body, crs: Crs, trial: bool) -> Outcome:
    """Raises Refused."""
    _refuse_overtaken(edit)
    named = edit.feature_id or edit.values.get("ref") or ""
    title = f"{edit.layer_id} {named}".replace("/", "-").strip() + ".json"
    wish = Wish((edit,), crs.srid, actor().district_id, title, trial)
    outcome = service().edits.outcome(Order(actor(), wish, body.raw, str(get_locale())))
    refuse_unless_done(outcome, edit.number)
    return outcome


def _refuse_overtaken(edit: Edit) -> None:
    """Who is late for certain need not wait until others are done. Raises VersionGone."""
    if edit.feature_id is None or edit.validators is None:
        return
    with service().store.reading(actor()) as connection:
        now = published_version(connection, seen_layer(edit.layer_id), edit.feature_id)
    if now is not None and not any(is_named(wanted, *now) for wanted in edit.validators):
        raise overtaken(edit.feature_id, {})


def _answered(outcome: Outcome, crs: Crs) -> Response:
    if outcome.became is Became.TRIED:
        return told_outcome(outcome)
    if outcome.became is Became.SUBMITTED:
        response = told_outcome(outcome)
        response.status_code = HTTPStatus.ACCEPTED
        response.headers["Location"] = address_of_changeset(outcome)
        return response
    return _published(outcome, next(item for item in outcome.items if item.number == 1), crs)


def _published(outcome: Outcome, item: Item, crs: Crs) -> Response:
    """Unchanged or in force: where the caller wants it, the feature as it is now."""
    if item.kind == "retire":
        response = Response(status=HTTPStatus.NO_CONTENT)
    else:
        response = _representation(item, crs) if _wants_representation() else Response(status=HTTPStatus.NO_CONTENT)
        response.set_etag(version_tag(item.uid, item.version))
    if item.kind == "insert":
        response.status_code = HTTPStatus.CREATED
        response.headers["Location"] = address_of_item(item)
    if outcome.epoch is not None:
        response.headers["Gis-Epoch"] = str(outcome.epoch)
    return response


def _wants_representation() -> bool:
    return "return=representation" in request.headers.get("Prefer", "").replace(" ", "").lower()


def _representation(item: Item, crs: Crs) -> Response:
    layer: Layer = seen_layer(item.layer_id)
    query = FeatureQuery(readable=readable(layer), crs=crs)
    with service().store.reading(actor()) as connection:
        found = read_feature(connection, query, str(item.uid))
        epoch = current_epoch(connection)
    response = Response(found.text if found else "null", content_type=GEOJSON)
    response.headers["Preference-Applied"] = "return=representation"
    return of_epoch(response, epoch, crs)

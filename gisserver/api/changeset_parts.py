"""/api/changesets/N/…: a changeset's changes one by one, its balance, what is odd about it, and what is said."""

import json
from dataclasses import asdict
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, request
from flask_babel import get_locale
from flask_babel import gettext as _

from gisserver.access import EDITORS, actor, needs_role
from gisserver.api import _parameters as parameters
from gisserver.api._media import GEOJSON, NEEDS_SESSION, answered
from gisserver.attention_words import in_words
from gisserver.change_filter import KINDS, PARAMETERS, change_filter
from gisserver.errors import Refused
from gisserver.service import service
from layers.core import attention, changeset_views, comments, review
from layers.core.changeset_views import Change, ChangeFilter, DrawnChange, FindingOfChange
from layers.core.comments import LONGEST, Comment, Kind
from layers.core.store import Connection

bp = Blueprint("changeset_parts", __name__)
CONFORMS: tuple[str, ...] = ()
MOST_DRAWN = 2_000
"""Changes that a map draws at once without hesitation."""
_CHANGESET = {"name": "changeset", "in": "path", "required": True, "schema": {"type": "integer"}}
_TEXT = {"type": "string"}
_OF_CHANGES = [
    _CHANGESET,
    parameters.described_words("kind", KINDS, "Only features that begin, change or end"),
    {"name": "field", "in": "query", "schema": _TEXT, "description": "Only edits of this field; geom for the shape"},
    {"name": "rule", "in": "query", "schema": _TEXT, "description": "Only what this rule found something about; * any"},
    {"name": "ref", "in": "query", "schema": _TEXT, "description": "Part of the ref"},
]
PATHS = {
    "/api/changesets/{changeset}/changes": {
        "get": {
            **NEEDS_SESSION,
            "summary": "A page of its changes, chosen by kind, field, finding and ref, with what was found about each",
            "parameters": [*_OF_CHANGES, parameters.described_limit(100, 1000), parameters.AFTER],
            "responses": answered({"type": "object"}, "Changes"),
        }
    },
    "/api/changesets/{changeset}/shapes": {
        "get": {
            **NEEDS_SESSION,
            "summary": f"The shapes before and after, within a bbox or of one change (id); at most {MOST_DRAWN}",
            "parameters": [*_OF_CHANGES, parameters.BBOX, {"name": "id", "in": "query", "schema": {"type": "integer"}}],
            "responses": {"200": {"description": "GeoJSON", "content": {GEOJSON: {}}}},
        }
    },
    "/api/changesets/{changeset}/balance": {
        "get": {
            **NEEDS_SESSION,
            "summary": "Ground before and after, by operation and kind of change",
            "parameters": [_CHANGESET],
            "responses": answered({"type": "object"}, "Square metres"),
        }
    },
    "/api/changesets/{changeset}/attention": {
        "get": {
            **NEEDS_SESSION,
            "summary": "What is out of the ordinary about it, each with its number and the limit of the profile",
            "parameters": [_CHANGESET],
            "responses": answered({"type": "object"}, "Marks"),
        }
    },
    "/api/changesets/{changeset}/comments": {
        "get": {
            **NEEDS_SESSION,
            "summary": "What district and department have said about it and its changes, from the first on",
            "parameters": [_CHANGESET, parameters.described_limit(100, 500), parameters.AFTER],
            "responses": answered({"type": "object"}, "Comments"),
        },
        "post": {
            **NEEDS_SESSION,
            "summary": "Say something once it is submitted; JSON body: words, change for a single one, and kind: word, "
            "or of the department reason (the change is to be returned) and withdrawn",
            "parameters": [_CHANGESET],
            "responses": {"201": {"description": "Kept"}, "409": {"description": "It is not submitted yet"}},
        },
    },
}


@bp.get("/api/changesets/<int:changeset_id>/changes")
@needs_role(*EDITORS)
def changes(changeset_id: int) -> Response:
    """In the order of their numbers, page by page."""
    parameters.only(request.args, (*PARAMETERS, "after", "limit"))
    with service().store.reading(actor()) as connection:
        page = changeset_views.changes(
            connection,
            changeset_id,
            _chosen(connection, changeset_id),
            after=parameters.whole_number(request.args, "after", 0, 0, 2**53),
            limit=parameters.whole_number(request.args, "limit", 100, 1, 1000),
        )
        found = changeset_views.findings_of_changes(connection, changeset_id, [change.id for change in page.changes])
    return jsonify(changes=[_told(change, found.get(change.id, [])) for change in page.changes], after=page.after)


@bp.get("/api/changesets/<int:changeset_id>/shapes")
@needs_role(*EDITORS)
def shapes(changeset_id: int) -> Response:
    """One feature for each side of a change; `side` tells which."""
    parameters.only(request.args, (*PARAMETERS, "bbox", "id"))
    box = parameters.box(request.args)
    change = parameters.whole_number(request.args, "id", 0, 0, 2**53) or None
    if box is None and change is None:
        raise Refused(_("Say in “bbox” where: west,south,east,north in degrees."), parameter="bbox")
    with service().store.reading(actor()) as connection:
        chosen = _chosen(connection, changeset_id)
        drawn = changeset_views.drawn_changes(connection, changeset_id, chosen, box, change_id=change, limit=MOST_DRAWN)
    features = [side for change in drawn for side in _sides(change)]
    response = jsonify(type="FeatureCollection", features=features, isWhole=len(drawn) < MOST_DRAWN)
    response.content_type = GEOJSON
    return response


@bp.get("/api/changesets/<int:changeset_id>/balance")
@needs_role(*EDITORS)
def balance(changeset_id: int) -> Response:
    """Each change is counted once."""
    parameters.only(request.args, ())
    with service().store.reading(actor()) as connection:
        review.changeset(connection, changeset_id)
        rows = changeset_views.balances(connection, changeset_id)
    return jsonify(
        before_m2=sum(row.before_m2 for row in rows),
        after_m2=sum(row.after_m2 for row in rows),
        rows=[asdict(row) for row in rows],
    )


@bp.get("/api/changesets/<int:changeset_id>/attention")
@needs_role(*EDITORS)
def oddities(changeset_id: int) -> Response:
    """None is a reason for refusal by itself."""
    parameters.only(request.args, ())
    profile = service().profile
    with service().store.reading(actor()) as connection:
        review.changeset(connection, changeset_id)
        found = attention.marks(connection, changeset_id, profile.review.attention, profile.timezone)
    return jsonify(marks=[{**asdict(mark), "sentence": in_words(mark)} for mark in found])


@bp.get("/api/changesets/<int:changeset_id>/comments")
@needs_role(*EDITORS)
def said(changeset_id: int) -> Response:
    """District and department see the same."""
    parameters.only(request.args, ("after", "limit"))
    limit = parameters.whole_number(request.args, "limit", 100, 1, 500)
    with service().store.reading(actor()) as connection:
        review.changeset(connection, changeset_id)
        after = parameters.whole_number(request.args, "after", 0, 0, 2**53)
        found = comments.comments(connection, changeset_id, after=after, limit=limit)
    return jsonify(comments=[_comment(one) for one in found], after=found[-1].id if len(found) == limit else None)


@bp.post("/api/changesets/<int:changeset_id>/comments")
@needs_role(*EDITORS)
def say(changeset_id: int) -> tuple[Response, HTTPStatus]:
    """Under the caller's own name."""
    body = request.get_json(silent=True)
    body = body if isinstance(body, dict) else {}
    words, change = body.get("words"), body.get("change")
    if not isinstance(words, str) or not words.strip() or len(words) > LONGEST:
        raise Refused(_("Say in “words” between 1 and %(most)s signs.", most=LONGEST), parameter="words")
    if change is not None and (type(change) is not int or not 0 < change < 2**53):
        raise Refused(_("“change” is the number of one of its changes."), parameter="change")
    kind = body.get("kind", Kind.WORD)
    if kind not in tuple(Kind) or (kind != Kind.WORD and change is None):
        known = ", ".join(Kind)
        raise Refused(_("“kind” is one of %(known)s; all but the first need a change.", known=known), parameter="kind")
    with service().store.writing(actor()) as connection:
        number = review.comment(connection, actor(), changeset_id, words, change_id=change, kind=Kind(kind))
    return jsonify(id=number), HTTPStatus.CREATED


def _chosen(connection: Connection, changeset_id: int) -> ChangeFilter:
    found = review.changeset(connection, changeset_id)
    return change_filter(request.args, service().registry[found.layer_id], actor().audience)


def _told(change: Change, found: list[FindingOfChange]) -> dict[str, object]:
    told = {key: value for key, value in asdict(change).items() if key != "drawing"}
    language = str(get_locale())
    findings = [{"severity": one.severity, "sentence": one.sentence(language)} for one in found]
    return {**json.loads(json.dumps(told, default=str)), "findings": findings}


def _sides(change: DrawnChange) -> list[dict[str, object]]:
    return [
        {
            "type": "Feature",
            "id": change.id,
            "geometry": json.loads(drawn),
            "properties": {"side": side, "kind": change.kind, "ref": change.ref},
        }
        for side, drawn in (("before", change.before), ("after", change.after))
        if drawn
    ]


def _comment(one: Comment) -> dict[str, object]:
    side = "department" if one.is_of_department else "district"
    told = {key: value for key, value in asdict(one).items() if key != "role"}
    return {**told, "at": one.at.isoformat(), "side": side}

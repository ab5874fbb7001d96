"""/api/uploads/{upload}/repairs: shapes as the check would mend them, and what a person decides."""

import json
import uuid
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _

from gisserver.access import EDITORS, actor, needs_role
from gisserver.api import _parameters as parameters
from gisserver.api._media import NEEDS_SESSION
from gisserver.errors import Refused
from gisserver.service import service
from layers.core import inbox, repairs
from layers.core.repairs import STATES, Chosen, Repair

bp = Blueprint("repairs", __name__)
CONFORMS: tuple[str, ...] = ()
DECISIONS = ("accept", "decline")
_GEOJSON = "application/geo+json"
PATHS = {
    "/api/uploads/{upload}/repairs": {
        "get": {
            **NEEDS_SESSION,
            "summary": "Repairs that the check proposes, with the shape before and after; f=geojson for a map",
            "parameters": [
                parameters.UPLOAD,
                {"name": "state", "in": "query", "schema": {"type": "string", "enum": list(STATES)}},
                {"name": "rule", "in": "query", "schema": {"type": "string"}},
                {"name": "id", "in": "query", "schema": {"type": "integer"}},
                {"name": "f", "in": "query", "schema": {"type": "string", "enum": ["json", "geojson"]}},
                parameters.described_limit(100, 1000),
                parameters.AFTER,
            ],
            "responses": {
                "200": {"description": "A page of repairs", "content": {"application/json": {}, _GEOJSON: {}}}
            },
        },
        "post": {
            **NEEDS_SESSION,
            "summary": "Decide; JSON body: decision (accept or decline), and either ids or rule. What is accepted is "
            "laid over the file, which is checked again",
            "parameters": [parameters.UPLOAD],
            "responses": {
                "200": {"description": "How many were decided"},
                "409": {"description": "None of them waits for it, or the department looks at the file already"},
            },
        },
    },
}


@bp.get("/api/uploads/<uuid:upload_id>/repairs")
@needs_role(*EDITORS)
def listed(upload_id: uuid.UUID) -> Response:
    """In the order of the file, page by page."""
    parameters.only(request.args, ("state", "rule", "id", "after", "limit"))
    state = request.args.get("state")
    if state is not None and state not in STATES:
        raise Refused(_("“%(name)s” is one of %(known)s.", name="state", known=", ".join(STATES)), parameter="state")
    number = parameters.whole_number(request.args, "id", 0, 0, 2**53)
    limit = parameters.whole_number(request.args, "limit", 100, 1, 1000)
    with service().store.reading(actor()) as connection:
        inbox.upload(connection, upload_id)
        found = repairs.repairs(
            connection,
            upload_id,
            state=state,
            chosen=Chosen((number,) if number else None, request.args.get("rule")),
            after=parameters.whole_number(request.args, "after", 0, 0, 2**53),
            limit=limit,
        )
    after = found[-1].id if len(found) == limit else None
    if request.args.get("f") == "geojson":
        features = [feature for repair in found for feature in _sides(repair)]
        response = jsonify(type="FeatureCollection", features=features, after=after)
        response.content_type = _GEOJSON
        return response
    return jsonify(repairs=[_told(repair) for repair in found], after=after)


@bp.post("/api/uploads/<uuid:upload_id>/repairs")
@needs_role(*EDITORS)
def decide(upload_id: uuid.UUID) -> Response:
    """Only what somebody has named: no decision without ids or a rule."""
    said = request.get_json(silent=True)
    said = said if isinstance(said, dict) else {}
    decision = said.get("decision")
    if decision not in DECISIONS:
        raise Refused(_("The decisions are %(known)s.", known=", ".join(DECISIONS)), parameter="decision")
    take = repairs.accept if decision == "accept" else repairs.decline
    with service().store.writing(actor()) as connection:
        return jsonify(decided=take(connection, actor(), upload_id, _chosen(said)))


def _chosen(said: dict[str, Any]) -> Chosen:
    ids, rule = said.get("ids"), said.get("rule")
    are_numbers = isinstance(ids, list) and all(type(one) is int and 0 < one < 2**53 for one in ids)
    if are_numbers and ids:
        return Chosen(ids=tuple(ids))
    if isinstance(rule, str) and rule:
        return Chosen(rule=rule)
    raise Refused(_("Say in “ids” which repairs are meant, or in “rule” of which rule all are."), parameter="ids")


def _told(repair: Repair) -> dict[str, object]:
    return {**_about(repair), **_shapes(repair)}


def _shapes(repair: Repair) -> dict[str, object]:
    """Null where a shape lies nowhere on Earth."""
    return {side: json.loads(shape) if shape else None for side, shape in repair.sides.items()}


def _about(repair: Repair) -> dict[str, object]:
    return {
        "id": repair.id,
        "line": repair.line,
        "ref": repair.ref,
        "rule": repair.rule,
        "finding": repair.finding_id,
        "state": repair.state,
        "area_change_m2": repair.area_change_m2,
        "moved_m": repair.moved_m,
        "place": [repair.place.lon, repair.place.lat] if repair.place else None,
        "decided_by": repair.decided_by,
        "decided_at": repair.decided_at.isoformat() if repair.decided_at else None,
    }


def _sides(repair: Repair) -> list[dict[str, object]]:
    """The two shapes as features of their own, told apart by `side`."""
    return [
        {"type": "Feature", "geometry": shape, "properties": {**_about(repair), "side": side}}
        for side, shape in _shapes(repair).items()
    ]

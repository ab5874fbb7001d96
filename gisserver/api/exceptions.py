"""/api/exceptions: findings that a district asks to be let pass, and what the department decides."""

import datetime
import json
from dataclasses import asdict
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _

from gisserver.access import DEPARTMENT, EDITORS, actor, needs_role
from gisserver.api import _parameters as parameters
from gisserver.api._layers import seen_layer
from gisserver.api._media import NEEDS_SESSION
from gisserver.errors import Refused
from gisserver.service import service
from layers.core import exceptions
from layers.core.exceptions import STATES, Asked, RuleException

bp = Blueprint("exceptions", __name__)
CONFORMS: tuple[str, ...] = ()
_NUMBER = {"name": "exception", "in": "path", "required": True, "schema": {"type": "integer"}}
_DECISION = {"name": "decision", "in": "path", "required": True, "schema": {"type": "string"}}
_ONE = {"description": "The exception as it stands then"}
_STATE = parameters.described_words("state", STATES, "Only those in this state")
PATHS = {
    "/api/exceptions": {
        "get": {
            **NEEDS_SESSION,
            "summary": "Exceptions of your area",
            "parameters": [_STATE, parameters.described_limit(50, 500)],
            "responses": {"200": {"description": "Exceptions"}},
        },
        "post": {
            **NEEDS_SESSION,
            "summary": "Ask for one; JSON body: rule, ref, reason, layer, district",
            "responses": {"201": _ONE},
        },
    },
    "/api/exceptions/{exception}/{decision}": {
        "post": {
            **NEEDS_SESSION,
            "summary": "grant or decline; JSON body: why, until",
            "parameters": [_NUMBER, _DECISION],
            "responses": {"200": _ONE},
        }
    },
}


@bp.get("/api/exceptions")
@needs_role(*EDITORS)
def listed() -> Response:
    """The latest first."""
    parameters.only(request.args, ("state", "limit"))
    state = request.args.get("state")
    if state is not None and state not in STATES:
        raise Refused(_("“%(name)s” is one of %(known)s.", name="state", known=", ".join(STATES)), parameter="state")
    limit = parameters.whole_number(request.args, "limit", 50, 1, 500)
    with service().store.reading(actor()) as connection:
        found = exceptions.exceptions(connection, state=state, limit=limit)
    return jsonify(exceptions=[_told(one) for one in found])


@bp.post("/api/exceptions")
@needs_role(*EDITORS)
def ask() -> tuple[Response, HTTPStatus]:
    """A district's people ask for their own; the department says for whom."""
    said = request.get_json(silent=True) or {}
    words = {name: str(said.get(name) or "").strip() for name in ("rule", "ref", "reason")}
    if missing := [name for name, word in words.items() if not word]:
        raise Refused(_("Say in “%(name)s” what this is about.", name=missing[0]), parameter=missing[0])
    asked = Asked(_district(said.get("district")), seen_layer(str(said.get("layer") or "parcels")).id, **words)
    with service().store.writing(actor()) as connection:
        made = exceptions.ask(connection, service().profile, actor(), asked)
    return jsonify(_told(made)), HTTPStatus.CREATED


@bp.post("/api/exceptions/<int:number>/<decision>")
@needs_role(*DEPARTMENT)
def decide(number: int, decision: str) -> Response:
    """Counts from the next check of a file on."""
    if decision not in ("grant", "decline"):
        raise Refused(_("The decisions are %(known)s.", known="grant, decline"), parameter="decision")
    said = request.get_json(silent=True) or {}
    why, until = str(said.get("why") or ""), _day(said.get("until"))
    with service().store.writing(actor()) as connection:
        if decision == "grant":
            made = exceptions.grant(connection, actor(), number, why=why, until=until)
        else:
            made = exceptions.decline(connection, actor(), number, why=why)
    return jsonify(_told(made))


def _district(named: object) -> int:
    own = actor().district_id
    if own is not None:
        return own
    district = service().profile.district_named(str(named or ""))
    if district is None:
        raise Refused(_("Say in “district” whose file this is, by name or number."), parameter="district")
    return district.id


def _day(written: object) -> datetime.date | None:
    if not written:
        return None
    try:
        return datetime.date.fromisoformat(str(written))
    except ValueError as cause:
        raise Refused(_("“until” must be a day such as 2026-05-01."), parameter="until") from cause


def _told(one: RuleException) -> dict[str, object]:
    told: dict[str, object] = json.loads(json.dumps(asdict(one), default=str))
    return told

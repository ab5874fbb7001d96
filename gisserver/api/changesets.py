"""/api/changesets: what files would change, and the decisions about it."""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, cast

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import gettext as _

from gisserver.access import EDITORS, actor, needs_role
from gisserver.api import _parameters as parameters
from gisserver.api._media import NEEDS_SESSION
from gisserver.decision_words import agreed_by_profile
from gisserver.errors import Refused
from gisserver.service import service
from layers.core import changeset_views, review
from layers.core.changeset_views import ChangesetSummary
from layers.core.comments import LONGEST
from layers.core.publish import Published
from layers.core.review_refused import UnknownChangeset
from layers.core.store import Connection
from layers.core.trust import publish_if_trusted

bp = Blueprint("changesets", __name__)
CONFORMS: tuple[str, ...] = ()
_CHANGESET = {"name": "changeset", "in": "path", "required": True, "schema": {"type": "integer"}}
_DECISION = {"name": "decision", "in": "path", "required": True, "schema": {"type": "string"}}
_STATE = {"name": "state", "in": "query", "schema": {"type": "string"}, "description": "Only those in this state"}
PATHS = {
    "/api/changesets": {
        "get": {
            **NEEDS_SESSION,
            "summary": "Changesets of your area",
            "parameters": [_STATE, parameters.described_limit(50, 500)],
            "responses": {"200": {"description": "Changesets"}},
        }
    },
    "/api/changesets/{changeset}": {
        "get": {
            **NEEDS_SESSION,
            "summary": "One changeset and a page of its changes",
            "parameters": [_CHANGESET, parameters.described_limit(100, 1000), parameters.AFTER],
            "responses": {"200": {"description": "Changes, operations, transitions"}},
        }
    },
    "/api/changesets/{changeset}/{decision}": {
        "post": {
            **NEEDS_SESSION,
            "summary": "submit, accept, return, publish or revert; JSON body: why, leave_out_refused, and changes: "
            "a list of id and why, which accept hands back with all that belongs to them, and return gives reasons for",
            "parameters": [_CHANGESET, _DECISION],
            "responses": {
                "200": {"description": "The changeset as it stands then; of a partial acceptance also the other one"},
                "403": {"description": "The decision belongs to somebody else, or to a second person"},
                "409": {"description": "Not in this state, or the pool has moved on since"},
            },
        }
    },
}


@bp.get("/api/changesets")
@needs_role(*EDITORS)
def changesets() -> Response:
    """The ones that moved last."""
    parameters.only(request.args, ("state", "limit"))
    limit = parameters.whole_number(request.args, "limit", 50, 1, 500)
    with service().store.reading(actor()) as connection:
        found = changeset_views.changesets(connection, state=request.args.get("state"), limit=limit)
    return jsonify(changesets=[_summary(changeset) for changeset in found])


@bp.get("/api/changesets/<int:changeset_id>")
@needs_role(*EDITORS)
def changeset(changeset_id: int) -> Response:
    """One changeset with a page of its changes."""
    parameters.only(request.args, ("after", "limit"))
    with service().store.reading(actor()) as connection:
        found = changeset_views.changeset(connection, changeset_id)
        if found is None:
            raise UnknownChangeset
        page = changeset_views.changes(
            connection,
            changeset_id,
            after=parameters.whole_number(request.args, "after", 0, 0, 2**62),
            limit=parameters.whole_number(request.args, "limit", 100, 1, 1000),
        )
        operations = changeset_views.operations(connection, changeset_id)
        transitions = changeset_views.transitions(connection, changeset_id)
    changes = [{k: v for k, v in asdict(change).items() if k != "drawing"} for change in page.changes]
    return jsonify(
        {
            **_summary(found),
            "operations": [asdict(operation) for operation in operations],
            "transitions": [asdict(transition) for transition in transitions],
            "changes": json.loads(json.dumps(changes, default=str)),
            "after": page.after,
        }
    )


@bp.post("/api/changesets/<int:changeset_id>/<decision>")
@needs_role(*EDITORS)
def decide(changeset_id: int, decision: str) -> Response:
    """Take one decision; the answer comes after the commit, so what it says is visible everywhere."""
    if decision not in _DECISIONS:
        raise Refused(_("The decisions are %(known)s.", known=", ".join(_DECISIONS)), parameter="decision")
    said = request.get_json(silent=True)
    body = said if isinstance(said, dict) else {}
    with service().store.writing(actor()) as connection:
        epoch = _DECISIONS[decision](connection, changeset_id, body)
    with service().store.reading(actor()) as connection:
        found = changeset_views.changeset(connection, changeset_id)
    if found is None:
        raise UnknownChangeset
    return jsonify({**_summary(found), **epoch})


Body = dict[str, object]


def _submit(connection: Connection, changeset_id: int, body: Body) -> Body:
    leave_out = bool(body.get("leave_out_refused"))
    review.submit(connection, actor(), changeset_id, why=_why(body), leave_out_refused=leave_out)
    done = publish_if_trusted(connection, service().registry, service().profile, changeset_id, why=agreed_by_profile())
    return _publish_told(done) if done else {}


def _accept(connection: Connection, changeset_id: int, body: Body) -> Body:
    if "changes" not in body:
        review.accept(connection, actor(), changeset_id, why=_why(body))
        return {}
    parted = review.accept_without(connection, actor(), changeset_id, why=_why(body), reasons=_reasons(body))
    other = url_for(".changeset", changeset_id=parted.returned.id, _external=True)
    return {"returned": other, "returned_as_well": sorted(parted.also)}


def _return(connection: Connection, changeset_id: int, body: Body) -> Body:
    if not _why(body):
        raise Refused(_("Say in “why” what the district should change."), parameter="why")
    review.return_(connection, actor(), changeset_id, why=_why(body), reasons=_reasons(body))
    return {}


def _publish(connection: Connection, changeset_id: int, body: Body) -> Body:
    return _publish_told(review.publish_changeset(connection, service().registry, actor(), changeset_id))


def _publish_told(done: Published | review.Enqueued) -> Body:
    if isinstance(done, Published):
        return {"published": asdict(done)}
    return {"job": done.job_id, "was_on_its_way": done.is_repeat}


def _revert(connection: Connection, changeset_id: int, body: Body) -> Body:
    inverse = review.revert(connection, service().registry, actor(), changeset_id, why=_why(body))
    return {"reverted_by": url_for(".changeset", changeset_id=inverse.id, _external=True)}


_DECISIONS: dict[str, Callable[[Connection, int, Body], Body]] = {
    "submit": _submit,
    "accept": _accept,
    "return": _return,
    "publish": _publish,
    "revert": _revert,
}


def _why(body: Body) -> str:
    return str(body.get("why") or "").strip()


def _reasons(body: Body) -> dict[int, str]:
    said = body.get("changes", [])
    are_reasons = isinstance(said, list) and all(
        isinstance(one, dict)
        and type(one.get("id")) is int
        and 0 < one["id"] < 2**53
        and isinstance(one.get("why"), str)
        and 0 < len(one["why"].strip()) <= LONGEST
        for one in said
    )
    if not are_reasons:
        raise Refused(_("Say in “changes” the id and the reason (why) of each."), parameter="changes")
    return {one["id"]: one["why"] for one in cast(list[dict[str, Any]], said)}


def _summary(changeset: ChangesetSummary) -> dict[str, object]:
    return {
        **json.loads(json.dumps(asdict(changeset), default=str)),
        "href": url_for(".changeset", changeset_id=changeset.id, _external=True),
    }

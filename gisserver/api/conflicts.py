"""/api/uploads/{upload}/conflicts: what the pool and a file both changed, and the side that a person takes."""

import uuid
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _

from gisserver.access import EDITORS, actor, needs_role
from gisserver.api import _parameters as parameters
from gisserver.errors import Refused
from gisserver.service import service
from layers.core import conflicts, inbox
from layers.core.conflicts import SIDES, Conflict

bp = Blueprint("conflicts", __name__)
CONFORMS: tuple[str, ...] = ()
PATHS = {
    "/api/uploads/{upload}/conflicts": {
        "get": {
            "summary": "Parts of features that the pool and the file both changed, as they were and on either side",
            "parameters": [
                parameters.UPLOAD,
                parameters.described_limit(100, 1000),
                parameters.AFTER,
            ],
            "responses": {"200": {"description": "A page of conflicts", "content": {"application/json": {}}}},
        },
        "post": {
            "summary": "Choose; JSON body: choices (a list of id and side) or all, a side being ours or theirs. "
            "The file is checked again with that",
            "parameters": [parameters.UPLOAD],
            "responses": {
                "200": {"description": "How many were chosen"},
                "409": {"description": "None of them is there, or the department looks at the file already"},
            },
        },
    },
}


@bp.get("/api/uploads/<uuid:upload_id>/conflicts")
@needs_role(*EDITORS)
def listed(upload_id: uuid.UUID) -> Response:
    """In the order of their numbers, page by page."""
    parameters.only(request.args, ("after", "limit"))
    limit = parameters.whole_number(request.args, "limit", 100, 1, 1000)
    after = parameters.whole_number(request.args, "after", 0, 0, 2**53)
    with service().store.reading(actor()) as connection:
        inbox.upload(connection, upload_id)
        found = conflicts.conflicts(connection, upload_id, after=after, limit=limit)
        tally = conflicts.tally_of_conflicts(connection, upload_id)
    return jsonify(
        conflicts=[_told(one) for one in found],
        undecided=tally.undecided,
        after=found[-1].id if len(found) == limit else None,
    )


@bp.post("/api/uploads/<uuid:upload_id>/conflicts")
@needs_role(*EDITORS)
def decide(upload_id: uuid.UUID) -> Response:
    """Only what somebody has named: no choice without numbers or the word for all."""
    said = request.get_json(silent=True)
    said = said if isinstance(said, dict) else {}
    with service().store.writing(actor()) as connection:
        if said.get("all") in SIDES:
            return jsonify(chosen=conflicts.choose_all(connection, actor(), upload_id, said["all"]))
        return jsonify(chosen=conflicts.choose(connection, actor(), upload_id, _choices(said.get("choices"))))


def _choices(said: Any) -> dict[int, str]:
    are_choices = isinstance(said, list) and all(
        isinstance(one, dict) and type(one.get("id")) is int and 0 < one["id"] < 2**53 and one.get("side") in SIDES
        for one in said
    )
    if not are_choices or not said:
        raise Refused(
            _("Say in “choices” the id and the side (ours or theirs) of each, or in “all” one side."),
            parameter="choices",
        )
    return {one["id"]: one["side"] for one in said}


def _told(conflict: Conflict) -> dict[str, object]:
    sides = {
        name: {key: value for key, value in asdict(getattr(conflict, name)).items() if key != "path"}
        for name in ("base", *SIDES)
    }
    return {
        "id": conflict.id,
        "line": conflict.line,
        "ref": conflict.ref,
        "part": conflict.part,
        "base_epoch": conflict.base_epoch,
        **sides,
        "choice": conflict.choice,
        "decided_by": conflict.decided_by,
        "decided_at": conflict.decided_at.isoformat() if conflict.decided_at else None,
        "place": [conflict.place.lon, conflict.place.lat] if conflict.place else None,
    }

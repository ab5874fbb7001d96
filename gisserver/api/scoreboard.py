"""/api/scoreboard: how each district stands, and the faults behind the numbers."""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request, url_for
from flask_babel import gettext as _

from gisserver.access import actor
from gisserver.api import _parameters as parameters
from gisserver.api._media import answered
from gisserver.errors import NotHere
from gisserver.service import service
from layers.core.scores.board import Fault, Score, faults, scoreboard, state_of_board

bp = Blueprint("scoreboard", __name__)
CONFORMS: tuple[str, ...] = ()
MOST_SKIPPED = 100_000
PATHS = {
    "/api/scoreboard": {
        "get": {
            "summary": "Each district: validity, coverage, last publish, findings, review time, debt of borders",
            "responses": answered({"type": "object"}, "One object for each district"),
        }
    },
    "/api/scoreboard/{district}/{list}": {
        "get": {
            "summary": "What is wrong in a district (faults), or along its borders (tasks), with the "
            "shape and the proposed line of each",
            "parameters": [
                {"name": "district", "in": "path", "required": True, "schema": {"type": "integer"}},
                {
                    "name": "list",
                    "in": "path",
                    "required": True,
                    "schema": {"type": "string", "enum": ["faults", "tasks"]},
                },
                parameters.described_limit(100, 1000),
                {"name": "offset", "in": "query", "schema": {"type": "integer", "minimum": 0}},
            ],
            "responses": answered({"type": "object"}, "The largest first"),
        }
    },
}


@bp.get("/api/scoreboard")
def board() -> Response:
    """Of all districts of the profile."""
    parameters.only(request.args, ())
    with service().store.reading(actor()) as connection:
        scores = scoreboard(connection, [district.id for district in service().profile.districts])
        state = state_of_board(connection)
    about = {"epoch": state.epoch, "counted_at": state.at.isoformat(), "is_current": state.is_current}
    return jsonify(districts=[_told(score) for score in scores], faults=about)


@bp.get("/api/scoreboard/<int:district_id>/<any(faults, tasks):which>")
def behind(district_id: int, which: str) -> Response:
    """The same task is in the lists of both districts."""
    parameters.only(request.args, ("limit", "offset"))
    if service().profile.district(district_id) is None:
        raise NotHere(_("There is no such district."))
    limit = parameters.whole_number(request.args, "limit", 100, 1, 1000)
    skipped = parameters.whole_number(request.args, "offset", 0, 0, MOST_SKIPPED)
    with service().store.reading(actor()) as connection:
        found = faults(connection, district_id, is_shared=which == "tasks", limit=limit, skipped=skipped)
    return jsonify({which: [_fault(one) for one in found]})


def _told(score: Score) -> dict[str, object]:
    district = service().profile.district(score.district_id)
    return {
        **asdict(score),
        "last_publish_at": score.last_publish_at.isoformat() if score.last_publish_at else None,
        "district": district.name if district else str(score.district_id),
        "validity": score.validity,
        "coverage": score.coverage,
        "faults": url_for(".behind", district_id=score.district_id, which="faults", _external=True),
        "tasks": url_for(".behind", district_id=score.district_id, which="tasks", _external=True),
    }


def _fault(fault: Fault) -> dict[str, object]:
    drawn = ("path", "line_path", "width", "height")
    return {name: value for name, value in asdict(fault).items() if name not in drawn}

"""/api/answers/NUMBER: an issued answer as it is kept, and whether it still holds."""

from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from gisserver.access import actor
from gisserver.answering import kept_answer
from gisserver.api import _parameters as parameters
from gisserver.checking import Checked, checked
from gisserver.limits import CODE, limiter, was_unknown
from gisserver.service import service
from layers.answers.answer import EndedParcel
from layers.answers.canonical import to_json

bp = Blueprint("answers", __name__)
CONFORMS: tuple[str, ...] = ()
_NUMBER = {
    "name": "number",
    "in": "path",
    "required": True,
    "schema": {"type": "string"},
    "description": "As the answer says it; its short code does as well",
}
_OBJECT = {"application/json": {"schema": {"type": "object"}}}
PATHS = {
    "/api/answers/{number}": {
        "get": {
            "summary": "An issued answer, byte for byte as its SHA-256 was taken",
            "parameters": [_NUMBER],
            "responses": {
                "200": {"description": "Canonical JSON", "content": _OBJECT},
                "404": {"description": "None with that number is kept"},
            },
        }
    },
    "/api/verify/{number}": {
        "get": {
            "summary": "An issued answer as issued, asked again as of its publish, and as of now",
            "parameters": [_NUMBER],
            "responses": {
                "200": {
                    "description": "`then.outcome` is `equal` unless something is wrong; `now` lists what changed",
                    "content": _OBJECT,
                },
                "404": {"description": "None with that number is kept"},
            },
        }
    },
}


@bp.get("/api/answers/<number>")
@limiter.limit(CODE, deduct_when=was_unknown)
def one(number: str) -> Response:
    """It never changes, so it may be kept for as long as one likes."""
    parameters.only(request.args, ())
    with service().store.reading(actor()) as connection:
        issued = kept_answer(connection, number)
    response = Response(issued.body, content_type="application/json")
    response.set_etag(issued.digest)
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.make_conditional(request)
    return response


@bp.get("/api/verify/<number>")
@limiter.limit(CODE, deduct_when=was_unknown)
def verification(number: str) -> Response:
    """The same as on the page."""
    parameters.only(request.args, ("lang",))
    found = checked(number)
    issued = found.issued
    response = jsonify(
        number=issued.number,
        code=issued.spoken_code,
        issued_at=issued.issued_at.isoformat(),
        epoch=issued.epoch,
        sha256=issued.digest,
        repeats=issued.parent,
        as_issued=to_json(issued.answer),
        then={"outcome": found.verification.outcome, "differs_at": found.verification.paths},
        now=_now(found),
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _now(found: Checked) -> dict[str, Any]:
    now = found.verification.now
    if now is None:
        return {"state": "gone"}
    if isinstance(now, EndedParcel):
        heirs = [{"uid": str(heir.uid), "ref": heir.ref, "operation": heir.operation} for heir in now.successors]
        return {"state": "ended", "successors": heirs}
    return {
        "state": "changed" if found.differences else "unchanged",
        "epoch": now.epoch,
        "differences": [{"before": one.before, "after": one.after} for one in found.differences],
        "href": url_for("answer.page", uid=found.issued.parcel_uid, repeats=found.issued.number, _external=True),
    }

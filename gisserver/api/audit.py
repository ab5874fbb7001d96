"""/api/audit: who did what to files and changesets, when and why."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from gisserver.access import DEPARTMENT, actor, needs_role
from gisserver.api import _parameters as parameters
from gisserver.api._acts import NAMES, asked_acts, table
from gisserver.api._media import JSON, NEEDS_SESSION
from gisserver.api._negotiation import by_word_or_accept
from gisserver.service import service
from layers.core.audit import ACTIONS, Act, acts, all_acts

bp = Blueprint("audit", __name__)
CONFORMS: tuple[str, ...] = ()
CSV = "text/csv"
FORMATS = {"json": JSON, "csv": CSV}
_DAY = {"type": "string", "format": "date"}


def _described(name: str, schema: dict[str, Any], about: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": about}


PATHS = {
    "/api/audit": {
        "get": {
            **NEEDS_SESSION,
            "summary": "Acts of the audit, the latest first; for the department",
            "parameters": [
                _described("who", {"type": "string"}, "Part of a person's name"),
                parameters.described_words("action", ACTIONS, "Only these acts"),
                _described("district", {"type": "integer"}, "Only of this district"),
                _described("layer", {"type": "string"}, "Only about this layer"),
                _described("since", _DAY, "From this day on"),
                _described("until", _DAY, "Up to this day, included"),
                _described("changeset", {"type": "integer"}, "Only about this changeset"),
                _described("before", {"type": "integer"}, "The next page: acts before the one of this number"),
                parameters.described_limit(100, 1000),
                parameters.described_words("f", FORMATS, "JSON by page, or all of them as a table"),
            ],
            "responses": {
                "200": {"description": "Acts", "content": {JSON: {}, CSV: {"schema": {"type": "string"}}}},
            },
        }
    }
}


@bp.get("/api/audit")
@needs_role(*DEPARTMENT)
def audit() -> Response:
    """A page as JSON; the table holds everything that fits the question."""
    parameters.only(request.args, (*NAMES, "limit", "f", "lang"))
    asked = asked_acts(request.args)
    limit = parameters.whole_number(request.args, "limit", 100, 1, 1000)
    if by_word_or_accept(FORMATS) == CSV:
        store, who = service().store, actor()

        def lines() -> Iterator[str]:
            with store.reading(who) as connection:
                yield from table(all_acts(connection, asked))

        answer = Response(lines(), content_type="text/csv; charset=utf-8; header=present")
        answer.headers["Content-Disposition"] = 'attachment; filename="audit.csv"'
        return answer
    with service().store.reading(actor()) as connection:
        found = acts(connection, asked, limit)
    more: dict[str, str] = {}
    if len(found) == limit:
        kept: dict[str, Any] = {
            name: request.args[name] for name in (*NAMES, "limit") if name in request.args and name != "before"
        }
        more = {"next": url_for(".audit", before=found[-1].id, _external=True, **kept)}
    return jsonify({"acts": [_told(act) for act in found], **more})


def _told(act: Act) -> dict[str, Any]:
    return {**asdict(act), "at": act.at.isoformat(), "upload_id": act.upload_id and str(act.upload_id)}
